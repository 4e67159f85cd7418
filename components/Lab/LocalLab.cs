using System.Collections.Immutable;
using System.Text.Json;
using Pulumi;
using Pulumi.Command.Local;

namespace AppStack.Components.Lab;

/// <summary>
/// Machines on this host that stand for bare metal: systemd-nspawn, each with its own network namespace, systemd and sshd, on
/// networks that nothing else of the host uses. Everything is a resource of the stack, so <c>destroy</c> leaves nothing but
/// the image cache. Needs root, and systemd-container, mmdebstrap, iproute2 and openssh-client on the host.
/// </summary>
public sealed class LocalLab : ComponentResource
{
    /// <summary>Creates the lab.</summary>
    /// <param name="name">The resource's name; the lab itself is called as its spec says.</param>
    /// <param name="args">The inputs.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="InvalidSpecException">The spec has problems.</exception>
    public LocalLab(string name, LocalLabArgs args, ComponentResourceOptions? options = null)
        : base("appstack:lab:LocalLab", name, args, options)
    {
        ArgumentNullException.ThrowIfNull(args);
        var spec = args.Spec;
        InvalidSpecException.ThrowIfAny($"lab '{spec.Name}'", LocalLabValidator.Validate(spec));

        var lab = new LabContext(spec.Name, args.Host, this);
        var folder = CreateFolder(name, lab);
        PublicKey = folder.Stdout.Apply(output => Text(output, "publicKey"));
        PrivateKey = ReadPrivateKey(name, lab, folder);

        var images = CreateImages(name, lab, spec, folder);
        Networks = spec.Networks.ToImmutableSortedDictionary(
            network => network.Name, network => new LabNetwork($"{name}-{network.Name}", lab, network, folder), StringComparer.Ordinal);
        Machines = spec.Machines.ToImmutableSortedDictionary(
            machine => machine.Name,
            machine => new LabMachine($"{name}-{machine.Name}", lab, machine, [images[machine.Image.Name], .. machine.Interfaces.Select(found => Networks[found.Network].Command).Distinct()]),
            StringComparer.Ordinal);
        RegisterOutputs();
    }

    /// <summary>The public key that opens every machine: type and base64.</summary>
    [Output]
    public Output<string> PublicKey { get; private set; }

    /// <summary>The private key in OpenSSH's format. Secret.</summary>
    [Output]
    public Output<string> PrivateKey { get; private set; }

    /// <summary>The networks by name.</summary>
    public ImmutableSortedDictionary<string, LabNetwork> Networks { get; }

    /// <summary>The machines by name.</summary>
    public ImmutableSortedDictionary<string, LabMachine> Machines { get; }

    /// <summary>One value of the line of JSON that a verb of the script prints.</summary>
    internal static string Text(string output, string key)
    {
        using var document = JsonDocument.Parse(output);
        return document.RootElement.GetProperty(key).GetString()!;
    }

    /// <summary>The script travels on standard input and is installed in the lab's folder, where the other commands, and people, find it.</summary>
    private static Command CreateFolder(string name, LabContext lab)
    {
        var script = lab.Paths.Script;
        var create = $"install -D -m 755 /dev/stdin {script} && exec {script} lab-up {lab.Name}";
        return new Command($"{name}-lab", new CommandArgs
        {
            Create = create,
            Update = create,
            Delete = lab.Call("lab-down"),
            Stdin = LabScript.Text,
            Logging = Logging.Stderr,
            Environment = lab.LabIncarnation,
        }, new CustomResourceOptions { Parent = lab.Parent });
    }

    private static Output<string> ReadPrivateKey(string name, LabContext lab, Command folder)
    {
        var read = $"cat {lab.Paths.PrivateKeyFile}";
        var key = new Command($"{name}-key", new CommandArgs
        {
            Create = read,
            Update = read,
            // No `Delete`: the folder takes the key with it.
            Logging = Logging.None,
            Environment = lab.LabIncarnation,
        }, new CustomResourceOptions { Parent = lab.Parent, DependsOn = { folder }, AdditionalSecretOutputs = { "stdout" } });
        // One trailing line break is cut off from outputs; OpenSSH insists on it.
        return Output.CreateSecret(key.Stdout.Apply(text => text + "\n"));
    }

    /// <summary>First the base system, then what machines have on top of it: the one that everybody waits for is seen as such.</summary>
    private static Dictionary<string, Command> CreateImages(string name, LabContext lab, LocalLabSpec spec, Command folder)
    {
        var baseSystem = Image("base", "image", folder);
        return spec.Machines.Select(machine => machine.Image).DistinctBy(image => image.Name).ToDictionary(
            image => image.Name,
            image => image.Packages.IsEmpty ? baseSystem : Image(image.Name, Verb(image), baseSystem),
            StringComparer.Ordinal);

        // Programs and images of Kubernetes are built from source once per host, which takes minutes.
        string Verb(LabImageSpec image) => $"image {string.Join(' ', image.Packages)}"
            + (image.Kubernetes ? $" && exec {lab.Paths.Script} kubernetes images" : "");

        // The cache is shared between labs and survives them, so there is nothing to delete; and nothing to look at when the
        // stack knows an image, because a machine whose image has vanished from the cache builds it.
        Command Image(string image, string verb, Command after) => new($"{name}-image-{image}", new CommandArgs
        {
            Create = $"{lab.Paths.Script} {verb}",
            Update = $"{lab.Paths.Script} {verb}",
            Logging = Logging.Stderr,
        }, new CustomResourceOptions { Parent = lab.Parent, DependsOn = { after } });
    }
}
