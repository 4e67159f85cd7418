using System.Globalization;
using AppStack.Components.Nodes;

namespace AppStack.Components.Kubernetes.Ingress;

/// <summary>Finds what is wrong with an ingress before a cluster is asked.</summary>
public static class IngressValidator
{
    /// <summary>Checks an ingress.</summary>
    /// <param name="spec">The ingress.</param>
    /// <returns>All problems; empty when there is none.</returns>
    public static IReadOnlyList<SpecProblem> Validate(IngressSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var problems = new NetworkProblems();
        NodePort("httpPort", spec.HttpPort);
        NodePort("httpsPort", spec.HttpsPort);
        problems.Unique("ports", "port", new[] { spec.HttpPort, spec.HttpsPort }.Select(port => port.ToString(CultureInfo.InvariantCulture)));
        problems.AddIf(spec.LoadBalancerNetworks.IsEmpty, "loadBalancerNetworks", "is empty; nobody's PROXY protocol would be believed");
        problems.Networks("loadBalancerNetworks", spec.LoadBalancerNetworks);
        problems.AddIf(spec.NodeNetworks.IsEmpty, "nodeNetworks", "is empty; the API server could not ask whether a route is good");
        problems.Networks("nodeNetworks", spec.NodeNetworks);
        problems.AddIf(spec.ImageRepository.Length == 0, "imageRepository", "is missing");
        problems.AddIf(spec.CpuMillis < 10, "cpuMillis", $"{spec.CpuMillis} thousandths of a core do not start it; use at least 10");
        problems.AddIf(spec.MemoryMiB < 256, "memoryMiB", $"{spec.MemoryMiB} MiB do not hold the rules twice; use at least 256");
        problems.AddIf(spec.Workers is < 1, "workers", $"{spec.Workers} processes are none; use at least 1");
        return [.. problems.All, .. IngressControllers.Of(spec.Controller).Validate(spec)];

        void NodePort(string path, int port) => problems.AddIf(port is < 30000 or > 32767, path, $"{port} is not a NodePort; use 30000 to 32767");
    }
}
