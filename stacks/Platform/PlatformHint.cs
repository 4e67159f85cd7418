namespace AppStack.Stacks;

/// <summary>Something to try.</summary>
/// <param name="Command">The command line.</param>
/// <param name="What">What it shows.</param>
public sealed record PlatformHint(string Command, string What);
