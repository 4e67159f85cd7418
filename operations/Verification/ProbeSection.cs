namespace AppStack.Operations.Verification;

/// <summary>What one command of a probe script printed.</summary>
/// <param name="ExitCode">Its exit code; -1 when it was not run.</param>
/// <param name="Text">What it printed, stdout and stderr.</param>
internal sealed record ProbeSection(int ExitCode, string Text)
{
    /// <summary>The first line that says something, for details of failed checks.</summary>
    public string FirstLine => Text.Split('\n').Select(line => line.Trim()).FirstOrDefault(line => line.Length > 0) ?? $"exit code {ExitCode}";
}
