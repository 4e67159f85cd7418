namespace AppStack.Operations.Status;

/// <summary>How <c>appstack status</c> shows what it saw.</summary>
public sealed record StatusOptions
{
    /// <summary>The file of the page; <see langword="null"/>: no page.</summary>
    public string? Page { get; init; }

    /// <summary>Whether to write JSON: one object, or one line for each look.</summary>
    public bool Json { get; init; }

    /// <summary>Whether to look again until somebody stops it.</summary>
    public bool Watch { get; init; }
}
