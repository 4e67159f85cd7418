using System.Collections.Immutable;
using AppStack.Engine.Events;
using AppStack.Engine.Model.Providers;
using AppStack.Engine.State;

namespace AppStack.Engine.Planning;

/// <summary>One decided step. It says all there is to know: executing it takes no decisions.</summary>
internal sealed record Step
{
    public required StepKind Kind { get; init; }

    /// <summary>The resource before, with its number in the run.</summary>
    public NumberedResource? Old { get; init; }

    /// <summary>The resource as it is to be, without outputs; its number is where the result goes.</summary>
    public NumberedResource? New { get; init; }

    public ImmutableSortedDictionary<string, PropertyDiffKind> Detailed { get; init; } = DiffResult.None.DetailedDiff;

    public ImmutableArray<string> ReplaceKeys { get; init; } = [];

    /// <summary>For deletions: the resource stays in state, marked, because its replacement is yet to be created.</summary>
    public bool AwaitsReplacement { get; init; }

    /// <summary>For deletions and replacements: nothing is asked of the provider.</summary>
    public bool StateOnly { get; init; }

    /// <summary>For dropped replacements of an earlier run: this run creates the replacement at once, which then takes the old one's place.</summary>
    public bool ReplacementFollows { get; init; }

    /// <summary>For replacements: the old resource was deleted before.</summary>
    public bool OldIsGone { get; init; }

    /// <summary>Whether the step counts as a change of its own; the parts of a replacement do not.</summary>
    public bool Counts => Kind is not (StepKind.CreateReplacement or StepKind.DeleteReplaced or StepKind.ReadReplacement or StepKind.ImportReplacement
        or StepKind.DiscardReplaced or StepKind.RemovePendingReplace);

    /// <summary>The resource that the step is about.</summary>
    public ResourceState Subject => (New ?? Old)!.State;
}
