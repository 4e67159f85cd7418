using AppStack.Operations.Load;

namespace AppStack.Operations.Drills;

/// <summary>Load that is running.</summary>
internal interface IDrillLoad : IAsyncDisposable
{
    /// <summary>The generator's processor time in milliseconds; known after it was stopped.</summary>
    double CpuMs { get; }

    /// <summary>What became of the requests so far.</summary>
    IReadOnlyList<RequestSample> Samples { get; }

    /// <summary>Stops it and returns what became of every request.</summary>
    Task<IReadOnlyList<RequestSample>> StopAsync(CancellationToken cancellationToken);
}
