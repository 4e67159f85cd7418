using System.Diagnostics;

namespace AppStack.Components.Tests;

/// <summary>Has shellcheck look at a script; nothing is done where it is not installed (<c>./appstack test</c> installs it).</summary>
internal static class ShellCheck
{
    private const string Program = "/usr/bin/shellcheck";

    public static void AssertClean(string script)
    {
        if (!File.Exists(Program))
        {
            return;
        }

        using var process = Process.Start(new ProcessStartInfo(Program, ["-"]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true })!;
        var said = process.StandardOutput.ReadToEndAsync();
        process.StandardInput.Write(script);
        process.StandardInput.Close();
        Assert.Equal("", said.GetAwaiter().GetResult());
    }
}
