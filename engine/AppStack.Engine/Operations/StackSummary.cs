namespace AppStack.Engine.Operations;

/// <summary>One line of a list of stacks.</summary>
/// <param name="Name">The stack's name.</param>
/// <param name="LastUpdate">When its state was last written; <see langword="null"/> when it was never deployed.</param>
/// <param name="ResourceCount">How many resources it has; <see langword="null"/> when it was never deployed.</param>
/// <param name="InProgress">Whether somebody holds its lock.</param>
public sealed record StackSummary(string Name, DateTimeOffset? LastUpdate, int? ResourceCount, bool InProgress);
