using System.Collections.Immutable;

namespace AppStack.Components.Monitoring;

/// <summary>A panel.</summary>
public sealed record DashboardPanel
{
    /// <summary>The title.</summary>
    public required string Title { get; init; }

    /// <summary>How values are shown. Default: lines over time.</summary>
    public PanelKind Kind { get; init; } = PanelKind.Lines;

    /// <summary>What the values are. Default: plain numbers.</summary>
    public PanelUnit Unit { get; init; } = PanelUnit.Number;

    /// <summary>What is shown.</summary>
    public required ImmutableArray<PanelQuery> Queries { get; init; }
}
