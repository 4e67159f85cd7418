using System.Diagnostics;
using AppStack.Components.Postgres;

namespace AppStack.Components.Tests.Postgres.Cluster;

/// <summary>The node's tool of a cluster's second node in a real Perl, with a file system of its own; nothing of it runs unless a test calls it.</summary>
internal sealed class GuardTool : IDisposable
{
    public GuardTool()
    {
        Directory.CreateDirectory(Root + "/etc/appstack/pg");
        Directory.CreateDirectory(Root + "/var/lib/appstack-pg");
        Write(ClusterExamples.Three);
    }

    /// <summary>What stands for the node's root folder.</summary>
    public string Root { get; } = Directory.CreateTempSubdirectory("appstack-pg-").FullName;

    /// <summary>Lays down the tool and its settings.</summary>
    public void Write(RepmgrClusterSpec spec)
    {
        var files = RepmgrNodeRenderer.Bundle(spec, spec.Nodes[1], ClusterExamples.Secrets).Files;
        File.WriteAllText(Root + "/tool", files.Single(f => f.Path == PostgresPaths.Tool).Content);
        File.WriteAllText(Root + PostgresPaths.Settings, files.Single(f => f.Path == PostgresPaths.Settings).Content);
    }

    /// <summary>Runs Perl with the tool at hand; it must print these lines and end well.</summary>
    public async Task ExpectAsync(string script, params string[] lines)
        => Assert.Equal((0, string.Join('\n', lines) + "\n"), await RunAsync(script));

    /// <summary>Runs Perl with the tool at hand.</summary>
    /// <returns>Its exit code and all that it printed.</returns>
    public async Task<(int Code, string Output)> RunAsync(string script, params (string Name, string Value)[] environment)
    {
        var info = new ProcessStartInfo("perl", ["-"]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        info.Environment["APPSTACK_ROOT"] = Root;
        info.Environment["APPSTACK_PG_TEST"] = "1";
        foreach (var (name, value) in environment)
        {
            info.Environment[name] = value;
        }

#pragma warning disable RS0030 // The tool runs in a real Perl.
        using var perl = Process.Start(info)!;
#pragma warning restore RS0030
        await perl.StandardInput.WriteAsync($"require '{Root}/tool'; our (%vote, $STATE); read_settings(); sub say_ {{ print $_[0] eq '' ? 'granted' : $_[0], \"\\n\" }}\n{script}");
        perl.StandardInput.Close();
        var output = await perl.StandardOutput.ReadToEndAsync();
        var errors = await perl.StandardError.ReadToEndAsync();
        await perl.WaitForExitAsync();
        return (perl.ExitCode, output + errors);
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
