using AppStack.Components.Nodes.Bundles;
using AppStack.Components.Registry;
using AppStack.Testing;

namespace AppStack.Components.Tests.Registry;

public sealed class RegistryTests
{
    internal static RegistrySpec Example { get; } = new()
    {
        Name = "store-registry-1",
        Address = "10.0.0.62",
        ClientNetworks = ["10.0.9.0/24", "10.0.0.51/32"],
        Pullers = ["gov-worker-1"],
        Access = new() { ManagementNetworks = ["10.0.9.0/24"] },
    };

    private static readonly RegistryIdentity Identity = new("private key\n", "certificate\n", "the password");

    [Fact]
    public void Whole_bundle() => Snapshot.Verify(BundleRenderer.Document(RegistryRenderer.Bundle(Example, Identity)), "txt");

    [Fact]
    public void Trust_of_a_node_that_fetches() => Snapshot.Verify(BundleRenderer.Document(RegistryTrustRenderer.Bundle(Example, "authority\n")), "txt");

    [Fact]
    public void The_password_is_in_no_file_in_clear() =>
        Assert.DoesNotContain("the password", BundleRenderer.Document(RegistryRenderer.Bundle(Example, Identity)), StringComparison.Ordinal);

    [Fact]
    public void An_address_of_IPv6_stands_in_brackets() =>
        Assert.Equal("[fd00::62]:5000", (Example with { Address = "fd00::62" }).Authority);

    [Fact]
    public void The_example_has_no_problems() => Assert.Empty(RegistryValidator.Validate(Example));

    [Fact]
    public void Everything_wrong_is_listed_at_once()
    {
        var spec = Example with { Name = "Store", Address = "here", Port = RegistryRenderer.InnerPort, ClientNetworks = [], Access = new() { ManagementNetworks = [] } };

        Assert.Equal(
            ["name", "address", "port", "access.managementNetworks", "clientNetworks"],
            RegistryValidator.Validate(spec).Select(problem => problem.Path));
    }
}
