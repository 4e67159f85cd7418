using System.Collections.Immutable;

namespace AppStack.Components.Monitoring;

/// <summary>Something that Prometheus looks at.</summary>
/// <param name="Job">What kind of metrics.</param>
/// <param name="Address">The main address of the node whose door is asked.</param>
/// <param name="Labels">What all of its metrics are labelled with.</param>
public sealed record ScrapeTargetSpec(string Job, string Address, ImmutableSortedDictionary<string, string> Labels)
{
    /// <summary>The door's module. Default: called like the job.</summary>
    public string Module { get; init; } = Job;
}
