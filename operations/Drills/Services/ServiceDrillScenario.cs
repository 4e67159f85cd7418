namespace AppStack.Operations.Drills.Services;

/// <summary>A kind of trouble that a service and everything below it must stand while citizens use it.</summary>
internal sealed record ServiceDrillScenario
{
    /// <summary>The name, as given on the command line.</summary>
    public required string Name { get; init; }

    /// <summary>What is done and what is expected, in one line.</summary>
    public required string Summary { get; init; }

    /// <summary>Requests that may fail.</summary>
    public int? MayFail { get; init; } = 0;

    /// <summary>How long one deployment may take, from the command until all replicas are new; <see langword="null"/>: nothing is deployed.</summary>
    public double? DeployMs { get; init; }

    /// <summary>From the fault until the last request was sent that failed; <see langword="null"/>: not limited.</summary>
    public double? RecoveryMs { get; init; }

    /// <summary>What is done.</summary>
    public required Func<ServiceDrillRun, Task> Do { get; init; }
}
