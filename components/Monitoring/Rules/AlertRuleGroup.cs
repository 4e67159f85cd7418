using System.Collections.Immutable;

namespace AppStack.Components.Monitoring;

/// <summary>Alert rules about one part of the platform: one file.</summary>
/// <param name="Name">Name of the group and of its file.</param>
/// <param name="Rules">The rules.</param>
public sealed record AlertRuleGroup(string Name, ImmutableArray<AlertRule> Rules)
{
    /// <summary>Labels that all its alerts get besides those of the expression. Default: none.</summary>
    public ImmutableSortedDictionary<string, string> Labels { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
}
