using AppStack.Components.Nodes;
using Pulumi;

namespace AppStack.Components.Monitoring;

/// <summary>Prometheus, which looks at all nodes and knows the alert rules, and Alertmanager, which tells people; on a node outside of what they watch.</summary>
public sealed class MonitoringServer : ComponentResource
{
    /// <summary>Deploys a monitoring node.</summary>
    /// <param name="name">Name of the component.</param>
    /// <param name="args">Specification, machine and authority.</param>
    /// <param name="options">Options of the component.</param>
    /// <exception cref="InvalidSpecException">The specification is not valid; lists all problems.</exception>
    public MonitoringServer(string name, MonitoringServerArgs args, ComponentResourceOptions? options = null)
        : base("appstack:monitoring:MonitoringServer", name, options)
    {
        ArgumentNullException.ThrowIfNull(args);
        InvalidSpecException.ThrowIfAny($"monitoring '{args.Spec.Name}'", MonitoringServerValidator.Validate(args.Spec));
        var bundle = NodeMetrics.Identity(args.Authority, args.Authority.Issue($"{name}-reader-certificate", NodeMetricsSpec.Reader))
            .Apply(identity => MonitoringServerRenderer.Bundle(args.Spec, identity));
        _ = args.Node.Apply($"{name}-bundle", bundle, BundleOptions.For(this, options));
        RegisterOutputs();
    }
}
