using System.Collections.Immutable;
using AppStack.Components.Certificates;
using Pulumi;
using CoreV1 = Pulumi.Kubernetes.Core.V1;
using CoreV1Inputs = Pulumi.Kubernetes.Types.Inputs.Core.V1;
using MetaV1Inputs = Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using NetworkingV1 = Pulumi.Kubernetes.Networking.V1;
using NetworkingV1Inputs = Pulumi.Kubernetes.Types.Inputs.Networking.V1;

namespace AppStack.Components.Kubernetes.Ingress;

/// <summary>The route of a service: its certificate, its place in the ingress' configuration, and the right of the ingress to reach it.</summary>
public sealed class Route : ComponentResource
{
    /// <summary>The label by which an ingress finds certificates.</summary>
    internal const string KindLabel = "ingress.appstack.dev/kind";

    private readonly RouteArgs _args;
    private readonly CustomResourceOptions _options;
    private readonly string _name;

    /// <summary>Declares a route.</summary>
    /// <param name="name">Name of the component.</param>
    /// <param name="args">Route and cluster.</param>
    /// <param name="options">Options of the component; what it depends on (the service among it) holds for all objects.</param>
    /// <exception cref="InvalidSpecException">The route is not valid, or is not for this ingress; lists all problems.</exception>
    public Route(string name, RouteArgs args, ComponentResourceOptions? options = null)
        : base("appstack:kubernetes:Route", name, options)
    {
        ArgumentNullException.ThrowIfNull(args);
        var spec = args.Spec;
        var controller = IngressControllers.Of(args.Controller);
        InvalidSpecException.ThrowIfAny($"route of the service '{spec.Service}'", [
            .. RouteValidator.Validate(spec, TimeProvider.System.GetUtcNow()),
            .. RouteValidator.Conflicts(spec, args.Others),
            .. controller.Validate(spec),
            .. spec.Tls is { Issued: true } && args.Authority is null ? [new SpecProblem("tls", "says neither certificate nor secret, and there is no authority here that issues one")] : Array.Empty<SpecProblem>(),
            .. spec.Tls?.Certificate is not null && args.PrivateKey is null ? [new SpecProblem("tls.certificate", "has no private key")] : Array.Empty<SpecProblem>(),
        ]);
        (_name, _args, _options) = (name, args, ObjectOptions.For(this, args.Provider, options));

        List<Resource> before = [Traffic()];
        if (Certificate(controller.CertificateNamespace(spec)) is { } certificate)
        {
            before.Add(certificate);
        }

        var after = CustomResourceOptions.Merge(_options, new CustomResourceOptions { DependsOn = [.. before] });
        Served = controller.DeclareRoute(spec, spec.Tls is null ? null : spec.Tls.Secret ?? OwnSecret, new(name, this, after, args.Authority));
        RegisterOutputs();
    }

    /// <summary>What to depend on to come after every node of the ingress serves the route.</summary>
    public ImmutableArray<Resource> Served { get; }

    private string OwnSecret => $"tls-{_args.Spec.Service}";

    private CoreV1.Secret? Certificate(string inside)
    {
        var spec = _args.Spec;
        if (spec.Tls is null or { Secret: not null })
        {
            return null;
        }

        Input<string> certificate = spec.Tls.Certificate ?? "";
        var key = _args.PrivateKey;
        if (spec.Tls.Issued)
        {
            var issued = _args.Authority!.Issue($"{_name}-certificate", spec.Hosts.MinBy(host => host.Length)!, [.. spec.Hosts]);
            (certificate, key) = (issued.Certificate, issued.PrivateKey);
        }

        return new(
            $"{_name}-tls",
            new CoreV1Inputs.SecretArgs
            {
                Metadata = new MetaV1Inputs.ObjectMetaArgs { Name = OwnSecret, Namespace = inside, Labels = { [KindLabel] = "tls" } },
                Type = "kubernetes.io/tls",
                StringData = { ["tls.crt"] = certificate, ["tls.key"] = key! },
            },
            _options);
    }

    private NetworkingV1.NetworkPolicy Traffic() => new(
        $"{_name}-from-ingress",
        new NetworkingV1Inputs.NetworkPolicyArgs
        {
            Metadata = new MetaV1Inputs.ObjectMetaArgs { Name = $"from-ingress-{_args.Spec.Service}", Namespace = _args.Spec.Namespace },
            Spec = new NetworkingV1Inputs.NetworkPolicySpecArgs
            {
                PodSelector = new MetaV1Inputs.LabelSelectorArgs(),
                PolicyTypes = { "Ingress" },
                Ingress =
                {
                    new NetworkingV1Inputs.NetworkPolicyIngressRuleArgs
                    {
                        From =
                        {
                            new NetworkingV1Inputs.NetworkPolicyPeerArgs
                            {
                                NamespaceSelector = new MetaV1Inputs.LabelSelectorArgs { MatchLabels = { ["kubernetes.io/metadata.name"] = IngressSpec.Namespace } },
                            },
                        },
                    },
                },
            },
        },
        _options);
}
