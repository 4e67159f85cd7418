namespace AppStack.Operations.Drills.Services;

/// <summary>What a drill of a service does to the world; the seam at which the runner is tested.</summary>
internal interface IServiceDrillPlatform : IVerifiedPlatform
{
    /// <summary>The service's descriptor as it is.</summary>
    string Descriptor { get; }

    /// <summary>The version that its pods have, and how many of them are ready.</summary>
    Task<(string Version, int Ready, int All)> PodsAsync(CancellationToken cancellationToken);

    /// <summary>Deploys the service as a descriptor says, by the command that people use.</summary>
    /// <returns>The exit code and all that it said.</returns>
    Task<(int ExitCode, string Said)> DeployAsync(string descriptor, CancellationToken cancellationToken);

    /// <summary>Who leads the service's database; <see langword="null"/>: nobody.</summary>
    Task<string?> LeaderAsync(CancellationToken cancellationToken);

    /// <summary>Takes a machine's power away.</summary>
    Task PowerOffAsync(string node, CancellationToken cancellationToken);

    /// <summary>Gives it back.</summary>
    Task PowerOnAsync(string node, CancellationToken cancellationToken);

    /// <summary>Starts to issue documents.</summary>
    Task<IDocumentLoad> StartAsync(double rate, CancellationToken cancellationToken);

    /// <summary>Key and code of all documents that this drill has issued, as the database holds them.</summary>
    Task<IReadOnlyList<(string Key, string Code)>> HeldAsync(CancellationToken cancellationToken);
}
