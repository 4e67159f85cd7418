using System.Collections.Immutable;

namespace AppStack.Components.Monitoring;

/// <summary>A page of panels about one part of the platform; rendered for Grafana and as a console page of Prometheus.</summary>
public sealed record Dashboard
{
    /// <summary>Name of the page: of its file and of its address.</summary>
    public required string Name { get; init; }

    /// <summary>The title.</summary>
    public required string Title { get; init; }

    /// <summary>What the page answers, in a sentence.</summary>
    public required string Description { get; init; }

    /// <summary>What a reader may choose. Default: nothing.</summary>
    public ImmutableArray<DashboardVariable> Variables { get; init; } = [];

    /// <summary>The panels, in rows.</summary>
    public required ImmutableArray<DashboardRow> Rows { get; init; }
}
