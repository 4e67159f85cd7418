namespace AppStack.Components.Monitoring;

/// <summary>
/// A choice of the reader: the values of a label. Expressions use it as a regular expression, <c>{cluster=~"$cluster"}</c>; all values are chosen
/// at first.
/// </summary>
/// <param name="Name">Name of the variable, which is also the label.</param>
/// <param name="Metric">The series whose values of the label there are to choose from.</param>
public sealed record DashboardVariable(string Name, string Metric);
