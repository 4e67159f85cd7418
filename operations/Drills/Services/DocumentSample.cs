namespace AppStack.Operations.Drills.Services;

/// <summary>What became of one document: it is issued, and at once verified.</summary>
public sealed record DocumentSample
{
    /// <summary>What the client called the request; the same for every attempt.</summary>
    public required string Key { get; init; }

    /// <summary>When it was due to be issued, in microseconds of <see cref="Load.MonotonicClock"/>.</summary>
    public required long IssueStartMicros { get; init; }

    /// <summary>When the answer was there, or the request had failed.</summary>
    public required long IssueEndMicros { get; init; }

    /// <summary>The document's code; <see langword="null"/> when it was not acknowledged.</summary>
    public string? Code { get; init; }

    /// <summary>Why it was not issued; <see langword="null"/> when it was.</summary>
    public string? IssueFailure { get; init; }

    /// <summary>When the verification was answered, or had failed; <see langword="null"/> when there was nothing to verify.</summary>
    public long? VerifyEndMicros { get; init; }

    /// <summary>Why it was not verified; <see langword="null"/> when it was.</summary>
    public string? VerifyFailure { get; init; }
}
