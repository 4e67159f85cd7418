using System.Collections.Immutable;
using AppStack.Engine.Events;

namespace AppStack.Cli.Display;

/// <summary>One resource as a display shows it.</summary>
internal sealed record ResourceRow
{
    /// <summary>The resource.</summary>
    public required string Urn { get; init; }

    /// <summary>Its parent; <see langword="null"/> for the stack.</summary>
    public string? Parent { get; init; }

    /// <summary>The step that runs or ran last.</summary>
    public required StepKind Kind { get; init; }

    /// <summary>Where it stands.</summary>
    public required ResourceState State { get; init; }

    /// <summary>When the step began.</summary>
    public DateTimeOffset Started { get; init; }

    /// <summary>How long all its finished steps took.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>What the running step does at this moment.</summary>
    public string Status { get; init; } = "";

    /// <summary>The properties that change, each with its sign.</summary>
    public ImmutableArray<string> Changes { get; init; } = [];

    /// <summary>Warnings and errors about it.</summary>
    public int Problems { get; init; }

    /// <summary>Whether there is anything to tell about it.</summary>
    public bool IsInteresting => Kind != StepKind.Same || Problems > 0 || State is ResourceState.Failed or ResourceState.Running;

    /// <summary>The resource's name.</summary>
    public string Name => UrnText.Name(Urn);

    /// <summary>The resource's type.</summary>
    public string Type => UrnText.Type(Urn);
}
