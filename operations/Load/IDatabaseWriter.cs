namespace AppStack.Operations.Load;

/// <summary>A writer that is running; the seam at which drills of databases are tested.</summary>
internal interface IDatabaseWriter : IAsyncDisposable
{
    /// <summary>All that became of statements so far.</summary>
    IReadOnlyCollection<WriteSample> Samples { get; }

    /// <summary>When the last commit was acknowledged; 0: none was.</summary>
    long LastAcknowledgedMicros { get; }

    /// <summary>Ends: what is under way is waited for.</summary>
    Task<IReadOnlyCollection<WriteSample>> StopAsync();
}
