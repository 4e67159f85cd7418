namespace AppStack.Operations.Drills;

/// <summary>How long a step of a drill took.</summary>
/// <param name="Name">The step.</param>
/// <param name="Ms">Its time in milliseconds.</param>
public sealed record DrillStepTime(string Name, double Ms);
