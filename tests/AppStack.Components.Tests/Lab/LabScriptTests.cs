using System.Diagnostics;
using AppStack.Components.Lab;

namespace AppStack.Components.Tests.Lab;

public sealed class LabScriptTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("appstack-lab-script-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Text_Help_ListsTheVerbs()
    {
        var (exitCode, output) = Script(LabScript.Text, ["help"]);

        Assert.Equal(0, exitCode);
        Assert.Contains("machine-up LAB MACHINE", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_UnknownVerbOrName_IsRefused()
    {
        Assert.Contains("unknown verb 'explode'", Script(LabScript.Text, ["explode", "lab"]).Output, StringComparison.Ordinal);
        Assert.Contains("'../etc' is not valid", Script(LabScript.Text, ["lab-down", "../etc"]).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("host_interface local rack", "as-local.rack")]
    [InlineData("host_interface a-long-lab-name rack", "as-a-lon-")]
    [InlineData("switch_port edge-lb-1 0", "edge-lb-1-0")]
    [InlineData("switch_port database-standby-12 0", "database-")]
    [InlineData("machine_netns local edge-lb-1", "appstack-local.edge-lb-1")]
    [InlineData("mac_address local edge-lb-1 0", "02:")]
    public void Names_FitTheirPlace(string call, string beginning)
    {
        var name = Call(call);

        Assert.StartsWith(beginning, name, StringComparison.Ordinal);
        Assert.Equal(name, Call(call));
        if (!call.StartsWith("m", StringComparison.Ordinal))
        {
            Assert.InRange(name.Length, 1, 15);
        }
    }

    [Fact]
    public void LayerId_SamePackagesInAnotherOrder_IsTheSame()
    {
        Assert.Equal(Call("layer_id bird2 haproxy"), Call("layer_id haproxy bird2 haproxy"));
        Assert.NotEqual(Call("layer_id bird2"), Call("layer_id haproxy"));
    }

    [Fact]
    public void Deb822_SourcesOfTheHost_BecomeLines()
    {
        File.WriteAllText(Path.Combine(_folder, "debian.sources"), """
            Types: deb deb-src
            # a comment
            URIs: http://mirror.example/debian
            Suites: bookworm bookworm-updates
            Components: main contrib
            Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

            Types: deb
            URIs: http://other.example
            Suites: stable
            Components: main
            Enabled: no

            Types: deb-src
            URIs: http://sources.example
            Suites: bookworm
            Components: main
            """);

        var lines = Call($"deb822_to_lines {_folder}/debian.sources");

        Assert.Equal(
            """
            deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://mirror.example/debian bookworm main contrib
            deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://mirror.example/debian bookworm-updates main contrib
            """,
            lines);
    }

    [Fact]
    public void Lock_HolderKilled_IsFreeAgain()
    {
        // The first holder dies without letting go; the second must not wait for it.
        var text = Call($"(with_lock {_folder}/lock bash -c 'kill -9 $PPID') || true; with_lock {_folder}/lock echo free");

        Assert.Contains("free", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_ShellCheck_FindsNothing() => ShellCheck.AssertClean(LabScript.Text);

    // The script's functions without its main.
    private string Call(string call)
    {
        var functions = LabScript.Text.Replace("\nmain \"$@\"\n", "\n", StringComparison.Ordinal);
        var (exitCode, output) = Script(functions + call, []);
        Assert.True(exitCode == 0, output);
        return output;
    }

    // From a file: the script is longer than one argument may be.
    private (int ExitCode, string Output) Script(string text, string[] arguments)
    {
        var file = Path.Combine(_folder, $"appstack-lab-{Guid.NewGuid():n}");
        File.WriteAllText(file, text);
        return Run("bash", [file, .. arguments]);
    }

    private static (int ExitCode, string Output) Run(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, (output + errors.GetAwaiter().GetResult()).TrimEnd());
    }
}
