using System.Collections.Immutable;
using AppStack.Components.Nodes.Bundles;

namespace AppStack.Components.Monitoring;

/// <summary>What one kind of exporter needs on a node.</summary>
/// <param name="Port">The port with the metrics; null when the node's own exporter shows them, out of a file.</param>
internal sealed record ExporterDefinition(int? Port)
{
    /// <summary>The path of the metrics.</summary>
    public string Path { get; init; } = "/metrics";

    /// <summary>Whether these are metrics, which Prometheus looks at; false: something else that the door lets monitoring nodes have.</summary>
    public bool IsMetrics { get; init; } = true;

    /// <summary>How the endpoint is spoken to; null: in clear.</summary>
    public ExporterTls? Tls { get; init; }

    /// <summary>Which metrics are kept, as a regular expression of their names; null: all.</summary>
    public string? Keep { get; init; }

    /// <summary>Whether one look costs so much that it is not taken more often than every <see cref="PrometheusRenderer.Slow"/>.</summary>
    public bool IsBig { get; init; }

    /// <summary>The Debian package; null when a daemon of the node's role shows its metrics itself.</summary>
    public string? Package { get; init; }

    /// <summary>The unit that is started; null as for <see cref="Package"/>.</summary>
    public string? Unit { get; init; }

    /// <summary>The unit's files.</summary>
    public ImmutableArray<BundleFile> Files { get; init; } = [];
}
