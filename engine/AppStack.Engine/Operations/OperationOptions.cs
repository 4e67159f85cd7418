using System.Collections.Immutable;

namespace AppStack.Engine.Operations;

/// <summary>How an operation runs; the members are the flags of the same names.</summary>
public sealed record OperationOptions
{
    /// <summary>Steps that run at the same time. Default 16, as many as SSH sessions that two cores start without queueing.</summary>
    public int Parallel { get; init; } = 16;

    /// <summary>A note kept in the stack's history.</summary>
    public string Message { get; init; } = "";

    /// <summary>Whether to read every resource first; <see langword="null"/> for what the project says (<c>options: refresh: always</c>).</summary>
    public bool? Refresh { get; init; }

    /// <summary>Whether independent steps go on after a failure.</summary>
    public bool ContinueOnError { get; init; } = true;

    /// <summary>Whether any change is an error.</summary>
    public bool ExpectNoChanges { get; init; }

    /// <summary>URNs (with <c>*</c> patterns) to restrict the operation to; empty for all.</summary>
    public ImmutableArray<string> Targets { get; init; } = [];

    /// <summary>Whether targets include what depends on them.</summary>
    public bool TargetDependents { get; init; }

    /// <summary>URNs (with <c>*</c> patterns) to leave alone.</summary>
    public ImmutableArray<string> Excludes { get; init; } = [];

    /// <summary>URNs to replace even without a change.</summary>
    public ImmutableArray<string> Replace { get; init; } = [];

    /// <summary>For previews: the file to write the plan to, as a constraint on a later update.</summary>
    public string? SavePlan { get; init; }

    /// <summary>The plan file that a preview or an update has to keep to.</summary>
    public string? Plan { get; init; }

    /// <summary>Whether to forget resources whose creation is pending: what was made of them, if anything, is nobody's from then on.</summary>
    public bool ClearPendingCreates { get; init; }

    /// <summary>The ids, by URN, of resources whose creation is pending and that turned out to exist; they are taken into state.</summary>
    public ImmutableSortedDictionary<string, string> ImportPendingCreates { get; init; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>Whether pending creations are settled by this operation.</summary>
    internal bool SettlesPendingCreates => ClearPendingCreates || !ImportPendingCreates.IsEmpty;

    /// <summary>Cancels the operations that run, too; what they did is then unknown. The graceful stop is the token of the operation itself.</summary>
    public CancellationToken Abort { get; init; }
}
