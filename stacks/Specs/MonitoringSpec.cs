using System.Collections.Immutable;

namespace AppStack.Stacks.Environments;

/// <summary>Monitoring.</summary>
/// <param name="Retention">How long metrics are kept.</param>
/// <param name="Interval">How often metrics are collected.</param>
/// <param name="Nodes">The nodes that collect them.</param>
public sealed record MonitoringSpec(TimeSpan Retention, TimeSpan Interval, ImmutableArray<NodeSpec> Nodes);
