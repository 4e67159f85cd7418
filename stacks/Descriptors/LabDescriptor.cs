using System.Net;

namespace AppStack.Stacks.Environments.Descriptors;

/// <summary>Says that the nodes are machines on this host.</summary>
public sealed record LabDescriptor
{
    /// <summary>The lab's name, from which bridges, namespaces and machines take theirs.</summary>
    [Key("The lab's name; bridges, namespaces and machines begin with it.", Default = "the environment's name", Format = TextFormat.Name, Example = "local")]
    public string? Name { get; init; }

    /// <summary>The addresses of this host in the networks.</summary>
    [Key("The addresses that this host takes in the networks, to reach the nodes.", Required = true, Example = "10.87.0.1")]
    public IReadOnlyList<IPAddress?> Host { get; init; } = [];
}
