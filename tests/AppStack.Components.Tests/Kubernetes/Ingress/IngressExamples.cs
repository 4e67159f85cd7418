using AppStack.Components.Kubernetes.Cluster;
using AppStack.Components.Kubernetes.Ingress;

namespace AppStack.Components.Tests.Kubernetes.Ingress;

/// <summary>An ingress and a route of which tests change parts.</summary>
internal static class IngressExamples
{
    public static IngressSpec Ingress { get; } = new()
    {
        Cluster = "gov",
        Version = KubernetesVersion.TryParse("1.34.2")!,
        Controller = IngressControllerKind.DebianNginx,
        LoadBalancerNetworks = ["10.1.1.0/24"],
        NodeNetworks = ["10.1.2.0/24"],
        ImageRepository = "registry.example.org/kubernetes",
    };

    public static RouteSpec Route { get; } = new()
    {
        Service = "dilosi",
        Team = "declarations",
        Namespace = "dilosi",
        Hosts = ["dilosi.example.gov", "www.dilosi.example.gov"],
        Paths = ["/", "/api"],
        Tls = new(),
        BodyBytes = 2 << 20,
        ResponseTimeout = TimeSpan.FromSeconds(45),
        Target = "dilosi",
        TargetPort = 8080,
    };
}
