using System.Diagnostics;
using AppStack.Components.Lab;

namespace AppStack.Lab.Tests.Machines;

/// <summary>A lab of two machines with a name and subnet of its own, driven through its script as people do by hand.</summary>
internal sealed class TwoMachineLab : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);
    private readonly string _script;

    private TwoMachineLab(string script) => _script = script;

    public const string Name = "machines-test";

    public const string FirstAddress = "10.119.7.11";

    public const string SecondAddress = "10.119.7.12";

    public LabControl Control { get; } = new(Name);

    public LabPaths Paths { get; } = LabPaths.For(Name);

    /// <summary>Installs the script where `up` does, removing first what a killed run of these tests may have left.</summary>
    public static async Task<TwoMachineLab> InstallAsync()
    {
        var lab = new TwoMachineLab(LabPaths.For(Name).Script);
        await lab.Control.RemoveAsync();
        Directory.CreateDirectory(Path.GetDirectoryName(lab._script)!);
        await File.WriteAllTextAsync(lab._script, LabScript.Text);
        File.SetUnixFileMode(lab._script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return lab;
    }

    /// <summary>What `up` does: the same whether nothing, something or everything is there.</summary>
    public async Task UpAsync()
    {
        await ScriptAsync("lab-up", Name);
        await ScriptAsync("network-up", Name, "rack", "--host", "10.119.7.1/24", "--host", "fd77:77::1/64");
        await Task.WhenAll(
            ScriptAsync("machine-up", Name, "first", "--link", $"rack={FirstAddress}/24,fd77:77::11/64"),
            ScriptAsync("machine-up", Name, "second", "--link", $"rack={SecondAddress}/24,fd77:77::12/64", "--route", $"default={FirstAddress}"));
    }

    public Task<string> ScriptAsync(params string[] arguments) => RunAsync(_script, arguments);

    /// <summary>Logs in with the lab's key and its known hosts, and nothing else trusted.</summary>
    public Task<string> SshAsync(string address, string command) => RunAsync("ssh", [
        "-F", "none", "-i", Paths.PrivateKeyFile, "-o", $"UserKnownHostsFile={Paths.KnownHostsFile}", "-o", "StrictHostKeyChecking=yes",
        "-o", "BatchMode=yes", "-o", "ConnectTimeout=5", $"root@{address}", command]);

    /// <summary>Asks until the answer is another one than before; the machine may be away meanwhile.</summary>
    public async Task<string> SshUntilAsync(string address, string command, Func<string, bool> accept)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (true)
        {
            try
            {
                var answer = await SshAsync(address, command);
                if (accept(answer))
                {
                    return answer;
                }
            }
            catch (InvalidOperationException) when (!limit.IsCancellationRequested)
            {
                // Not reachable yet.
            }

            await Task.Delay(50, limit.Token);
        }
    }

    public async ValueTask DisposeAsync() => await Control.RemoveAsync();

    public static async Task<string> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? output.TrimEnd()
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: exit code {process.ExitCode}\n{output}{await errors}");
    }
}
