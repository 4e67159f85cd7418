using System.Collections.Immutable;

namespace AppStack.Stacks.Environments;

/// <summary>Monitoring.</summary>
/// <param name="Retention">How long metrics are kept.</param>
/// <param name="Interval">How often metrics are collected.</param>
/// <param name="Nodes">The nodes that collect them.</param>
/// <param name="Receivers">Who is told about alerts.</param>
/// <param name="Mail">The relay for mail; <see langword="null"/> when nobody gets any.</param>
public sealed record MonitoringSpec(TimeSpan Retention, TimeSpan Interval, ImmutableArray<NodeSpec> Nodes, ImmutableArray<ReceiverSpec> Receivers, MailSpec? Mail);
