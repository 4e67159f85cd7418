using System.Collections.Immutable;
using AppStack.Engine.Events;

namespace AppStack.Engine.Plans;

/// <summary>Which step may stand for a planned one: the same, or one that does less.</summary>
internal static class StepConstraint
{
    /// <summary>Whether a step does no more than the planned one.</summary>
    public static bool Allows(StepKind planned, StepKind actual) =>
        planned == actual || planned switch
        {
            StepKind.Create or StepKind.Update => actual == StepKind.Same,
            StepKind.Replace or StepKind.CreateReplacement or StepKind.DeleteReplaced => actual is StepKind.Same or StepKind.Update,
            _ => false,
        };

    /// <summary>What is left of the planned steps after one of them. A replacement that was not needed goes with all of its steps.</summary>
    public static ImmutableArray<StepKind> Rest(ImmutableArray<StepKind> planned, StepKind actual) =>
        IsReplacement(planned[0]) && !IsReplacement(actual)
            ? [.. planned.SkipWhile(IsReplacement)]
            : planned[1..];

    private static bool IsReplacement(StepKind kind) => kind is StepKind.Replace or StepKind.CreateReplacement or StepKind.DeleteReplaced;
}
