namespace AppStack.Components.Lab;

/// <summary>
/// Looks at the files and processes of this host. A few small files per machine are read and no program is started, because
/// every command on the environment pays for it.
/// </summary>
public sealed class LabHost : ILabHost
{
    private readonly string _root;
    private readonly Func<string> _fresh;

    /// <summary>Looks at this host.</summary>
    public LabHost()
        : this("", () => Guid.NewGuid().ToString("N")[..8])
    {
    }

    /// <summary>Looks at a host whose files are below a folder.</summary>
    internal LabHost(string root, Func<string> fresh)
    {
        _root = root;
        _fresh = fresh;
    }

    /// <inheritdoc/>
    public string Lab(string lab)
    {
        var paths = LabPaths.For(lab);
        return Next(paths.StateDirectory, File.Exists(At(paths.Script)) && File.Exists(At(paths.PrivateKeyFile)));
    }

    /// <inheritdoc/>
    public string Network(string lab, string network)
    {
        var paths = LabPaths.For(lab);
        return Next(paths.NetworkDirectory(network), HasNamespace(paths.SwitchNamespace));
    }

    /// <inheritdoc/>
    public string Machine(string lab, string machine)
    {
        var paths = LabPaths.For(lab);
        var alive = HasNamespace(paths.SwitchNamespace) && HasNamespace(paths.NetworkNamespace(machine)) && Runs(lab, machine);
        return Next(paths.MachineDirectory(machine), alive);
    }

    /// <summary>Whether a machine's supervisor runs.</summary>
    internal bool Runs(string lab, string machine)
    {
        // "PID START", so that a stranger that got the number of a dead supervisor is not taken for it.
        var recorded = Read(LabPaths.For(lab).SupervisorFile(machine))?.Split(' ');
        if (recorded is not [var pid, var start] || Read($"/proc/{pid}/stat") is not { } stat)
        {
            return false;
        }

        // The command, in parentheses, may hold anything; the fields after it begin with the state (the third field).
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        const int StartTime = 22 - 3;
        return fields.Length > StartTime && fields[0] is not ("Z" or "X") && fields[StartTime] == start;
    }

    private bool HasNamespace(string name) => File.Exists(At($"/run/netns/{name}"));

    private string Next(string directory, bool alive) => LabIncarnation.Next(Read($"{directory}/incarnation"), alive, _fresh);

    private string At(string path) => _root + path;

    private string? Read(string path)
    {
        try
        {
            return File.ReadAllText(At(path)).Trim();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
