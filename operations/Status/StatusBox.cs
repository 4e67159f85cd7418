using System.Collections.Immutable;
using AppStack.Operations.Verification;

namespace AppStack.Operations.Status;

/// <summary>A box of the map: a node, a virtual address, a service.</summary>
public sealed record StatusBox
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>What it is, in a word or two.</summary>
    public required string Kind { get; init; }

    /// <summary>What runs on it, or what it is for.</summary>
    public required string Runs { get; init; }

    /// <summary>Its addresses; empty when it has none of its own.</summary>
    public string Addresses { get; init; } = "";

    /// <summary>Site and rack; empty when it is nowhere in particular.</summary>
    public string Place { get; init; } = "";

    /// <summary>What it is at this moment, where that changes by itself; empty elsewhere.</summary>
    public string Now { get; init; } = "";

    /// <summary>What was looked at.</summary>
    public ImmutableArray<VerifyCheck> Checks { get; init; } = [];

    /// <summary>What is wrong with it; the worst comes first.</summary>
    public ImmutableArray<StatusProblem> Problems { get; init; } = [];

    /// <summary>How it is.</summary>
    public StatusState State => Problems.IsEmpty
        ? Checks.IsEmpty ? StatusState.Unknown : StatusState.Ok
        : Problems.Max(problem => problem.State);
}
