using AppStack.Components.Nodes;
using Pulumi;

namespace AppStack.Components.LoadBalancing;

/// <summary>
/// One node with BIRD and HAProxy. It announces the group's VIPs while HAProxy and any server work. Disruptive changes
/// drain it first, and a change that does not end with sessions up and VIPs announced is undone.
/// </summary>
public sealed class LoadBalancer : ComponentResource
{
    /// <summary>Deploys a load balancer.</summary>
    /// <param name="name">Name of the component.</param>
    /// <param name="args">Machine and group.</param>
    /// <param name="options">Options of the component; what it depends on holds for the node's bundle, too.</param>
    /// <exception cref="InvalidSpecException">The group is not valid, or has no such node; lists all problems.</exception>
    public LoadBalancer(string name, LoadBalancerArgs args, ComponentResourceOptions? options = null)
        : base("appstack:loadbalancing:LoadBalancer", name, options)
    {
        ArgumentNullException.ThrowIfNull(args);
        InvalidSpecException.ThrowIfAny($"load balancers '{args.Group.Name}'", LoadBalancerGroupValidator.Validate(args.Group));
        var node = args.Group.Nodes.FirstOrDefault(n => n.Name == args.NodeName)
            ?? throw new InvalidSpecException($"load balancers '{args.Group.Name}'", [new SpecProblem("nodes", $"there is no node '{args.NodeName}'")]);
        Bundle = args.Node.Apply($"{name}-bundle", LoadBalancerRenderer.Bundle(args.Group, node), BundleOptions.For(this, options, args.After));
        Result = Bundle.Stdout;
        RegisterOutputs();
    }

    /// <summary>The resource that holds the node's bundle; it is there only when the load balancer is healthy.</summary>
    public Pulumi.Command.Remote.Command Bundle { get; }

    /// <summary>The JSON report of the last deployment.</summary>
    [Output("result")]
    public Output<string> Result { get; private set; }
}
