namespace AppStack.Components.Nodes.Bundles;

/// <summary>A shell command with a time-out.</summary>
/// <param name="Command">The command, one line; exit code 0 is success.</param>
/// <param name="Timeout">Time after which it is killed and counts as failed; whole seconds, at least one.</param>
public sealed record BundleHook(string Command, TimeSpan Timeout);
