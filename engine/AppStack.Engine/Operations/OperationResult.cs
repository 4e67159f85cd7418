using System.Collections.Immutable;
using AppStack.Engine.Events;
using AppStack.Engine.State;

namespace AppStack.Engine.Operations;

/// <summary>How an operation ended.</summary>
public sealed record OperationResult
{
    /// <summary>Whether everything asked for was done.</summary>
    public required bool Succeeded { get; init; }

    /// <summary>Whether it was stopped on request before it was complete.</summary>
    public bool Cancelled { get; init; }

    /// <summary>Number of resources by step.</summary>
    public required ImmutableSortedDictionary<StepKind, int> Changes { get; init; }

    /// <summary>How long it took.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>URNs of resources whose state is not known (operations that never reported back).</summary>
    public ImmutableArray<string> Pending { get; init; } = [];

    /// <summary>For imports: what was taken over, and what was there already; secrets are marked.</summary>
    public ImmutableArray<ResourceState> Imported { get; init; } = [];
}
