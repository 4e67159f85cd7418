using System.Net;
using AppStack.Stacks.Environments.Descriptors;

namespace AppStack.Stacks.Services.Descriptors;

/// <summary>Somewhere a service may connect to.</summary>
public sealed record EgressDescriptor
{
    /// <summary>The network.</summary>
    [Key("The network; a single address has the length 32.", Required = true, Example = "10.20.0.5/32")]
    public IPNetwork? To { get; init; }

    /// <summary>The ports.</summary>
    [Key("TCP ports there.", Required = true, Minimum = 1, Maximum = 65535, Example = "[443]")]
    public IReadOnlyList<int?> Ports { get; init; } = [];
}
