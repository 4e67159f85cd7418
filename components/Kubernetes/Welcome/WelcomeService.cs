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

namespace AppStack.Components.Kubernetes.Welcome;

/// <summary>A small web service: what stands behind an ingress before there is any other service, and what drills ask.</summary>
public sealed class WelcomeService : ComponentResource
{
    // nginx of Debian runs as www-data.
    private const int User = 33;

    // Longer than kube-proxy everywhere needs to notice that a pod is about to go.
    private const string Farewell = "5";

    private readonly WelcomeSpec _spec;
    private readonly CustomResourceOptions _options;
    private readonly string _name;

    /// <summary>Declares the service.</summary>
    /// <param name="name">Name of the component.</param>
    /// <param name="args">Service and cluster.</param>
    /// <param name="options">Options of the component; what it depends on (its namespace among it) holds for all objects.</param>
    /// <exception cref="InvalidSpecException">The service is not valid; lists all problems.</exception>
    public WelcomeService(string name, WelcomeArgs args, ComponentResourceOptions? options = null)
        : base("appstack:kubernetes:WelcomeService", name, options)
    {
        ArgumentNullException.ThrowIfNull(args);
        InvalidSpecException.ThrowIfAny("service that welcomes", WelcomeValidator.Validate(args.Spec));
        (_name, _spec, _options) = (name, args.Spec, ObjectOptions.For(this, args.Provider, options));
        Ready = [Address(), Budget(), Deployment()];
        RegisterOutputs();
    }

    /// <summary>What to depend on to come after all pods are ready.</summary>
    public ImmutableArray<Resource> Ready { get; }

    private AppsV1.Deployment Deployment()
    {
        var content = WelcomeRenderer.Render();
        // Another configuration is another object: pods that are not replaced yet keep theirs.
        var configuration = $"{WelcomeSpec.Name}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)))[..12]}";
        var resource = new CoreV1.ConfigMap($"{_name}-configuration", new CoreV1Inputs.ConfigMapArgs { Metadata = Meta(configuration), Data = { ["nginx.conf"] = content } }, _options);
        return new(
            $"{_name}-pods",
            new AppsV1Inputs.DeploymentArgs
            {
                Metadata = Meta(WelcomeSpec.Name),
                Spec = new AppsV1Inputs.DeploymentSpecArgs
                {
                    Replicas = _spec.Replicas,
                    // Never fewer than wanted.
                    Strategy = new AppsV1Inputs.DeploymentStrategyArgs { Type = "RollingUpdate", RollingUpdate = new AppsV1Inputs.RollingUpdateDeploymentArgs { MaxUnavailable = 0, MaxSurge = 1 } },
                    Selector = Selector(),
                    Template = new CoreV1Inputs.PodTemplateSpecArgs { Metadata = new MetaV1Inputs.ObjectMetaArgs { Labels = Labels() }, Spec = Pod(configuration) },
                },
            },
            CustomResourceOptions.Merge(_options, new CustomResourceOptions { DependsOn = { resource } }));
    }

    private CoreV1Inputs.PodSpecArgs Pod(string configuration) => new()
    {
        AutomountServiceAccountToken = false,
        PriorityClassName = PriorityClasses.Standard,
        SecurityContext = new CoreV1Inputs.PodSecurityContextArgs
        {
            RunAsNonRoot = true,
            RunAsUser = User,
            RunAsGroup = User,
            FsGroup = User,
            // The restricted standard insists on it; the policies of older versions do not allow it to be set.
            SeccompProfile = _spec.Version.HasPodSecurityAdmission ? new CoreV1Inputs.SeccompProfileArgs { Type = "RuntimeDefault" } : null!,
        },
        TopologySpreadConstraints =
        {
            new CoreV1Inputs.TopologySpreadConstraintArgs { MaxSkew = 1, TopologyKey = "kubernetes.io/hostname", WhenUnsatisfiable = "ScheduleAnyway", LabelSelector = Selector() },
        },
        Containers =
        {
            new CoreV1Inputs.ContainerArgs
            {
                Name = "nginx",
                Image = _spec.Image,
                ImagePullPolicy = "IfNotPresent",
                Args = { "-c", "/etc/web/nginx.conf" },
                Ports = { new CoreV1Inputs.ContainerPortArgs { Name = "http", ContainerPortValue = WelcomeRenderer.Port, Protocol = "TCP" } },
                ReadinessProbe = new CoreV1Inputs.ProbeArgs { HttpGet = new CoreV1Inputs.HTTPGetActionArgs { Path = "/health", Port = WelcomeRenderer.Port }, PeriodSeconds = 1 },
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
            new CoreV1Inputs.VolumeArgs { Name = "configuration", ConfigMap = new CoreV1Inputs.ConfigMapVolumeSourceArgs { Name = configuration } },
            new CoreV1Inputs.VolumeArgs { Name = "temporary", EmptyDir = new CoreV1Inputs.EmptyDirVolumeSourceArgs() },
        },
    };

    private CoreV1.Service Address() => new(
        $"{_name}-address",
        new CoreV1Inputs.ServiceArgs
        {
            // A service without pods is no reason to wait: they come after it.
            Metadata = new MetaV1Inputs.ObjectMetaArgs { Name = WelcomeSpec.Name, Namespace = WelcomeSpec.Name, Labels = Labels(), Annotations = { ["pulumi.com/skipAwait"] = "true" } },
            Spec = new CoreV1Inputs.ServiceSpecArgs
            {
                Selector = Labels(),
                Ports = { new CoreV1Inputs.ServicePortArgs { Name = "http", Port = 80, TargetPort = WelcomeRenderer.Port, Protocol = "TCP" } },
            },
        },
        _options);

    private Resource Budget() => DisruptionBudget.Declare($"{_name}-budget", _spec.Version, Meta(WelcomeSpec.Name), Selector(), _options);

    private static MetaV1Inputs.ObjectMetaArgs Meta(string name) => new() { Name = name, Namespace = WelcomeSpec.Name, Labels = Labels() };

    private static MetaV1Inputs.LabelSelectorArgs Selector() => new() { MatchLabels = Labels() };

    private static InputMap<string> Labels() => new() { ["app.kubernetes.io/name"] = WelcomeSpec.Name };
}
