using AppStack.Engine.Model.Providers;
using AppStack.Engine.Model.Registration;
using AppStack.Engine.Providers.Common;

namespace AppStack.Engine.Providers.Command;

/// <summary>The <c>logging</c> input: which of a command's output is shown while it runs.</summary>
internal static class LoggingMode
{
    private static readonly string[] Modes = ["stdout", "stderr", "stdoutAndStderr", "none"];

    /// <summary>Adds a failure when it is none of those there are.</summary>
    public static CheckResult Check(CheckResult result) =>
        result.Inputs.Text("logging") is { } mode && !Modes.Contains(mode, StringComparer.Ordinal)
            ? result with { Failures = result.Failures.Add(new CheckFailure("logging", $"must be one of {string.Join(", ", Modes)}, but is '{mode}'")) }
            : result;

    public static bool ShowsStdout(string? mode) => mode is null or "stdout" or "stdoutAndStderr";

    public static bool ShowsStderr(string? mode) => mode is null or "stderr" or "stdoutAndStderr";
}
