using AppStack.Engine.Imports;
using AppStack.Engine.Operations;

namespace AppStack.Cli.Commands;

/// <summary>An operation as it was asked for.</summary>
internal sealed record OperationRequest
{
    /// <summary>What to do.</summary>
    public required OperationKind Kind { get; init; }

    /// <summary>How to do it.</summary>
    public OperationOptions Options { get; init; } = new();

    /// <summary>What to take over.</summary>
    public ImportFile Import { get; init; } = new();

    /// <summary>Whether what is taken over is protected.</summary>
    public bool Protect { get; init; } = true;

    /// <summary>Only tell what would be done.</summary>
    public bool PreviewOnly { get; init; }

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
