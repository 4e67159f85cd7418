using System.Collections.Immutable;
using System.Diagnostics;

namespace AppStack.Components.Lab;

/// <summary>
/// Does to the machines of a lab what drills need: power, cables, pauses. No engine and no state is involved; who breaks
/// something puts it back.
/// </summary>
public sealed class LabControl
{
    private readonly LabPaths _paths;
    private readonly LabHost _host = new();

    /// <summary>Controls a lab of this host.</summary>
    /// <param name="lab">The lab's name.</param>
    public LabControl(string lab)
    {
        Lab = lab;
        _paths = LabPaths.For(lab);
    }

    /// <summary>The lab's name.</summary>
    public string Lab { get; }

    /// <summary>Whether a machine runs.</summary>
    /// <param name="machine">The machine's name.</param>
    /// <returns><see langword="true"/> from the start of its boot to its power-off, also over its reboots.</returns>
    public bool IsRunning(string machine) => _host.Runs(Lab, machine);

    /// <summary>As if the power went away: the cables first, so that no connection is closed politely, then every process at once.</summary>
    /// <param name="machine">The machine's name.</param>
    /// <param name="cancellationToken">Ends the waiting, not the action.</param>
    /// <returns>A task that ends when the machine is dead.</returns>
    /// <exception cref="LabException">There is no such machine, or it does not die.</exception>
    public Task PowerOffAsync(string machine, CancellationToken cancellationToken = default) => InstalledAsync("power-off", machine, cancellationToken);

    /// <summary>Starts a machine and connects its cables.</summary>
    /// <param name="machine">The machine's name.</param>
    /// <param name="cancellationToken">Ends the waiting, not the action.</param>
    /// <returns>A task that ends when its SSH daemon answers.</returns>
    /// <exception cref="LabException">There is no such machine, or it does not come up within a minute.</exception>
    public Task PowerOnAsync(string machine, CancellationToken cancellationToken = default) => InstalledAsync("power-on", machine, cancellationToken);

    /// <summary>Unplugs all cables of a machine.</summary>
    /// <param name="machine">The machine's name.</param>
    /// <param name="cancellationToken">Ends the waiting, not the action.</param>
    /// <returns>A task that ends when they are unplugged.</returns>
    /// <exception cref="LabException">There is no such machine.</exception>
    public Task CutLinkAsync(string machine, CancellationToken cancellationToken = default) => InstalledAsync("link-cut", machine, cancellationToken);

    /// <summary>Plugs all cables of a machine in again.</summary>
    /// <param name="machine">The machine's name.</param>
    /// <param name="cancellationToken">Ends the waiting, not the action.</param>
    /// <returns>A task that ends when they are plugged in.</returns>
    /// <exception cref="LabException">There is no such machine.</exception>
    public Task RestoreLinkAsync(string machine, CancellationToken cancellationToken = default) => InstalledAsync("link-restore", machine, cancellationToken);

    /// <summary>Freezes all processes of a machine, whose kernel part (network, connections) stays.</summary>
    /// <param name="machine">The machine's name.</param>
    /// <param name="cancellationToken">Ends the waiting, not the action.</param>
    /// <returns>A task that ends when the freezing was ordered.</returns>
    /// <exception cref="LabException">There is no such machine, or it does not run.</exception>
    public Task PauseAsync(string machine, CancellationToken cancellationToken = default) => InstalledAsync("pause", machine, cancellationToken);

    /// <summary>Lets a paused machine go on.</summary>
    /// <param name="machine">The machine's name.</param>
    /// <param name="cancellationToken">Ends the waiting, not the action.</param>
    /// <returns>A task that ends when it goes on.</returns>
    /// <exception cref="LabException">There is no such machine, or it does not run.</exception>
    public Task ResumeAsync(string machine, CancellationToken cancellationToken = default) => InstalledAsync("resume", machine, cancellationToken);

    /// <summary>Runs a command on a machine as root, without its network and without SSH.</summary>
    /// <param name="machine">The machine's name.</param>
    /// <param name="command">The command for bash.</param>
    /// <param name="cancellationToken">Ends the waiting, not the command.</param>
    /// <returns>What it printed.</returns>
    /// <exception cref="LabException">There is no such machine, it does not run, or the command failed.</exception>
    public Task<string> EnterAsync(string machine, string command, CancellationToken cancellationToken = default) =>
        InstalledAsync("enter", machine, cancellationToken, "--", "bash", "-c", command);

    /// <summary>Removes the lab with everything that is left of it, whether or not a stack knows of it.</summary>
    /// <param name="cancellationToken">Ends the waiting, not the action.</param>
    /// <returns>A task that ends when nothing is left.</returns>
    /// <exception cref="LabException">Something could not be removed.</exception>
    public Task RemoveAsync(CancellationToken cancellationToken = default) => EmbeddedAsync("lab-down", cancellationToken);

    /// <summary>Everything of the lab that is on this host.</summary>
    /// <param name="cancellationToken">Ends the looking.</param>
    /// <returns>One line for each folder, mount, namespace, interface, cgroup; empty when there is no such lab.</returns>
    /// <exception cref="LabException">The host could not be looked at.</exception>
    public async Task<ImmutableArray<string>> LeftoversAsync(CancellationToken cancellationToken = default)
    {
        var text = await EmbeddedAsync("leftovers", cancellationToken);
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }

    // A lab's own script knows the lab as it was made.
    private Task<string> InstalledAsync(string verb, string machine, CancellationToken cancellationToken, params string[] more)
        => File.Exists(_paths.Script)
            ? RunAsync(_paths.Script, [verb, Lab, machine, .. more], cancellationToken)
            : throw new LabException($"{verb} {Lab} {machine}", $"there is no lab '{Lab}' on this host ({_paths.Script} is missing); bring it up first");

    // These must work when the lab's folder is gone. The script is longer than one argument may be (128 KiB on Linux).
    private async Task<string> EmbeddedAsync(string verb, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("appstack-lab-");
        try
        {
            var script = Path.Combine(folder.FullName, "appstack-lab");
            await File.WriteAllTextAsync(script, LabScript.Text, cancellationToken);
            File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);
            return await RunAsync(script, [verb, Lab], cancellationToken);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<string> RunAsync(string program, string[] arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

#pragma warning disable RS0030 // Components do not depend on the transport; this drives the lab script on this machine.
        using var process = Process.Start(start)!;
#pragma warning restore RS0030
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        var error = await errors;
        return process.ExitCode == 0 ? await output : throw new LabException(string.Join(' ', arguments), error.Trim());
    }
}
