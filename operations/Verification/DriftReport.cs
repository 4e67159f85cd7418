namespace AppStack.Operations.Verification;

/// <summary>What a node's drift check found.</summary>
/// <param name="Roles">The roles that were applied.</param>
/// <param name="Deviations">What differs from what was applied.</param>
internal sealed record DriftReport(IReadOnlyList<string> Roles, IReadOnlyList<string> Deviations);
