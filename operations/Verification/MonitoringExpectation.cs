namespace AppStack.Operations.Verification;

/// <summary>What a monitoring node must see.</summary>
public sealed record MonitoringExpectation
{
    /// <summary>Where its Prometheus answers; with a slash at the end.</summary>
    public required string Prometheus { get; init; }

    /// <summary>Where its Alertmanager answers; with a slash at the end.</summary>
    public required string Alertmanager { get; init; }

    /// <summary>The targets that must be up: job and node.</summary>
    public required IReadOnlyList<(string Job, string Node)> Targets { get; init; }

    /// <summary>How many alert rules each group must have.</summary>
    public required IReadOnlyDictionary<string, int> Rules { get; init; }

    /// <summary>How long what has just come up may take to be seen.</summary>
    public required TimeSpan Patience { get; init; }
}
