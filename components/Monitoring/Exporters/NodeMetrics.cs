using AppStack.Components.Certificates;
using AppStack.Components.Nodes;
using Pulumi;

namespace AppStack.Components.Monitoring;

/// <summary>
/// The exporters of a node and the door in front of them. A bundle of its own, after that of the node's role: a key makes a bundle secret, and
/// what changes in HAProxy's configuration shall be seen in previews.
/// </summary>
public sealed class NodeMetrics : ComponentResource
{
    /// <summary>Deploys a node's exporters.</summary>
    /// <param name="name">Name of the component.</param>
    /// <param name="args">Specification, machine and authority.</param>
    /// <param name="options">Options of the component.</param>
    /// <exception cref="InvalidSpecException">The specification is not valid; lists all problems.</exception>
    public NodeMetrics(string name, NodeMetricsArgs args, ComponentResourceOptions? options = null)
        : base("appstack:monitoring:NodeMetrics", name, options)
    {
        ArgumentNullException.ThrowIfNull(args);
        InvalidSpecException.ThrowIfAny($"metrics of '{args.Spec.Name}'", NodeMetricsValidator.Validate(args.Spec));
        var bundle = Identity(args.Authority, args.Authority.Issue($"{name}-certificate", args.Spec.Name, args.Spec.Address))
            .Apply(identity => NodeMetricsRenderer.Bundle(args.Spec, identity));
        Bundle = args.Node.Apply($"{name}-bundle", bundle, BundleOptions.For(this, options));
        RegisterOutputs();
    }

    /// <summary>The resource that holds the node's bundle; whoever looks at the node comes after it.</summary>
    public Pulumi.Command.Remote.Command Bundle { get; }

    internal static Output<MetricsIdentity> Identity(PrivateAuthority authority, IssuedCertificate issued) =>
        Output.Tuple(issued.PrivateKey, issued.Certificate, authority.Certificate).Apply(parts => new MetricsIdentity(parts.Item1, parts.Item2, parts.Item3));
}
