using AppStack.Components.Lab;

namespace AppStack.Components.Tests.Lab;

internal static class LabSamples
{
    /// <summary>A router between two networks, and one machine behind it.</summary>
    public static LocalLabSpec Small { get; } = new()
    {
        Name = "sample",
        Networks =
        [
            new() { Name = "rack", HostAddresses = ["10.90.0.1/24", "fd90::1/64"] },
            new() { Name = "city", HostAddresses = ["10.90.1.1/24"], Routes = [new("10.90.100.0/24", "10.90.1.254")] },
        ],
        Machines =
        [
            new() { Name = "router", Image = LabImages.Router, Interfaces = [new("rack", ["10.90.0.254/24", "fd90::fe/64"]), new("city", ["10.90.1.254/24"])] },
            new() { Name = "web", Image = LabImages.WebBackend, Interfaces = [new("rack", ["10.90.0.31/24"])], Routes = [new("default", "10.90.0.254")] },
        ],
    };
}
