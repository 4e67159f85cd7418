using System.Collections.Immutable;
using Pulumi;

namespace AppStack.Components.Kubernetes.Ingress;

/// <summary>
/// The ingress of a cluster: behind the load balancers, in front of the services. It serves only what comes in on its own node
/// (<c>externalTrafficPolicy: Local</c>), so that the load balancers see which worker works and the citizen's way is known.
/// </summary>
public sealed class ClusterIngress : ComponentResource
{
    /// <summary>Declares the ingress.</summary>
    /// <param name="name">Name of the component.</param>
    /// <param name="args">Ingress and cluster.</param>
    /// <param name="options">Options of the component; what it depends on (its namespace among it) holds for all objects.</param>
    /// <exception cref="InvalidSpecException">The ingress is not valid; lists all problems.</exception>
    public ClusterIngress(string name, IngressArgs args, ComponentResourceOptions? options = null)
        : base("appstack:kubernetes:Ingress", name, options)
    {
        ArgumentNullException.ThrowIfNull(args);
        InvalidSpecException.ThrowIfAny($"ingress of the Kubernetes cluster '{args.Spec.Cluster}'", IngressValidator.Validate(args.Spec));
        var controller = IngressControllers.Of(args.Spec.Controller);
        foreach (var warning in controller.Warnings)
        {
            Log.Warn($"ingress of the Kubernetes cluster '{args.Spec.Cluster}': {warning}", this);
        }

        Ready = controller.DeclareController(args.Spec, new(name, this, ObjectOptions.For(this, args.Provider, options), args.Authority));
        RegisterOutputs();
    }

    /// <summary>What to depend on to come after it serves.</summary>
    public ImmutableArray<Resource> Ready { get; }
}
