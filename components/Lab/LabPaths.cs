namespace AppStack.Components.Lab;

/// <summary>Where a lab keeps things on the host. The same names as in <c>Scripts/names.sh</c>.</summary>
public sealed class LabPaths
{
    private readonly string _lab;

    private LabPaths(string lab) => _lab = lab;

    /// <summary>The folder of the lab: disks, keys, incarnations. It outlives a reboot of the host.</summary>
    public string StateDirectory => $"/var/lib/appstack/labs/{_lab}";

    /// <summary>What a reboot of the host forgets: supervisors, locks.</summary>
    public string RuntimeDirectory => $"/run/appstack/labs/{_lab}";

    /// <summary>The lab's script as it was when the lab was made.</summary>
    public string Script => $"{StateDirectory}/bin/appstack-lab";

    /// <summary>The private key (ed25519, mode 0600) that opens every machine as root.</summary>
    public string PrivateKeyFile => $"{StateDirectory}/ssh/id_ed25519";

    /// <summary>The machines' host keys in OpenSSH's format.</summary>
    public string KnownHostsFile => $"{StateDirectory}/ssh/known_hosts";

    /// <summary>The name of the network namespace with the lab's bridges.</summary>
    public string SwitchNamespace => $"appstack-{_lab}";

    /// <summary>The paths of a lab.</summary>
    /// <param name="lab">The lab's name.</param>
    /// <returns>Its paths; nothing is looked up.</returns>
    public static LabPaths For(string lab) => new(lab);

    /// <summary>The network namespace of a machine, for <c>ip netns exec</c>.</summary>
    /// <param name="machine">The machine's name.</param>
    /// <returns>The namespace's name.</returns>
    public string NetworkNamespace(string machine) => $"appstack-{_lab}.{machine}";

    /// <summary>The list of the images that a node of Kubernetes was made with, seen from the host.</summary>
    /// <param name="machine">The machine's name.</param>
    /// <returns>The file's path; of a machine that is not there a path that is not there.</returns>
    public string ImageListFile(string machine)
    {
        // What the machine was made with, in the script's file: the folder of programs, then that of images.
        var made = $"{MachineDirectory(machine)}/kubernetes";
        return File.Exists(made) && File.ReadAllLines(made) is [_, var images, ..] ? $"{images}/images" : $"{made}/images";
    }

    internal string NetworkDirectory(string network) => $"{StateDirectory}/networks/{network}";

    internal string MachineDirectory(string machine) => $"{StateDirectory}/machines/{machine}";

    internal string SupervisorFile(string machine) => $"{RuntimeDirectory}/machines/{machine}/supervisor";
}
