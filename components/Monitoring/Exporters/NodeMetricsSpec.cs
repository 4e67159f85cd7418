using System.Collections.Immutable;

namespace AppStack.Components.Monitoring;

/// <summary>What a node shows of itself, through one door.</summary>
public sealed record NodeMetricsSpec
{
    /// <summary>The name in the certificate of whoever may look: Prometheus.</summary>
    public const string Reader = "metrics-reader";

    /// <summary>Name of the node.</summary>
    public required string Name { get; init; }

    /// <summary>Its main address, on which the door listens.</summary>
    public required string Address { get; init; }

    /// <summary>What there is to see.</summary>
    public required ImmutableArray<ExporterSpec> Exporters { get; init; }
}
