using System.Collections.Immutable;

namespace AppStack.Components.Monitoring;

/// <summary>Something that Prometheus looks at.</summary>
/// <param name="Job">What kind of metrics: the door's module.</param>
/// <param name="Address">The node's main address.</param>
/// <param name="Labels">What all of its metrics are labelled with.</param>
public sealed record ScrapeTargetSpec(string Job, string Address, ImmutableSortedDictionary<string, string> Labels);
