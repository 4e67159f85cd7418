using AppStack.Engine.Operations;

namespace AppStack.Cli.Commands;

/// <summary>An operation as it was asked for.</summary>
internal sealed record OperationRequest
{
    /// <summary>What to do.</summary>
    public required OperationKind Kind { get; init; }

    /// <summary>How to do it.</summary>
    public OperationOptions Options { get; init; } = new();

    /// <summary>Do it without asking.</summary>
    public bool Yes { get; init; }

    /// <summary>Do it without showing first what would be done.</summary>
    public bool SkipPreview { get; init; }

    /// <summary>Show what changes in each resource.</summary>
    public bool Diff { get; init; }

    /// <summary>Write events as JSON.</summary>
    public bool Json { get; init; }

    /// <summary>Write one Markdown document at the end; for previews.</summary>
    public bool Markdown { get; init; }
}
