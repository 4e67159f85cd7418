using System.Collections.Immutable;
using AppStack.Engine.Events;
using AppStack.Engine.Model.Values;

namespace AppStack.Engine.Plans;

/// <summary>What a preview decided about one resource.</summary>
internal sealed record ResourcePlan
{
    /// <summary>What the program wanted; <see langword="null"/> when the resource is to be deleted.</summary>
    public GoalPlan? Goal { get; init; }

    /// <summary>The steps, in the order in which they were decided.</summary>
    public ImmutableArray<StepKind> Steps { get; init; } = [];

    /// <summary>The outputs that the preview expected; they inform and constrain nothing.</summary>
    public PropertyMap? Outputs { get; init; }

    /// <summary>A seed that Pulumi gives to checks. This engine's checks are not random; it is kept for a plan that is written again.</summary>
    public string? Seed { get; init; }
}
