using AppStack.Components.Nodes;
using Pulumi;

namespace AppStack.Components.LoadBalancing.Nginx;

/// <summary>A node with nginx behind the load balancers.</summary>
public sealed class WebBackend : ComponentResource
{
    /// <summary>Deploys a web backend.</summary>
    /// <param name="name">Name of the component.</param>
    /// <param name="args">Machine and specification.</param>
    /// <param name="options">Options of the component; what it depends on holds for the node's bundle, too.</param>
    /// <exception cref="InvalidSpecException">The specification is not valid; lists all problems.</exception>
    public WebBackend(string name, WebBackendArgs args, ComponentResourceOptions? options = null)
        : base("appstack:loadbalancing:WebBackend", name, options)
    {
        ArgumentNullException.ThrowIfNull(args);
        InvalidSpecException.ThrowIfAny($"web backend '{name}'", WebBackendValidator.Validate(args.Spec));
        Bundle = args.Node.Apply($"{name}-bundle", WebBackendRenderer.Bundle(args.Spec), BundleOptions.For(this, options));
        Result = Bundle.Stdout;
        RegisterOutputs();
    }

    /// <summary>The resource that holds the node's bundle; depend on it to come after the backend.</summary>
    public Pulumi.Command.Remote.Command Bundle { get; }

    /// <summary>The JSON report of the last deployment.</summary>
    [Output("result")]
    public Output<string> Result { get; private set; }
}
