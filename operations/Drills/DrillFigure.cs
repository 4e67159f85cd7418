namespace AppStack.Operations.Drills;

/// <summary>A measured value beside its limit.</summary>
/// <param name="Name">What was measured, as in the JSON: <c>failed</c>, <c>longestGapMs</c> ...</param>
/// <param name="Value">The value.</param>
/// <param name="Limit">What it may be at most.</param>
public sealed record DrillFigure(string Name, double Value, double Limit)
{
    /// <summary>Whether the value is within the limit.</summary>
    public bool Ok => Value <= Limit;
}
