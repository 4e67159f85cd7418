using System.Collections.Immutable;
using AppStack.Components.Nodes;

namespace AppStack.Components.Registry;

/// <summary>A registry of images on a node: whoever knows its password puts images there, and nodes of clusters fetch them.</summary>
public sealed record RegistrySpec
{
    /// <summary>The port that Docker's own registry has made common, too.</summary>
    public const int DefaultPort = 5000;

    /// <summary>Name of the node.</summary>
    public required string Name { get; init; }

    /// <summary>The address under which it is known; names of images begin with it.</summary>
    public required string Address { get; init; }

    /// <summary>The port. Default: 5000.</summary>
    public int Port { get; init; } = DefaultPort;

    /// <summary>From where images may be fetched and, with the password, put: the nodes of clusters, and whoever deploys.</summary>
    public required ImmutableArray<string> ClientNetworks { get; init; }

    /// <summary>The nodes whose container runtimes fetch from it.</summary>
    public ImmutableArray<string> Pullers { get; init; } = [];

    /// <summary>Who may log in.</summary>
    public required AccessSpec Access { get; init; }

    /// <summary>What names of images begin with: <c>ADDRESS:PORT</c>.</summary>
    public string Authority => Cidr.IsAddress(Address) && Address.Contains(':') ? $"[{Address}]:{Port}" : $"{Address}:{Port}";
}
