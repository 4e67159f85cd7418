using System.Collections.Immutable;
using System.Globalization;
using AppStack.Components.Nodes.Bundles;
using Pulumi;
using Pulumi.Command.Remote;
using Pulumi.Command.Remote.Inputs;

namespace AppStack.Components.Nodes;

/// <summary>
/// A machine with Debian and SSH. By itself it changes nothing; roles put their bundles on it with <see cref="Apply"/>.
/// </summary>
public sealed class BareMetalNode : ComponentResource
{
    private readonly BareMetalNodeArgs _args;
    private Command? _lastBundle;

    /// <summary>Declares a node.</summary>
    /// <param name="name">Name of the node; also how errors call it.</param>
    /// <param name="args">How to reach it.</param>
    /// <param name="options">Options of the component.</param>
    public BareMetalNode(string name, BareMetalNodeArgs args, ComponentResourceOptions? options = null)
        : base("appstack:nodes:BareMetalNode", name, options)
    {
        ArgumentNullException.ThrowIfNull(args);
        _args = args;
        Address = args.Address;
        RegisterOutputs();
    }

    /// <summary>Address or name for SSH.</summary>
    [Output("address")]
    public Output<string> Address { get; private set; }

    /// <summary>How it is reached, for other stacks: the keys <c>address</c>, <c>user</c>, <c>port</c> and, where one is pinned, <c>hostKey</c>.</summary>
    public Output<ImmutableDictionary<string, string>> Access() => Output
        .Tuple(_args.Address.ToOutput(), _args.User.ToOutput(), _args.Port.ToOutput(), _args.HostKey?.ToOutput() ?? Output.Create(""))
        .Apply(all => new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["address"] = all.Item1,
            ["user"] = all.Item2,
            ["port"] = all.Item3.ToString(CultureInfo.InvariantCulture),
            ["hostKey"] = all.Item4,
        }.Where(pair => pair.Value.Length > 0).ToImmutableDictionary(StringComparer.Ordinal));

    /// <summary>The private key with which it is reached; secret. Empty when the SSH agent's keys are used.</summary>
    public Output<string> PrivateKey() => Output.CreateSecret(_args.PrivateKey?.ToOutput() ?? Output.Create(""));

    /// <summary>
    /// Puts a role's bundle on the node: one resource, one round trip. A changed bundle, and a machine that was installed
    /// anew, are updates in place, so dependents are not replaced; deleting the resource takes the role off the node. Bundles of one
    /// node are applied in the order in which they are declared: they would only wait for each other on the node.
    /// </summary>
    /// <param name="name">Name of the resource.</param>
    /// <param name="bundle">The bundle; must be valid.</param>
    /// <param name="options">Options of the resource: its parent, and what has to be in place before.</param>
    /// <returns>The command; its standard output is the script's JSON report. What that warns of is told by every preview and update until the bundle is applied again.</returns>
    public Command Apply(string name, Input<Bundle> bundle, CustomResourceOptions? options = null)
    {
        if (_lastBundle is { } before)
        {
            options = CustomResourceOptions.Merge(options, new CustomResourceOptions { DependsOn = { before } });
        }

        var applied = new Command(
            name,
            new CommandArgs
            {
                Connection = Connection(),
                Create = BundleRenderer.ApplyCommand,
                Update = BundleRenderer.ApplyCommand,
                Delete = BundleRenderer.RemoveCommand,
                Stdin = Payload(bundle),

                // Would be sent as environment variables, which sshd refuses.
                AddPreviousOutputInEnv = false,
            },
            options);
        _ = applied.Stdout.Apply(report =>
        {
            foreach (var warning in BundleReport.Warnings(report))
            {
                Log.Warn($"{GetResourceName()}: {warning}", applied);
            }

            return report;
        });
        return _lastBundle = applied;
    }

    /// <summary>
    /// Runs one command on the node, when it is declared and again whenever the command or its standard input changes. Nothing is run
    /// when the resource is deleted.
    /// </summary>
    /// <param name="name">Name of the resource.</param>
    /// <param name="command">The shell command; must be safe to run again.</param>
    /// <param name="stdin">What it reads; secret when it is a secret output.</param>
    /// <param name="options">Options of the resource: its parent, and what has to be in place before.</param>
    /// <returns>The command.</returns>
    public Command Run(string name, Input<string> command, Input<string> stdin, CustomResourceOptions? options = null) => new(
        name,
        new CommandArgs { Connection = Connection(), Create = command, Update = command, Stdin = stdin, AddPreviousOutputInEnv = false },
        options);

    /// <summary>The identity of the machine; null when machines of this node's kind are not told apart.</summary>
    internal Output<string>? Machine => _args.Machine?.ToOutput();

    /// <summary>What is sent for a bundle; secret when any of its files is, readable in previews otherwise.</summary>
    internal Output<string> Payload(Input<Bundle> bundle)
    {
        Output<string?> machine = _args.Machine is null ? Output.Create((string?)null) : _args.Machine.Apply(m => (string?)m);
        return Output.Tuple(bundle.ToOutput(), machine)
            .Apply(both =>
            {
                var text = BundleRenderer.Payload(both.Item1, both.Item2);
                return both.Item1.HasSecrets ? Output.CreateSecret(text) : Output.Create(text);
            });
    }

    /// <summary>How the node is reached; for commands that are not bundles.</summary>
    internal ConnectionArgs Connection() => new()
    {
        Host = _args.Address,
        User = _args.User,
        Port = _args.Port.Apply(p => (double)p),
        PrivateKey = _args.PrivateKey,
        HostKey = _args.HostKey,
    };
}
