namespace AppStack.Components.Monitoring;

/// <summary>How a panel shows values.</summary>
public enum PanelKind
{
    /// <summary>A line for each series.</summary>
    Lines,

    /// <summary>Areas on top of each other, which add up.</summary>
    Stacked,

    /// <summary>The values of this moment, one below the other.</summary>
    Values,
}
