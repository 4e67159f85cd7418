using System.Diagnostics;

namespace AppStack.Operations.Drills;

/// <summary>Power and cables of a lab's machines, through the lab's own script.</summary>
/// <param name="repositoryRoot">The folder of the repository.</param>
/// <param name="lab">The lab's name.</param>
internal sealed class LabMachines(string repositoryRoot, string lab)
{
    private readonly string _script = Path.Combine(repositoryRoot, "components", "Lab", "Scripts", "appstack-lab");

    /// <summary>The network namespace of a machine, as <c>ip netns</c> names it.</summary>
    public string NetworkNamespace(string machine) => $"appstack-{lab}.{machine}";

    /// <summary>Takes the power away: cable first, then every process at once.</summary>
    public Task PowerOffAsync(string machine, CancellationToken cancellationToken) => RunAsync("power-off", machine, cancellationToken);

    /// <summary>Gives it back; returns when the machine's sshd answers.</summary>
    public Task PowerOnAsync(string machine, CancellationToken cancellationToken) => RunAsync("power-on", machine, cancellationToken);

    private async Task RunAsync(string verb, string machine, CancellationToken cancellationToken)
    {
        var info = new ProcessStartInfo("bash") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])[_script, verb, lab, machine])
        {
            info.ArgumentList.Add(argument);
        }

        using var process = Process.Start(info)!;
        var stdout = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var stderr = process.StandardError.ReadToEndAsync(cancellationToken);

        // The script may leave a machine's supervisor behind that holds its output open: the end of the script counts, not that of the stream.
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0)
        {
            throw new DrillException($"lab {lab}, machine {machine}: {verb} failed with exit code {process.ExitCode}: " +
                $"{(await stderr + await stdout).Trim()}");
        }
    }
}
