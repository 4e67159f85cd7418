using System.Collections.Immutable;
using System.Globalization;
using Pulumi;
using CoreV1 = Pulumi.Kubernetes.Core.V1;
using CoreV1Inputs = Pulumi.Kubernetes.Types.Inputs.Core.V1;
using MetaV1Inputs = Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using NetworkingV1 = Pulumi.Kubernetes.Networking.V1;
using NetworkingV1Inputs = Pulumi.Kubernetes.Types.Inputs.Networking.V1;
using RbacV1 = Pulumi.Kubernetes.Rbac.V1;
using RbacV1Inputs = Pulumi.Kubernetes.Types.Inputs.Rbac.V1;
using SchedulingV1 = Pulumi.Kubernetes.Scheduling.V1;
using SchedulingV1Inputs = Pulumi.Kubernetes.Types.Inputs.Scheduling.V1;

namespace AppStack.Components.Kubernetes.Policy;

/// <summary>
/// The rules of a cluster: priorities, and namespaces with pod security, a quota, limits, the rights of a team, and no traffic but what is declared.
/// Audit log, encryption of secrets and cluster DNS are the cluster's own and come with it.
/// </summary>
public sealed class ClusterPolicy : ComponentResource
{
    private const string RbacGroup = "rbac.authorization.k8s.io";

    // Cluster DNS listens here; policies see connections after the service proxy.
    private const int DnsPort = 10053;

    private readonly ClusterPolicySpec _spec;
    private readonly CustomResourceOptions _options;
    private readonly string _name;

    /// <summary>Declares the rules.</summary>
    /// <param name="name">Name of the component.</param>
    /// <param name="args">Rules and cluster.</param>
    /// <param name="options">Options of the component; what it depends on holds for all objects.</param>
    /// <exception cref="InvalidSpecException">The rules are not valid; lists all problems.</exception>
    public ClusterPolicy(string name, ClusterPolicyArgs args, ComponentResourceOptions? options = null)
        : base("appstack:kubernetes:ClusterPolicy", name, options)
    {
        ArgumentNullException.ThrowIfNull(args);
        InvalidSpecException.ThrowIfAny($"rules of the Kubernetes cluster '{args.Spec.Cluster}'", ClusterPolicyValidator.Validate(args.Spec));
        (_name, _spec, _options) = (name, args.Spec, ObjectOptions.For(this, args.Provider, options));
        Priority(PriorityClasses.Platform, 100_000, "What everything else needs");
        Priority(PriorityClasses.Standard, 1000, "Services that citizens use", globalDefault: true);
        Priority(PriorityClasses.Background, -1000, "Work that can wait");
        Namespaces = _spec.Namespaces.ToImmutableDictionary(found => found.Name, Declare, StringComparer.Ordinal);
        RegisterOutputs();
    }

    /// <summary>For each namespace what to depend on to come after its rules.</summary>
    public ImmutableDictionary<string, ImmutableArray<Resource>> Namespaces { get; }

    private void Priority(string priority, int value, string description, bool globalDefault = false) => _ = new SchedulingV1.PriorityClass(
        $"{_name}-priority-{priority}",
        new SchedulingV1Inputs.PriorityClassArgs
        {
            Metadata = new MetaV1Inputs.ObjectMetaArgs { Name = priority },
            Value = value,
            GlobalDefault = globalDefault,
            Description = description,
        },
        _options);

    private ImmutableArray<Resource> Declare(NamespaceSpec spec)
    {
        // By which policies of other namespaces speak of it; the API server itself sets it from 1.21 on.
        var labels = new InputMap<string> { ["kubernetes.io/metadata.name"] = spec.Name };
        if (_spec.Version.HasPodSecurityAdmission)
        {
            labels["pod-security.kubernetes.io/enforce"] = Level(spec.PodSecurity);
            // What the next version would refuse is told when it is applied.
            labels["pod-security.kubernetes.io/warn"] = Level(spec.PodSecurity);
        }

        var created = new CoreV1.Namespace(
            $"{_name}-{spec.Name}",
            new CoreV1Inputs.NamespaceArgs { Metadata = new MetaV1Inputs.ObjectMetaArgs { Name = spec.Name, Labels = labels } },
            _options);
        var inside = CustomResourceOptions.Merge(_options, new CustomResourceOptions { DependsOn = { created } });
        List<Resource> all = [created, Quota(spec, inside), Limits(spec, inside), .. Traffic(spec, inside)];
        if (spec.Team is { } team)
        {
            all.Add(Binding(spec, "team", "edit", new RbacV1Inputs.SubjectArgs { ApiGroup = RbacGroup, Kind = "Group", Name = team }, inside));
        }

        if (spec.PodSecurity == PodSecurityLevel.Privileged && !_spec.Version.HasPodSecurityAdmission)
        {
            // Everybody else has the restricted policy, from the cluster itself.
            var accounts = new RbacV1Inputs.SubjectArgs { ApiGroup = RbacGroup, Kind = "Group", Name = $"system:serviceaccounts:{spec.Name}" };
            all.Add(Binding(spec, "pod-security", "appstack:pod-security:privileged", accounts, inside));
        }

        return [.. all];
    }

    private CoreV1.ResourceQuota Quota(NamespaceSpec spec, CustomResourceOptions options) => new(
        $"{_name}-{spec.Name}-quota",
        new CoreV1Inputs.ResourceQuotaArgs
        {
            Metadata = Meta(spec, "quota"),
            Spec = new CoreV1Inputs.ResourceQuotaSpecArgs
            {
                Hard =
                {
                    ["requests.cpu"] = spec.Cores.ToString(CultureInfo.InvariantCulture),
                    ["requests.memory"] = $"{spec.MemoryMiB}Mi",
                    ["limits.memory"] = $"{spec.MemoryMiB}Mi",
                    ["pods"] = spec.Pods.ToString(CultureInfo.InvariantCulture),
                },
            },
        },
        options);

    // What a container gets that says nothing. No limit of processor time: it only makes things slow that could be fast.
    private CoreV1.LimitRange Limits(NamespaceSpec spec, CustomResourceOptions options) => new(
        $"{_name}-{spec.Name}-limits",
        new CoreV1Inputs.LimitRangeArgs
        {
            Metadata = Meta(spec, "limits"),
            Spec = new CoreV1Inputs.LimitRangeSpecArgs
            {
                Limits =
                {
                    new CoreV1Inputs.LimitRangeItemArgs
                    {
                        Type = "Container",
                        Default = { ["memory"] = "128Mi" },
                        DefaultRequest = { ["cpu"] = "50m", ["memory"] = "64Mi" },
                    },
                },
            },
        },
        options);

    private IEnumerable<Resource> Traffic(NamespaceSpec spec, CustomResourceOptions options)
    {
        var everybody = new MetaV1Inputs.LabelSelectorArgs();
        yield return Policy(spec, "deny-all", new NetworkingV1Inputs.NetworkPolicySpecArgs { PodSelector = everybody, PolicyTypes = { "Ingress", "Egress" } }, options);
        yield return Policy(
            spec,
            "within",
            new NetworkingV1Inputs.NetworkPolicySpecArgs
            {
                PodSelector = everybody,
                PolicyTypes = { "Ingress", "Egress" },
                Ingress = { new NetworkingV1Inputs.NetworkPolicyIngressRuleArgs { From = { new NetworkingV1Inputs.NetworkPolicyPeerArgs { PodSelector = everybody } } } },
                Egress = { new NetworkingV1Inputs.NetworkPolicyEgressRuleArgs { To = { new NetworkingV1Inputs.NetworkPolicyPeerArgs { PodSelector = everybody } } } },
            },
            options);
        yield return Policy(
            spec,
            "dns",
            new NetworkingV1Inputs.NetworkPolicySpecArgs
            {
                PodSelector = everybody,
                PolicyTypes = { "Egress" },
                Egress =
                {
                    new NetworkingV1Inputs.NetworkPolicyEgressRuleArgs
                    {
                        // In any namespace: before 1.21 namespaces have no label with their name.
                        To =
                        {
                            new NetworkingV1Inputs.NetworkPolicyPeerArgs
                            {
                                NamespaceSelector = everybody,
                                PodSelector = new MetaV1Inputs.LabelSelectorArgs { MatchLabels = { ["k8s-app"] = "cluster-dns" } },
                            },
                        },
                        Ports =
                        {
                            new NetworkingV1Inputs.NetworkPolicyPortArgs { Port = DnsPort, Protocol = "UDP" },
                            new NetworkingV1Inputs.NetworkPolicyPortArgs { Port = DnsPort, Protocol = "TCP" },
                        },
                    },
                },
            },
            options);
        if (!spec.From.IsEmpty)
        {
            var rule = new NetworkingV1Inputs.NetworkPolicyIngressRuleArgs();
            foreach (var network in spec.From)
            {
                rule.From.Add(new NetworkingV1Inputs.NetworkPolicyPeerArgs { IpBlock = new NetworkingV1Inputs.IPBlockArgs { Cidr = network } });
            }

            yield return Policy(spec, "from-outside", new NetworkingV1Inputs.NetworkPolicySpecArgs { PodSelector = everybody, PolicyTypes = { "Ingress" }, Ingress = { rule } }, options);
        }
    }

    private NetworkingV1.NetworkPolicy Policy(NamespaceSpec spec, string policy, NetworkingV1Inputs.NetworkPolicySpecArgs what, CustomResourceOptions options) =>
        new($"{_name}-{spec.Name}-{policy}", new NetworkingV1Inputs.NetworkPolicyArgs { Metadata = Meta(spec, policy), Spec = what }, options);

    private RbacV1.RoleBinding Binding(NamespaceSpec spec, string binding, string role, RbacV1Inputs.SubjectArgs subject, CustomResourceOptions options) => new(
        $"{_name}-{spec.Name}-{binding}",
        new RbacV1Inputs.RoleBindingArgs
        {
            Metadata = Meta(spec, binding),
            RoleRef = new RbacV1Inputs.RoleRefArgs { ApiGroup = RbacGroup, Kind = "ClusterRole", Name = role },
            Subjects = { subject },
        },
        options);

    private static MetaV1Inputs.ObjectMetaArgs Meta(NamespaceSpec spec, string name) => new() { Name = name, Namespace = spec.Name };

    private static string Level(PodSecurityLevel level) => level switch
    {
        PodSecurityLevel.Privileged => "privileged",
        PodSecurityLevel.Baseline => "baseline",
        _ => "restricted",
    };
}
