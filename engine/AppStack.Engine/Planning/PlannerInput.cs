using System.Collections.Immutable;
using AppStack.Engine.Model.Values;
using AppStack.Engine.Registration;
using AppStack.Engine.State;

namespace AppStack.Engine.Planning;

/// <summary>All that a decision about one resource rests on.</summary>
internal sealed record PlannerInput
{
    public required Goal Goal { get; init; }

    /// <summary>The inputs after the provider's check.</summary>
    public required PropertyMap Inputs { get; init; }

    /// <summary>The inputs after a check without the old ones, as a replacement gets them; <see langword="null"/> unless there is a replacement.</summary>
    public PropertyMap? ReplacementInputs { get; init; }

    public NumberedResource? Old { get; init; }

    public Difference Difference { get; init; } = Difference.None;

    /// <summary>Whether this run has already deleted the old resource, because something it depends on is replaced.</summary>
    public bool DeletedByThisRun { get; init; }

    /// <summary>An operation on it that never reported back in an earlier run.</summary>
    public PendingOperationKind? Pending { get; init; }

    /// <summary>Dependents that have to be deleted before it, each after those that depend on it in turn.</summary>
    public ImmutableArray<NumberedResource> CondemnedDependents { get; init; } = [];

    public required bool Preview { get; init; }

    /// <summary>The number for a new resource.</summary>
    public required int NewNumber { get; init; }
}
