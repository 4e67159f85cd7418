namespace AppStack.Engine.Providers.Command;

/// <summary>How a local command ended.</summary>
internal sealed record LocalResult(int ExitCode, string Stdout, string Stderr);
