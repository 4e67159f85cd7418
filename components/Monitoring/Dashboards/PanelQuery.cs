namespace AppStack.Components.Monitoring;

/// <summary>What a panel asks.</summary>
/// <param name="Expression">The expression (PromQL).</param>
/// <param name="Legend">What a series is called; <c>{{label}}</c> stands for a label's value.</param>
public sealed record PanelQuery(string Expression, string Legend);
