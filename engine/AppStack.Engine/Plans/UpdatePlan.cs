using System.Collections.Immutable;

namespace AppStack.Engine.Plans;

/// <summary>What a preview decided, as constraints on a later update. The file is Pulumi's plan file, see <see cref="PlanFormat"/>.</summary>
internal sealed record UpdatePlan
{
    /// <summary>When it was made (RFC 3339).</summary>
    public string Time { get; init; } = "";

    /// <summary>The engine that made it. As in Pulumi, another one may carry it out.</summary>
    public string Version { get; init; } = "";

    /// <summary>The configuration at that time, as JSON with secrets encrypted. It informs; what it leads to is in the resources.</summary>
    public string Config { get; init; } = "{}";

    /// <summary>What is to happen to each resource, by URN.</summary>
    public ImmutableSortedDictionary<string, ResourcePlan> Resources { get; init; } = ImmutableSortedDictionary.Create<string, ResourcePlan>(StringComparer.Ordinal);
}
