namespace AppStack.Operations.Load;

/// <summary>One line of <see cref="SampleProtocol"/>; one of the properties is set.</summary>
internal sealed record SampleMessage
{
    /// <summary>The load begins at this time.</summary>
    public long? ReadyMicros { get; init; }

    /// <summary>Requests that ended since the last line.</summary>
    public IReadOnlyList<RequestSample> Samples { get; init; } = [];

    /// <summary>The load has ended; this much processor time was used, in milliseconds.</summary>
    public double? CpuMs { get; init; }
}
