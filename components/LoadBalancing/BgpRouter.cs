using AppStack.Components.Nodes;
using Pulumi;

namespace AppStack.Components.LoadBalancing;

/// <summary>A router with BIRD: learns VIPs from load balancers and spreads connections over all that announce them.</summary>
public sealed class BgpRouter : ComponentResource
{
    /// <summary>Deploys a router.</summary>
    /// <param name="name">Name of the component.</param>
    /// <param name="args">Machine and specification.</param>
    /// <param name="options">Options of the component; what it depends on holds for the node's bundle, too.</param>
    /// <exception cref="InvalidSpecException">The specification is not valid; lists all problems.</exception>
    public BgpRouter(string name, BgpRouterArgs args, ComponentResourceOptions? options = null)
        : base("appstack:loadbalancing:BgpRouter", name, options)
    {
        ArgumentNullException.ThrowIfNull(args);
        InvalidSpecException.ThrowIfAny($"router '{name}'", BgpRouterValidator.Validate(args.Spec));
        Bundle = args.Node.Apply($"{name}-bundle", BgpRouterRenderer.Bundle(args.Spec), BundleOptions.For(this, options));
        Result = Bundle.Stdout;
        RegisterOutputs();
    }

    /// <summary>The resource that holds the node's bundle; depend on it to come after the router.</summary>
    public Pulumi.Command.Remote.Command Bundle { get; }

    /// <summary>The JSON report of the last deployment.</summary>
    [Output("result")]
    public Output<string> Result { get; private set; }
}
