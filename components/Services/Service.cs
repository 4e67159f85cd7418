using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using AppStack.Components.Kubernetes;
using AppStack.Components.Kubernetes.Ingress;
using Pulumi;
using AppsV1 = Pulumi.Kubernetes.Apps.V1;
using AppsV1Inputs = Pulumi.Kubernetes.Types.Inputs.Apps.V1;
using AutoscalingV2 = Pulumi.Kubernetes.Autoscaling.V2;
using AutoscalingV2Beta2 = Pulumi.Kubernetes.Autoscaling.V2Beta2;
using AutoscalingV2Beta2Inputs = Pulumi.Kubernetes.Types.Inputs.Autoscaling.V2Beta2;
using AutoscalingV2Inputs = Pulumi.Kubernetes.Types.Inputs.Autoscaling.V2;
using CoreV1 = Pulumi.Kubernetes.Core.V1;
using CoreV1Inputs = Pulumi.Kubernetes.Types.Inputs.Core.V1;
using MetaV1Inputs = Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using NetworkingV1 = Pulumi.Kubernetes.Networking.V1;
using NetworkingV1Inputs = Pulumi.Kubernetes.Types.Inputs.Networking.V1;

namespace AppStack.Components.Services;

/// <summary>
/// A service in a cluster, in a namespace of its own: pods that are replaced without a gap, a budget for maintenance, a quota that fits, no traffic but
/// what is declared. A new version counts as deployed when all of its pods are ready and those of the version before are gone; until then
/// the latter serve, so that a version that never becomes ready fails nobody's request.
/// </summary>
public sealed class Service : ComponentResource
{
    // A pod that dies right after its first good answer has not been available.
    private const int SettlingSeconds = 1;

    // Versions whose pods have stopped but are still counted, until kubelet has tidied up after them: up to a minute, in which several versions may follow each other.
    private const int GoingVersions = 5;

    // What a rollout that goes on to its deadline still needs to be noticed by the provider.
    private static readonly TimeSpan Reporting = TimeSpan.FromSeconds(5);

    private readonly ServiceSpec _spec;
    private readonly ServiceArgs _args;
    private readonly string _name;
    private readonly CustomResourceOptions _options;
    private readonly ImmutableSortedDictionary<string, string> _labels;

    /// <summary>Declares a service.</summary>
    /// <param name="name">Name of the component.</param>
    /// <param name="args">Service, cluster and secrets.</param>
    /// <param name="options">Options of the component; what it depends on holds for all objects.</param>
    /// <exception cref="InvalidSpecException">The service is not valid; lists all problems.</exception>
    public Service(string name, ServiceArgs args, ComponentResourceOptions? options = null)
        : base("appstack:services:Service", name, options)
    {
        ArgumentNullException.ThrowIfNull(args);
        InvalidSpecException.ThrowIfAny($"service '{args.Spec.Name}'", [.. ServiceValidator.Validate(args.Spec), .. Missing(args)]);
        (_name, _args, _spec) = (name, args, args.Spec);
        _labels = ImmutableSortedDictionary<string, string>.Empty.Add(ServiceNames.NameLabel, _spec.Name);
        var outside = ObjectOptions.For(this, args.Provider, options);
        var home = Namespace(outside);
        _options = CustomResourceOptions.Merge(outside, new CustomResourceOptions { DependsOn = { home } });

        var settings = ServiceSettings.Of(_spec, args.Database, args.Secrets);
        var (configuration, variables) = Configuration(settings);
        var (secret, files) = Secret(settings);
        var quota = Quota();
        foreach (var (policy, what) in ServiceTraffic.Policies(args))
        {
            _ = new NetworkingV1.NetworkPolicy($"{_name}-{policy}", new NetworkingV1Inputs.NetworkPolicyArgs { Metadata = Meta(policy), Spec = what }, _options);
        }

        var address = Address();
        var deployment = Deployment(configuration, secret, [quota, variables, .. files is null ? Array.Empty<Resource>() : [files], .. args.BeforeTraffic]);
        ImmutableArray<Resource> pods = [address, deployment, Budget(), .. Scaling(deployment)];
        var routes = Routes(outside, pods);
        Ready = [.. pods, .. routes.SelectMany(route => route.Served)];
        Serving = deployment.Metadata.Apply(metadata => metadata.Name);
        RegisterOutputs();
    }

    /// <summary>What to depend on to come after all pods of this version serve, and citizens reach them.</summary>
    public ImmutableArray<Resource> Ready { get; }

    /// <summary>The name of the deployment, known when all of its pods serve.</summary>
    [Output("serving")]
    public Output<string> Serving { get; private set; }

    private static IEnumerable<SpecProblem> Missing(ServiceArgs args)
    {
        if (args.Spec.Database is not null && args.Database is null)
        {
            yield return new("database", "is wanted, but none is given");
        }

        if (!args.Spec.Routes.IsEmpty && args.Ingress is null)
        {
            yield return new("routes", "are wanted, but the cluster has no ingress");
        }

        foreach (var secret in args.Spec.Secrets.Where(secret => !args.Secrets.ContainsKey(secret.Name)))
        {
            yield return new("secrets", $"'{secret.Name}' has no value");
        }
    }

    // Routes come last: they lead to pods that serve. A version that never does leaves them as they were.
    private ImmutableArray<Route> Routes(CustomResourceOptions outside, ImmutableArray<Resource> pods) =>
    [
        .. _spec.Routes.Select((route, index) => new Route(
            route.Name is null ? $"{_name}-route" : $"{_name}-route-{route.Name}",
            new RouteArgs
            {
                Spec = route.For(_spec),
                Controller = _args.Ingress!.Controller,
                Provider = _args.Provider,
                Authority = _args.Ingress.Authority,
                PrivateKey = _args.Ingress.PrivateKeys.GetValueOrDefault(index),
            },
            new ComponentResourceOptions { Parent = this, DependsOn = [.. pods], DeletedWith = outside.DeletedWith })),
    ];

    private CoreV1.Namespace Namespace(CustomResourceOptions options)
    {
        var labels = Labels();
        if (_args.Kubernetes.HasPodSecurityAdmission)
        {
            labels["pod-security.kubernetes.io/enforce"] = "restricted";
            labels["pod-security.kubernetes.io/warn"] = "restricted";
        }

        return new($"{_name}-namespace", new CoreV1Inputs.NamespaceArgs { Metadata = new MetaV1Inputs.ObjectMetaArgs { Name = _spec.Name, Labels = labels } }, options);
    }

    // Enough for the pods of a version, those that come before others go, and those of versions that are going. No more.
    private CoreV1.ResourceQuota Quota()
    {
        var pods = ((1 + GoingVersions) * _spec.MostReplicas) + _spec.Surge;
        return new(
            $"{_name}-quota",
            new CoreV1Inputs.ResourceQuotaArgs
            {
                Metadata = Meta("quota"),
                Spec = new CoreV1Inputs.ResourceQuotaSpecArgs
                {
                    Hard =
                    {
                        ["requests.cpu"] = $"{pods * _spec.Resources.Cpu}m",
                        ["requests.memory"] = $"{pods * _spec.Resources.Memory}Mi",
                        ["limits.memory"] = $"{pods * _spec.Resources.Memory}Mi",
                        ["pods"] = pods.ToString(CultureInfo.InvariantCulture),
                    },
                },
            },
            _options);
    }

    // Resources are named after their content, as the objects are: a version that fails and is taken back leaves those of the one before untouched.
    private (string Name, Resource Resource) Configuration(ServiceSettings settings)
    {
        var hash = ServiceNames.Hash(settings.Variables);
        var data = new InputMap<string>();
        foreach (var (name, value) in settings.Variables)
        {
            data[name] = value;
        }

        var unique = $"{_spec.Name}-{hash}";
        return (unique, new CoreV1.ConfigMap($"{_name}-config-{hash}", new CoreV1Inputs.ConfigMapArgs { Metadata = Meta(unique), Data = data, Immutable = true }, _options));
    }

    private (string? Name, Resource? Resource) Secret(ServiceSettings settings)
    {
        if (settings.Files.IsEmpty)
        {
            return (null, null);
        }

        var hash = ServiceNames.Hash(settings.Files);
        var data = new InputMap<string>();
        foreach (var (name, value) in settings.Files)
        {
            data[name] = Output.CreateSecret(Convert.ToBase64String(Encoding.UTF8.GetBytes(value)));
        }

        var unique = $"{_spec.Name}-{hash}";
        return (unique, new CoreV1.Secret($"{_name}-secret-{hash}", new CoreV1Inputs.SecretArgs { Metadata = Meta(unique), Type = "Opaque", Data = data, Immutable = true }, _options));
    }

    // A service without pods is no reason to wait: they come after it.
    private CoreV1.Service Address()
    {
        var metadata = Meta(_spec.Name);
        metadata.Annotations["pulumi.com/skipAwait"] = "true";
        return new(
            $"{_name}-address",
            new CoreV1Inputs.ServiceArgs
            {
                Metadata = metadata,
                Spec = new CoreV1Inputs.ServiceSpecArgs
                {
                    Selector = Labels(),
                    Ports = { new CoreV1Inputs.ServicePortArgs { Name = "http", Port = 80, TargetPort = _spec.Port, Protocol = "TCP" } },
                },
            },
            _options);
    }

    private AppsV1.Deployment Deployment(string configuration, string? secret, IEnumerable<Resource> after)
    {
        var specification = new AppsV1Inputs.DeploymentSpecArgs
        {
            MinReadySeconds = SettlingSeconds,
            ProgressDeadlineSeconds = (int)_spec.Deadline.TotalSeconds,
            RevisionHistoryLimit = 3,
            // Never fewer than wanted.
            Strategy = new AppsV1Inputs.DeploymentStrategyArgs { Type = "RollingUpdate", RollingUpdate = new AppsV1Inputs.RollingUpdateDeploymentArgs { MaxUnavailable = 0, MaxSurge = _spec.Surge } },
            Selector = Selector(),
            Template = ServicePod.Template(_spec, _args.Kubernetes, _labels, configuration, secret),
        };
        if (_spec.Scaling is null)
        {
            // Otherwise it is the autoscaler's.
            specification.Replicas = _spec.Replicas;
        }

        var options = CustomResourceOptions.Merge(_options, new CustomResourceOptions
        {
            DependsOn = [.. after],
            CustomTimeouts = new CustomTimeouts { Create = _spec.Deadline + Reporting, Update = _spec.Deadline + Reporting },
        });
        return new(_name, new AppsV1Inputs.DeploymentArgs { Metadata = Meta(_spec.Name), Spec = specification }, options);
    }

    private Resource Budget() => DisruptionBudget.Declare($"{_name}-budget", _args.Kubernetes, Meta(_spec.Name), Selector(), _options);

    private IEnumerable<Resource> Scaling(Resource deployment)
    {
        if (_spec.Scaling is not { } scaling)
        {
            yield break;
        }

        var options = CustomResourceOptions.Merge(_options, new CustomResourceOptions { DependsOn = { deployment } });
        var (kind, api) = ("Deployment", "apps/v1");
        yield return _args.Kubernetes.AutoscalingApi == "autoscaling/v2"
            ? new AutoscalingV2.HorizontalPodAutoscaler(
                $"{_name}-scaling",
                new AutoscalingV2Inputs.HorizontalPodAutoscalerArgs
                {
                    Metadata = Meta(_spec.Name),
                    Spec = new AutoscalingV2Inputs.HorizontalPodAutoscalerSpecArgs
                    {
                        MinReplicas = scaling.Least,
                        MaxReplicas = scaling.Most,
                        ScaleTargetRef = new AutoscalingV2Inputs.CrossVersionObjectReferenceArgs { ApiVersion = api, Kind = kind, Name = _spec.Name },
                        Metrics =
                        {
                            new AutoscalingV2Inputs.MetricSpecArgs
                            {
                                Type = "Resource",
                                Resource = new AutoscalingV2Inputs.ResourceMetricSourceArgs { Name = "cpu", Target = new AutoscalingV2Inputs.MetricTargetArgs { Type = "Utilization", AverageUtilization = scaling.Cpu } },
                            },
                        },
                    },
                },
                options)
            : new AutoscalingV2Beta2.HorizontalPodAutoscaler(
                $"{_name}-scaling",
                new AutoscalingV2Beta2Inputs.HorizontalPodAutoscalerArgs
                {
                    Metadata = Meta(_spec.Name),
                    Spec = new AutoscalingV2Beta2Inputs.HorizontalPodAutoscalerSpecArgs
                    {
                        MinReplicas = scaling.Least,
                        MaxReplicas = scaling.Most,
                        ScaleTargetRef = new AutoscalingV2Beta2Inputs.CrossVersionObjectReferenceArgs { ApiVersion = api, Kind = kind, Name = _spec.Name },
                        Metrics =
                        {
                            new AutoscalingV2Beta2Inputs.MetricSpecArgs
                            {
                                Type = "Resource",
                                Resource = new AutoscalingV2Beta2Inputs.ResourceMetricSourceArgs { Name = "cpu", Target = new AutoscalingV2Beta2Inputs.MetricTargetArgs { Type = "Utilization", AverageUtilization = scaling.Cpu } },
                            },
                        },
                    },
                },
                options);
    }

    private MetaV1Inputs.ObjectMetaArgs Meta(string name) => new() { Name = name, Namespace = _spec.Name, Labels = Labels() };

    private MetaV1Inputs.LabelSelectorArgs Selector() => new() { MatchLabels = Labels() };

    private InputMap<string> Labels()
    {
        var labels = new InputMap<string>();
        foreach (var (name, value) in _labels)
        {
            labels[name] = value;
        }

        return labels;
    }
}
