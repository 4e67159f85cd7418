namespace AppStack.Operations.Status;

/// <summary>Something that is not as it should be.</summary>
/// <param name="Name">The name of the check or of the alert.</param>
/// <param name="IsAlert">Whether it is an alert.</param>
/// <param name="State">How bad it is.</param>
/// <param name="Detail">What was seen, and what should have been.</param>
/// <param name="Remedy">What to do about it.</param>
public sealed record StatusProblem(string Name, bool IsAlert, StatusState State, string Detail, StatusRemedy Remedy);
