using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using AppStack.Components.Kubernetes.Policy;
using Pulumi;
using AdmissionV1 = Pulumi.Kubernetes.AdmissionRegistration.V1;
using AdmissionV1Inputs = Pulumi.Kubernetes.Types.Inputs.AdmissionRegistration.V1;
using AppsV1 = Pulumi.Kubernetes.Apps.V1;
using AppsV1Inputs = Pulumi.Kubernetes.Types.Inputs.Apps.V1;
using CoreV1 = Pulumi.Kubernetes.Core.V1;
using CoreV1Inputs = Pulumi.Kubernetes.Types.Inputs.Core.V1;
using MetaV1Inputs = Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using NetworkingV1 = Pulumi.Kubernetes.Networking.V1;
using NetworkingV1Inputs = Pulumi.Kubernetes.Types.Inputs.Networking.V1;
using RbacV1 = Pulumi.Kubernetes.Rbac.V1;
using RbacV1Inputs = Pulumi.Kubernetes.Types.Inputs.Rbac.V1;

namespace AppStack.Components.Kubernetes.Ingress.DebianNginx;

/// <summary>
/// Debian's nginx with ModSecurity on every worker. An agent in the same container makes its configuration of the routes that are declared, and lets
/// it serve when nginx has found it right; the API server asks it about every new route before it is kept. See docs/components/ingress.md.
/// </summary>
internal sealed class DebianNginxController : IIngressController
{
    private const string Name = "ingress";
    private const string Admission = "ingress-admission";
    private const string CertificateSecret = "ingress-certificate";
    private const string RbacGroup = "rbac.authorization.k8s.io";
    private const string RouteKind = "route";

    // nginx of Debian runs as www-data.
    private const int User = 33;

    // Longer than the agent drains (8 s) and lets requests end (8 s).
    private const int GraceSeconds = 40;

    // Before the next pod is replaced load balancers must know of the new one: two checks, 500 ms apart. Else they would have nobody but that next one to send to.
    private const int SettlingSeconds = 5;

    // Reading the rules takes half a second, on a busy machine several; the API server does not wait longer than 30 s.
    private const int AdmissionSeconds = 30;

    // For all nodes to serve a route; what a node refuses does not change by itself.
    private const int RouteSeconds = 60;

    public ImmutableArray<string> Warnings => [];

    public string HealthPath => "/health";

    public string CertificateNamespace(RouteSpec route) => IngressSpec.Namespace;

    public IReadOnlyList<SpecProblem> Validate(IngressSpec ingress) => [];

    public IReadOnlyList<SpecProblem> Validate(RouteSpec route) => [];

    public ImmutableArray<Resource> DeclareController(IngressSpec ingress, IngressSite site)
    {
        var authority = site.Authority ?? throw new ArgumentException("needs an authority for its own certificate", nameof(site));
        var issued = authority.Issue($"{site.Name}-certificate", $"{Name}.{IngressSpec.Namespace}.svc", $"{Admission}.{IngressSpec.Namespace}.svc");
        var secret = new CoreV1.Secret(
            $"{site.Name}-certificate",
            new CoreV1Inputs.SecretArgs { Metadata = Meta(CertificateSecret), Type = "kubernetes.io/tls", StringData = { ["tls.crt"] = issued.Certificate, ["tls.key"] = issued.PrivateKey } },
            site.Options);
        var files = NginxFrameRenderer.Render(ingress);
        var frame = new CoreV1.ConfigMap(
            $"{site.Name}-frame",
            // Another content is another object: pods that are not replaced yet keep theirs.
            new CoreV1Inputs.ConfigMapArgs { Metadata = Meta($"{Name}-frame-{Hash(files)}"), Data = Data(files) },
            site.Options);
        Resource[] before = [secret, frame, .. Rights(site), Traffic(ingress, site), Doors(ingress, site), AdmissionService(site), Budget(ingress, site)];
        var pods = new AppsV1.DaemonSet(
            $"{site.Name}-pods",
            new AppsV1Inputs.DaemonSetArgs
            {
                Metadata = Meta(Name),
                Spec = new AppsV1Inputs.DaemonSetSpecArgs
                {
                    MinReadySeconds = SettlingSeconds,
                    Selector = new MetaV1Inputs.LabelSelectorArgs { MatchLabels = Labels() },
                    Template = Pod(ingress, $"{Name}-frame-{Hash(files)}"),
                },
            },
            CustomResourceOptions.Merge(site.Options, new CustomResourceOptions { DependsOn = [.. before] }));
        return [pods, Webhook(site, authority.Certificate, pods)];
    }

    public ImmutableArray<Resource> DeclareRoute(RouteSpec route, string? certificate, IngressSite site)
    {
        var files = NginxRouteRenderer.Render(route, certificate);
        return
        [
            new CoreV1.ConfigMap(
                $"{site.Name}-route",
                new CoreV1Inputs.ConfigMapArgs
                {
                    Metadata = new MetaV1Inputs.ObjectMetaArgs
                    {
                        // Another content is another object: the old one goes when every node serves the new one, and stays when a node refuses it.
                        Name = $"{route.Service}-{Hash(files)}",
                        Namespace = IngressSpec.Namespace,
                        Labels = { [Route.KindLabel] = RouteKind, ["app.kubernetes.io/name"] = route.Service, ["appstack.dev/team"] = route.Team },
                        Annotations =
                        {
                            ["pulumi.com/waitFor"] = @"jsonpath={.metadata.annotations.ingress\.appstack\.dev/live}=yes",
                            ["pulumi.com/timeoutSeconds"] = $"{RouteSeconds}",
                        },
                    },
                    Data = Data(files),
                },
                site.Options),
        ];
    }

    private static CoreV1Inputs.PodTemplateSpecArgs Pod(IngressSpec ingress, string frame) => new()
    {
        // Monitoring looks at each pod that says where its metrics are.
        Metadata = new MetaV1Inputs.ObjectMetaArgs { Labels = Labels(), Annotations = { ["prometheus.io/port"] = $"{NginxPorts.Agent}" } },
        Spec = new CoreV1Inputs.PodSpecArgs
        {
            ServiceAccountName = Name,
            PriorityClassName = PriorityClasses.Platform,
            TerminationGracePeriodSeconds = GraceSeconds,
            SecurityContext = new CoreV1Inputs.PodSecurityContextArgs
            {
                RunAsNonRoot = true,
                RunAsUser = User,
                RunAsGroup = User,
                FsGroup = User,
                // The restricted standard insists on it; the policies of older versions do not allow it to be set.
                SeccompProfile = ingress.Version.HasPodSecurityAdmission ? new CoreV1Inputs.SeccompProfileArgs { Type = "RuntimeDefault" } : null!,
            },
            Containers =
            {
                new CoreV1Inputs.ContainerArgs
                {
                    Name = Name,
                    Image = $"{ingress.ImageRepository}/ingress:v1",
                    ImagePullPolicy = "IfNotPresent",
                    Args = { $"-events={IngressSpec.EventsFolder}" },
                    Env =
                    {
                        new CoreV1Inputs.EnvVarArgs { Name = "NAMESPACE", Value = IngressSpec.Namespace },
                        new CoreV1Inputs.EnvVarArgs
                        {
                            Name = "NODE",
                            ValueFrom = new CoreV1Inputs.EnvVarSourceArgs { FieldRef = new CoreV1Inputs.ObjectFieldSelectorArgs { ApiVersion = "v1", FieldPath = "spec.nodeName" } },
                        },
                    },
                    Ports =
                    {
                        Port("http", NginxPorts.Http),
                        Port("https", NginxPorts.Https),
                        Port("agent", NginxPorts.Agent),
                        Port("admission", NginxPorts.Webhook),
                    },
                    ReadinessProbe = new CoreV1Inputs.ProbeArgs { HttpGet = Get("/ready"), PeriodSeconds = 1, TimeoutSeconds = 1 },
                    LivenessProbe = new CoreV1Inputs.ProbeArgs { HttpGet = Get("/alive"), PeriodSeconds = 10, TimeoutSeconds = 5, FailureThreshold = 6 },
                    Resources = new CoreV1Inputs.ResourceRequirementsArgs
                    {
                        Requests = { ["cpu"] = $"{ingress.CpuMillis}m", ["memory"] = $"{ingress.MemoryMiB * 3 / 8}Mi" },
                        Limits = { ["memory"] = $"{ingress.MemoryMiB}Mi" },
                    },
                    SecurityContext = new CoreV1Inputs.SecurityContextArgs
                    {
                        AllowPrivilegeEscalation = false,
                        ReadOnlyRootFilesystem = true,
                        Capabilities = new CoreV1Inputs.CapabilitiesArgs { Drop = { "ALL" } },
                    },
                    VolumeMounts =
                    {
                        new CoreV1Inputs.VolumeMountArgs { Name = "frame", MountPath = NginxFrameRenderer.Folder, ReadOnly = true },
                        new CoreV1Inputs.VolumeMountArgs { Name = "certificate", MountPath = NginxFrameRenderer.TlsFolder, ReadOnly = true },
                        new CoreV1Inputs.VolumeMountArgs { Name = "run", MountPath = "/run/ingress" },
                        new CoreV1Inputs.VolumeMountArgs { Name = "temporary", MountPath = "/tmp" },
                        new CoreV1Inputs.VolumeMountArgs { Name = "events", MountPath = IngressSpec.EventsFolder },
                    },
                },
            },
            Volumes =
            {
                new CoreV1Inputs.VolumeArgs { Name = "frame", ConfigMap = new CoreV1Inputs.ConfigMapVolumeSourceArgs { Name = frame } },
                new CoreV1Inputs.VolumeArgs { Name = "certificate", Secret = new CoreV1Inputs.SecretVolumeSourceArgs { SecretName = CertificateSecret } },
                // Keys of certificates are never on a disk of the node.
                new CoreV1Inputs.VolumeArgs { Name = "run", EmptyDir = new CoreV1Inputs.EmptyDirVolumeSourceArgs { Medium = "Memory", SizeLimit = "64Mi" } },
                new CoreV1Inputs.VolumeArgs { Name = "temporary", EmptyDir = new CoreV1Inputs.EmptyDirVolumeSourceArgs() },
                // The one thing of the node that the pod has. It is there before: the kubelet would make it root's.
                new CoreV1Inputs.VolumeArgs { Name = "events", HostPath = new CoreV1Inputs.HostPathVolumeSourceArgs { Path = IngressSpec.EventsFolder, Type = "Directory" } },
            },
        },
    };

    private static IEnumerable<Resource> Rights(IngressSite site)
    {
        var account = new RbacV1Inputs.SubjectArgs { Kind = "ServiceAccount", Name = Name, Namespace = IngressSpec.Namespace };
        yield return new CoreV1.ServiceAccount($"{site.Name}-account", new CoreV1Inputs.ServiceAccountArgs { Metadata = Meta(Name) }, site.Options);
        yield return new RbacV1.Role(
            $"{site.Name}-role",
            new RbacV1Inputs.RoleArgs
            {
                Metadata = Meta(Name),
                Rules =
                {
                    // It writes beside each route what has become of it.
                    new RbacV1Inputs.PolicyRuleArgs { ApiGroups = { "" }, Resources = { "configmaps" }, Verbs = { "get", "list", "watch", "patch" } },
                    new RbacV1Inputs.PolicyRuleArgs { ApiGroups = { "" }, Resources = { "endpoints", "secrets" }, Verbs = { "get", "list", "watch" } },
                },
            },
            site.Options);
        yield return new RbacV1.RoleBinding(
            $"{site.Name}-role-binding",
            new RbacV1Inputs.RoleBindingArgs { Metadata = Meta(Name), RoleRef = new RbacV1Inputs.RoleRefArgs { ApiGroup = RbacGroup, Kind = "Role", Name = Name }, Subjects = { account } },
            site.Options);
        yield return new RbacV1.ClusterRole(
            $"{site.Name}-cluster-role",
            new RbacV1Inputs.ClusterRoleArgs
            {
                Metadata = new MetaV1Inputs.ObjectMetaArgs { Name = "appstack:ingress" },
                Rules = { new RbacV1Inputs.PolicyRuleArgs { ApiGroups = { "" }, Resources = { "services" }, Verbs = { "get", "list", "watch" } } },
            },
            site.Options);
        yield return new RbacV1.ClusterRoleBinding(
            $"{site.Name}-cluster-role-binding",
            new RbacV1Inputs.ClusterRoleBindingArgs
            {
                Metadata = new MetaV1Inputs.ObjectMetaArgs { Name = "appstack:ingress" },
                RoleRef = new RbacV1Inputs.RoleRefArgs { ApiGroup = RbacGroup, Kind = "ClusterRole", Name = "appstack:ingress" },
                Subjects = { account },
            },
            site.Options);
    }

    // What comes in is said by the namespace's rules; what goes out: to the pods of all services, and to the API server.
    private static NetworkingV1.NetworkPolicy Traffic(IngressSpec ingress, IngressSite site)
    {
        var rule = new NetworkingV1Inputs.NetworkPolicyEgressRuleArgs
        {
            To = { new NetworkingV1Inputs.NetworkPolicyPeerArgs { NamespaceSelector = new MetaV1Inputs.LabelSelectorArgs() } },
        };
        foreach (var network in ingress.NodeNetworks)
        {
            rule.To.Add(new NetworkingV1Inputs.NetworkPolicyPeerArgs { IpBlock = new NetworkingV1Inputs.IPBlockArgs { Cidr = network } });
        }

        return new(
            $"{site.Name}-traffic",
            new NetworkingV1Inputs.NetworkPolicyArgs
            {
                Metadata = Meta("to-services"),
                Spec = new NetworkingV1Inputs.NetworkPolicySpecArgs { PodSelector = new MetaV1Inputs.LabelSelectorArgs(), PolicyTypes = { "Egress" }, Egress = { rule } },
            },
            site.Options);
    }

    private static CoreV1.Service Doors(IngressSpec ingress, IngressSite site) => Service($"{site.Name}-doors", Name, site, new CoreV1Inputs.ServiceSpecArgs
    {
        Type = "NodePort",
        ExternalTrafficPolicy = "Local",
        Selector = Labels(),
        Ports =
        {
            new CoreV1Inputs.ServicePortArgs { Name = "http", Port = 80, TargetPort = NginxPorts.Http, NodePort = ingress.HttpPort, Protocol = "TCP" },
            new CoreV1Inputs.ServicePortArgs { Name = "https", Port = 443, TargetPort = NginxPorts.Https, NodePort = ingress.HttpsPort, Protocol = "TCP" },
        },
    });

    private static CoreV1.Service AdmissionService(IngressSite site) => Service($"{site.Name}-admission", Admission, site, new CoreV1Inputs.ServiceSpecArgs
    {
        Selector = Labels(),
        Ports = { new CoreV1Inputs.ServicePortArgs { Name = "https", Port = 443, TargetPort = NginxPorts.Webhook, Protocol = "TCP" } },
    });

    private static CoreV1.Service Service(string resource, string name, IngressSite site, CoreV1Inputs.ServiceSpecArgs spec) => new(
        resource,
        new CoreV1Inputs.ServiceArgs
        {
            // A service without pods is no reason to wait: they come after it.
            Metadata = new MetaV1Inputs.ObjectMetaArgs { Name = name, Namespace = IngressSpec.Namespace, Labels = Labels(), Annotations = { ["pulumi.com/skipAwait"] = "true" } },
            Spec = spec,
        },
        site.Options);

    private static Resource Budget(IngressSpec ingress, IngressSite site)
        => DisruptionBudget.Declare($"{site.Name}-budget", ingress.Version, Meta(Name), new MetaV1Inputs.LabelSelectorArgs { MatchLabels = Labels() }, site.Options);

    // Only new objects are asked about: routes are never changed in place, and what the agent writes beside them needs no test.
    private static AdmissionV1.ValidatingWebhookConfiguration Webhook(IngressSite site, Output<string> authority, Resource pods) => new(
        $"{site.Name}-webhook",
        new AdmissionV1Inputs.ValidatingWebhookConfigurationArgs
        {
            Metadata = new MetaV1Inputs.ObjectMetaArgs { Name = "appstack-ingress" },
            Webhooks =
            {
                new AdmissionV1Inputs.ValidatingWebhookArgs
                {
                    Name = "routes.ingress.appstack.dev",
                    AdmissionReviewVersions = { "v1" },
                    SideEffects = "None",
                    FailurePolicy = "Fail",
                    TimeoutSeconds = AdmissionSeconds,
                    ObjectSelector = new MetaV1Inputs.LabelSelectorArgs { MatchLabels = { [Route.KindLabel] = RouteKind } },
                    Rules =
                    {
                        new AdmissionV1Inputs.RuleWithOperationsArgs { ApiGroups = { "" }, ApiVersions = { "v1" }, Operations = { "CREATE" }, Resources = { "configmaps" }, Scope = "Namespaced" },
                    },
                    ClientConfig = new AdmissionV1Inputs.WebhookClientConfigArgs
                    {
                        CaBundle = authority.Apply(certificate => Convert.ToBase64String(Encoding.UTF8.GetBytes(certificate))),
                        Service = new AdmissionV1Inputs.ServiceReferenceArgs { Name = Admission, Namespace = IngressSpec.Namespace, Path = "/admit", Port = 443 },
                    },
                },
            },
        },
        CustomResourceOptions.Merge(site.Options, new CustomResourceOptions { DependsOn = { pods } }));

    private static CoreV1Inputs.ContainerPortArgs Port(string name, int port) => new() { Name = name, ContainerPortValue = port, Protocol = "TCP" };

    private static CoreV1Inputs.HTTPGetActionArgs Get(string path) => new() { Path = path, Port = NginxPorts.Agent };

    private static InputMap<string> Data(IReadOnlyDictionary<string, string> files)
    {
        var data = new InputMap<string>();
        foreach (var (name, content) in files)
        {
            data[name] = content;
        }

        return data;
    }

    // Twelve hexadecimal digits: two contents of one service are taken for the same once in 10^14 times.
    private static string Hash(IReadOnlyDictionary<string, string> files) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(files.Select(file => $"{file.Key}\n{file.Value.Length}\n{file.Value}")))))[..12];

    private static MetaV1Inputs.ObjectMetaArgs Meta(string name) => new() { Name = name, Namespace = IngressSpec.Namespace, Labels = Labels() };

    private static InputMap<string> Labels() => new() { ["app.kubernetes.io/name"] = Name, ["app.kubernetes.io/component"] = "ingress" };
}
