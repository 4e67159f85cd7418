using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using AppStack.Components.Kubernetes.Policy;
using Pulumi;
using AppsV1 = Pulumi.Kubernetes.Apps.V1;
using AppsV1Inputs = Pulumi.Kubernetes.Types.Inputs.Apps.V1;
using CoreV1 = Pulumi.Kubernetes.Core.V1;
using CoreV1Inputs = Pulumi.Kubernetes.Types.Inputs.Core.V1;
using MetaV1Inputs = Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using PolicyV1 = Pulumi.Kubernetes.Policy.V1;
using PolicyV1Beta1 = Pulumi.Kubernetes.Policy.V1Beta1;
using PolicyV1Beta1Inputs = Pulumi.Kubernetes.Types.Inputs.Policy.V1Beta1;
using PolicyV1Inputs = Pulumi.Kubernetes.Types.Inputs.Policy.V1;

namespace AppStack.Components.Kubernetes.Web;

/// <summary>
/// A web service behind a NodePort. The ingress is on every worker and serves only what comes in there (<c>externalTrafficPolicy: Local</c>), so that the
/// load balancers see which worker works and the citizen's way is known; it passes requests on to the service's pods, wherever they are.
/// </summary>
public sealed class ClusterWeb : ComponentResource
{
    // nginx of Debian runs as www-data.
    private const int User = 33;

    // Longer than kube-proxy everywhere and the load balancers' checks need to notice that a pod is about to go.
    private const string Farewell = "5";

    private readonly ClusterWebSpec _spec;
    private readonly CustomResourceOptions _options;
    private readonly string _name;

    /// <summary>Declares the service.</summary>
    /// <param name="name">Name of the component.</param>
    /// <param name="args">Service and cluster.</param>
    /// <param name="options">Options of the component; what it depends on (its namespace among it) holds for all objects.</param>
    /// <exception cref="InvalidSpecException">The service is not valid; lists all problems.</exception>
    public ClusterWeb(string name, ClusterWebArgs args, ComponentResourceOptions? options = null)
        : base("appstack:kubernetes:ClusterWeb", name, options)
    {
        ArgumentNullException.ThrowIfNull(args);
        InvalidSpecException.ThrowIfAny($"web service '{args.Spec.Name}'", ClusterWebValidator.Validate(args.Spec));
        (_name, _spec, _options) = (name, args.Spec, ObjectOptions.For(this, args.Provider, options));

        var service = Service("service", new CoreV1Inputs.ServiceSpecArgs
        {
            ClusterIP = _spec.ServiceAddress,
            Selector = Labels("service"),
            Ports = { new CoreV1Inputs.ServicePortArgs { Name = "http", Port = 80, TargetPort = WebConfigurationRenderer.Port, Protocol = "TCP" } },
        });
        var ingress = Service("ingress", new CoreV1Inputs.ServiceSpecArgs
        {
            Type = "NodePort",
            ExternalTrafficPolicy = "Local",
            Selector = Labels("ingress"),
            Ports = { new CoreV1Inputs.ServicePortArgs { Name = "http", Port = 80, TargetPort = WebConfigurationRenderer.Port, NodePort = _spec.NodePort, Protocol = "TCP" } },
        });
        Ready = [service, ingress, Budget(), Deployment(), DaemonSet()];
        RegisterOutputs();
    }

    /// <summary>What to depend on to come after all pods are ready.</summary>
    public ImmutableArray<Resource> Ready { get; }

    private AppsV1.Deployment Deployment()
    {
        var configuration = Configuration("service", WebConfigurationRenderer.RenderService());
        return new(
            $"{_name}-service",
            new AppsV1Inputs.DeploymentArgs
            {
                Metadata = Meta(_spec.Name, "service"),
                Spec = new AppsV1Inputs.DeploymentSpecArgs
                {
                    Replicas = _spec.Replicas,
                    // Never fewer than wanted.
                    Strategy = new AppsV1Inputs.DeploymentStrategyArgs { Type = "RollingUpdate", RollingUpdate = new AppsV1Inputs.RollingUpdateDeploymentArgs { MaxUnavailable = 0, MaxSurge = 1 } },
                    Selector = new MetaV1Inputs.LabelSelectorArgs { MatchLabels = Labels("service") },
                    Template = Pod("service", configuration, PriorityClasses.Standard, WebConfigurationRenderer.Port),
                },
            },
            After(configuration.Resource));
    }

    private AppsV1.DaemonSet DaemonSet()
    {
        var configuration = Configuration("ingress", WebConfigurationRenderer.RenderIngress(_spec));
        return new(
            $"{_name}-ingress",
            new AppsV1Inputs.DaemonSetArgs
            {
                Metadata = Meta($"{_spec.Name}-ingress", "ingress"),
                Spec = new AppsV1Inputs.DaemonSetSpecArgs
                {
                    Selector = new MetaV1Inputs.LabelSelectorArgs { MatchLabels = Labels("ingress") },
                    Template = Pod("ingress", configuration, PriorityClasses.Platform, WebConfigurationRenderer.ProbePort),
                },
            },
            After(configuration.Resource));
    }

    private CoreV1Inputs.PodTemplateSpecArgs Pod(string part, (Resource Resource, string Name, string Hash) configuration, string priority, int probePort)
    {
        var pod = new CoreV1Inputs.PodSpecArgs
        {
            AutomountServiceAccountToken = false,
            PriorityClassName = priority,
            SecurityContext = new CoreV1Inputs.PodSecurityContextArgs
            {
                RunAsNonRoot = true,
                RunAsUser = User,
                RunAsGroup = User,
                FsGroup = User,
                // The restricted standard insists on it; the policies of older versions do not allow it to be set.
                SeccompProfile = _spec.Version.HasPodSecurityAdmission ? new CoreV1Inputs.SeccompProfileArgs { Type = "RuntimeDefault" } : null!,
            },
            Containers =
            {
                new CoreV1Inputs.ContainerArgs
                {
                    Name = "nginx",
                    Image = _spec.Image,
                    ImagePullPolicy = "IfNotPresent",
                    Args = { "-c", "/etc/web/nginx.conf" },
                    Ports = { new CoreV1Inputs.ContainerPortArgs { Name = "http", ContainerPortValue = WebConfigurationRenderer.Port, Protocol = "TCP" } },
                    ReadinessProbe = new CoreV1Inputs.ProbeArgs { HttpGet = new CoreV1Inputs.HTTPGetActionArgs { Path = "/health", Port = probePort }, PeriodSeconds = 1 },
                    Lifecycle = new CoreV1Inputs.LifecycleArgs { PreStop = new CoreV1Inputs.LifecycleHandlerArgs { Exec = new CoreV1Inputs.ExecActionArgs { Command = { "sleep", Farewell } } } },
                    Resources = new CoreV1Inputs.ResourceRequirementsArgs { Requests = { ["cpu"] = "20m", ["memory"] = "16Mi" }, Limits = { ["memory"] = "64Mi" } },
                    SecurityContext = new CoreV1Inputs.SecurityContextArgs
                    {
                        AllowPrivilegeEscalation = false,
                        ReadOnlyRootFilesystem = true,
                        Capabilities = new CoreV1Inputs.CapabilitiesArgs { Drop = { "ALL" } },
                    },
                    VolumeMounts =
                    {
                        new CoreV1Inputs.VolumeMountArgs { Name = "configuration", MountPath = "/etc/web" },
                        new CoreV1Inputs.VolumeMountArgs { Name = "temporary", MountPath = "/tmp" },
                    },
                },
            },
            Volumes =
            {
                new CoreV1Inputs.VolumeArgs { Name = "configuration", ConfigMap = new CoreV1Inputs.ConfigMapVolumeSourceArgs { Name = configuration.Name } },
                new CoreV1Inputs.VolumeArgs { Name = "temporary", EmptyDir = new CoreV1Inputs.EmptyDirVolumeSourceArgs() },
            },
        };
        if (part == "service")
        {
            pod.TopologySpreadConstraints.Add(new CoreV1Inputs.TopologySpreadConstraintArgs
            {
                MaxSkew = 1,
                TopologyKey = "kubernetes.io/hostname",
                WhenUnsatisfiable = "ScheduleAnyway",
                LabelSelector = new MetaV1Inputs.LabelSelectorArgs { MatchLabels = Labels(part) },
            });
        }

        return new()
        {
            // Another configuration makes other pods, in the rollout's order.
            Metadata = new MetaV1Inputs.ObjectMetaArgs { Labels = Labels(part), Annotations = { ["appstack.dev/configuration"] = configuration.Hash } },
            Spec = pod,
        };
    }

    private (Resource Resource, string Name, string Hash) Configuration(string part, string content)
    {
        var name = $"{_spec.Name}-{part}";
        var resource = new CoreV1.ConfigMap(
            $"{_name}-{part}-configuration",
            new CoreV1Inputs.ConfigMapArgs { Metadata = Meta(name, part), Data = { ["nginx.conf"] = content } },
            _options);
        return (resource, name, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)))[..12]);
    }

    private CoreV1.Service Service(string part, CoreV1Inputs.ServiceSpecArgs spec) => new(
        $"{_name}-{part}-address",
        new CoreV1Inputs.ServiceArgs
        {
            // A service without pods is no reason to wait: they come after it.
            Metadata = new MetaV1Inputs.ObjectMetaArgs
            {
                Name = part == "service" ? _spec.Name : $"{_spec.Name}-{part}",
                Namespace = _spec.Name,
                Labels = Labels(part),
                Annotations = { ["pulumi.com/skipAwait"] = "true" },
            },
            Spec = spec,
        },
        _options);

    // The one place that knows which version of the API budgets have is KubernetesVersion.
    private Resource Budget()
    {
        var metadata = Meta(_spec.Name, "service");
        var selector = new MetaV1Inputs.LabelSelectorArgs { MatchLabels = Labels("service") };
        return _spec.Version.PolicyApi == "policy/v1"
            ? new PolicyV1.PodDisruptionBudget($"{_name}-budget", new PolicyV1Inputs.PodDisruptionBudgetArgs { Metadata = metadata, Spec = new PolicyV1Inputs.PodDisruptionBudgetSpecArgs { MaxUnavailable = 1, Selector = selector } }, _options)
            : new PolicyV1Beta1.PodDisruptionBudget($"{_name}-budget", new PolicyV1Beta1Inputs.PodDisruptionBudgetArgs { Metadata = metadata, Spec = new PolicyV1Beta1Inputs.PodDisruptionBudgetSpecArgs { MaxUnavailable = 1, Selector = selector } }, _options);
    }

    private CustomResourceOptions After(Resource resource) => CustomResourceOptions.Merge(_options, new CustomResourceOptions { DependsOn = { resource } });

    private MetaV1Inputs.ObjectMetaArgs Meta(string name, string part) => new() { Name = name, Namespace = _spec.Name, Labels = Labels(part) };

    private InputMap<string> Labels(string part) => new() { ["app.kubernetes.io/name"] = _spec.Name, ["app.kubernetes.io/component"] = part };
}
