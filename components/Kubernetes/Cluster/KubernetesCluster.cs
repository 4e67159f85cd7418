using System.Globalization;
using AppStack.Components.Kubernetes.Cluster.Rendering;
using AppStack.Components.Nodes;
using Pulumi;
using Pulumi.Command.Remote;
using Pulumi.Random;

namespace AppStack.Components.Kubernetes.Cluster;

/// <summary>
/// A Kubernetes cluster, made by kubeadm. The first control plane makes it; every other node is admitted by that one, joins, and is settled (ready, with
/// labels and taints). Deleting a node goes the same way back: drained and forgotten first, then reset. Another version goes through the nodes one after the
/// other, control planes first: looked at and drained, given its programs, upgraded, waited for. When a cluster is made these steps have nothing to do.
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
        // The first one changes kube-proxy everywhere, for which every node of a lab must have the image.
        var programs = Release(first, first, bundles, secrets, ReleaseBundleRenderer.Images(spec) is null ? [bundles[first.Name]] : [.. bundles.Values], options);
        var init = Run($"{name}-init", first.Name, "init", null, [programs], secretOutput: true);
        _ready[first.Name] = init;
        var turn = Upgrade(first, first, [init]);
        IReadOnlyList<Resource> way = [init, .. args.ApiWay(init)];

        // Control planes one after the other: each new member of etcd must be well before the next one changes the quorum.
        foreach (var node in spec.ControlPlanes.Skip(1))
        {
            programs = Release(first, node, bundles, secrets, [bundles[node.Name], turn], options);
            var ready = Join(first, node, programs, way);
            way = [.. way, ready];
            turn = Upgrade(first, node, [ready]);
        }

        // Workers join all at once and are upgraded one after the other: the turn of the next one does not wait for anybody's joining.
        foreach (var node in spec.Workers)
        {
            programs = Release(first, node, bundles, secrets, [bundles[node.Name], turn], options);
            Join(first, node, programs, way);
            turn = Upgrade(first, node, [programs]);
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

    /// <summary>The programs of the version, brought to a node that may have them and is drained; at first there is nothing to look at and nothing to drain.</summary>
    private Command Release(
        KubernetesNodeSpec first, KubernetesNodeSpec node, Dictionary<string, Command> bundles, Output<ClusterSecrets> secrets, Resource[] after, ComponentResourceOptions? options)
    {
        var (spec, version) = (_args.Spec, KubernetesVersion.TryParse(_args.Spec.Version)!);
        var retire = Run(
            $"{_name}-{node.Name}-retire",
            first.Name,
            string.Create(CultureInfo.InvariantCulture, $"retire {node.Name} {version} {string.Join(',', version.MinorsBefore)} {version.OldestKubelet}"),
            null,
            [bundles[first.Name], .. after],
            machine: node.Name);
        var bundle = BundleOptions.For(this, options);
        bundle.DependsOn.Add(retire);
        return _args.Nodes[node.Name].Apply(
            $"{_name}-{node.Name}-release",
            node.Role == KubernetesRole.ControlPlane ? secrets.Apply(found => ReleaseBundleRenderer.Render(spec, node, found)) : ReleaseBundleRenderer.Render(spec, node, NoSecrets),
            bundle);
    }

    /// <summary>The node changes to the programs that it has, and returns.</summary>
    private Command Upgrade(KubernetesNodeSpec first, KubernetesNodeSpec node, Resource[] after)
    {
        var upgrade = Run($"{_name}-{node.Name}-upgrade", node.Name, $"upgrade {_args.Spec.Version}", null, after, machine: node.Name);
        return Run($"{_name}-{node.Name}-return", first.Name, $"return_node {node.Name} {_args.Spec.Version}", null, [upgrade], machine: node.Name);
    }

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
