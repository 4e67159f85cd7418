using AppStack.Components.Kubernetes.Cluster.Rendering;
using AppStack.Components.Nodes;
using Pulumi;
using Pulumi.Command.Remote;
using Pulumi.Random;

namespace AppStack.Components.Kubernetes.Cluster;

/// <summary>
/// A Kubernetes cluster, made by kubeadm. The first control plane makes it; every other node is admitted by that one, joins, and is settled (ready, with
/// labels and taints). Deleting a node goes the same way back: drained and forgotten first, then reset.
/// </summary>
public sealed class KubernetesCluster : ComponentResource
{
    private const int EncryptionKeyBytes = 32;
    private const int CertificateKeyBytes = 32;

    private readonly Dictionary<string, Resource> _ready = new(StringComparer.Ordinal);
    private readonly KubernetesClusterArgs _args;
    private readonly string _name;

    /// <summary>Deploys a cluster.</summary>
    /// <param name="name">Name of the component.</param>
    /// <param name="args">Specification and machines.</param>
    /// <param name="options">Options of the component; what it depends on holds for all of its nodes.</param>
    /// <exception cref="InvalidSpecException">The specification is not valid; lists all problems.</exception>
    public KubernetesCluster(string name, KubernetesClusterArgs args, ComponentResourceOptions? options = null)
        : base("appstack:kubernetes:Cluster", name, options)
    {
        ArgumentNullException.ThrowIfNull(args);
        (_name, _args) = (name, args);
        var spec = args.Spec;
        InvalidSpecException.ThrowIfAny($"Kubernetes cluster '{spec.Name}'", [
            .. KubernetesClusterValidator.Validate(spec),
            .. spec.Nodes.Where(node => !args.Nodes.ContainsKey(node.Name)).Select(node => new SpecProblem("nodes", $"no machine is given for '{node.Name}'")),
        ]);
        var choice = ProgramChoice.Of(spec);
        Log.Info($"Kubernetes {spec.Version}: programs {(choice.Source == ProgramSource.Built ? "built from Debian's source" : "from packages")} ({choice.Reason}).", this);
        if (spec.Networking == PodNetworking.Routes)
        {
            Log.Info($"Kubernetes cluster '{spec.Name}': pods reach each other by routes, so NetworkPolicies are kept but not enforced.", this);
        }

        var encryption = new RandomBytes($"{name}-encryption-key", new RandomBytesArgs { Length = EncryptionKeyBytes }, new CustomResourceOptions { Parent = this, Protect = false });
        var certificate = new RandomBytes($"{name}-certificate-key", new RandomBytesArgs { Length = CertificateKeyBytes }, new CustomResourceOptions { Parent = this });
        var secrets = Output.Tuple(encryption.Base64, certificate.Hex).Apply(both => new ClusterSecrets(both.Item1, both.Item2));

        // Workers' bundles hold no secrets, so their previews show what changes.
        var bundles = spec.Nodes.ToDictionary(
            node => node.Name,
            node => args.Nodes[node.Name].Apply(
                $"{name}-{node.Name}",
                node.Role == KubernetesRole.ControlPlane ? secrets.Apply(found => NodeBundleRenderer.Render(spec, node, found)) : NodeBundleRenderer.Render(spec, node, NoSecrets),
                BundleOptions.For(this, options)),
            StringComparer.Ordinal);

        var first = spec.ControlPlanes.First();
        var init = Run($"{name}-init", first.Name, "init", null, [bundles[first.Name]], secretOutput: true);
        _ready[first.Name] = init;
        IReadOnlyList<Resource> way = [init, .. args.ApiWay(init)];

        // Control planes one after the other: each new member of etcd must be well before the next one changes the quorum.
        foreach (var node in spec.ControlPlanes.Skip(1))
        {
            way = [.. way, Join(first, node, bundles[node.Name], way)];
        }

        foreach (var node in spec.Workers)
        {
            Join(first, node, bundles[node.Name], way);
        }

        Kubeconfig = Output.CreateSecret(init.Stdout.Apply(text => KubeconfigEditor.PointTo(text, spec)));
        Ready = [.. _ready.Values];
        RegisterOutputs();
    }

    /// <summary>The administrator's kubeconfig, as JSON. Secret.</summary>
    [Output("kubeconfig")]
    public Output<string> Kubeconfig { get; private set; }

    /// <summary>What to depend on to come after all nodes.</summary>
    public IReadOnlyList<Resource> Ready { get; }

    private static ClusterSecrets NoSecrets { get; } = new("", "");

    private Command Join(KubernetesNodeSpec first, KubernetesNodeSpec node, Resource bundle, IReadOnlyList<Resource> way)
    {
        var role = node.Role == KubernetesRole.ControlPlane ? "control-plane" : "worker";
        var admit = Run($"{_name}-{node.Name}-admit", first.Name, $"admit {node.Name} {role}", null, [.. way], secretOutput: true, machine: node.Name);
        var join = Run($"{_name}-{node.Name}-join", node.Name, $"join {role}", "leave", [bundle, admit], stdin: admit.Stdout, machine: node.Name);
        // Deleted first, and therefore where pods move away from a node that goes.
        var settle = Run($"{_name}-{node.Name}-ready", first.Name, $"settle {node.Name}", $"release {node.Name}", [join], machine: node.Name);
        _ready[node.Name] = settle;
        return settle;
    }

    /// <summary>One call of the node's script. A machine that was installed anew goes through it again.</summary>
    private Command Run(
        string name, string on, string verb, string? undo, Resource[] after, bool secretOutput = false, Input<string>? stdin = null, string? machine = null)
    {
        var options = new CustomResourceOptions { Parent = this, DependsOn = after };
        if (secretOutput)
        {
            options.AdditionalSecretOutputs.Add("stdout");
        }

        options.DeleteBeforeReplace = true;
        var arguments = new CommandArgs
        {
            Connection = _args.Nodes[on].Connection(),
            Create = $"{KubernetesPaths.Tool} {verb}",
            Update = $"{KubernetesPaths.Tool} {verb}",
            AddPreviousOutputInEnv = false,
            Logging = Logging.Stderr,
        };
        if (undo is not null)
        {
            arguments.Delete = $"{KubernetesPaths.Tool} {undo}";
        }

        if (stdin is not null)
        {
            arguments.Stdin = stdin;
        }

        if (_args.Nodes[machine ?? on].Machine is { } identity)
        {
            arguments.Triggers.Add((Input<object>)identity.Apply(found => (object)found));
        }

        return new Command(name, arguments, options);
    }
}
