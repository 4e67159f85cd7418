namespace AppStack.Components.Monitoring;

/// <summary>When an alert is raised. What to do about it stands in the runbook under the alert's name.</summary>
public sealed record AlertRule
{
    /// <summary>Name of the alert.</summary>
    public required string Name { get; init; }

    /// <summary>The expression (PromQL): each series of its result is an alert.</summary>
    public required string Expression { get; init; }

    /// <summary>How long it must hold. Default: at once.</summary>
    public TimeSpan For { get; init; } = TimeSpan.Zero;

    /// <summary>How urgent it is.</summary>
    public required AlertSeverity Severity { get; init; }

    /// <summary>What is wrong, in a sentence; <c>{{ $labels.node }}</c> and the like are filled in.</summary>
    public required string Summary { get; init; }

    /// <summary>Where the runbook is, from the repository's root. Default: under the alert's name among those of the platform.</summary>
    public string Runbook
    {
        get => field ?? $"docs/operations/alerts.md#{Name.ToLowerInvariant()}";
        init;
    }
}
