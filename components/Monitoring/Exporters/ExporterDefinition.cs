using System.Collections.Immutable;
using AppStack.Components.Nodes.Bundles;

namespace AppStack.Components.Monitoring;

/// <summary>What one kind of exporter needs on a node.</summary>
/// <param name="Port">The local port with the metrics.</param>
internal sealed record ExporterDefinition(int Port)
{
    /// <summary>The Debian package; null when a daemon of the node's role shows its metrics itself.</summary>
    public string? Package { get; init; }

    /// <summary>The unit that is started; null as for <see cref="Package"/>.</summary>
    public string? Unit { get; init; }

    /// <summary>The unit's files.</summary>
    public ImmutableArray<BundleFile> Files { get; init; } = [];
}
