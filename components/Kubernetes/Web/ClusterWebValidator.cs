using AppStack.Components.Nodes;

namespace AppStack.Components.Kubernetes.Web;

/// <summary>Finds what is wrong with a web service before a cluster is asked.</summary>
public static class ClusterWebValidator
{
    /// <summary>Checks a service.</summary>
    /// <param name="spec">The service.</param>
    /// <returns>All problems; empty when there is none.</returns>
    public static IReadOnlyList<SpecProblem> Validate(ClusterWebSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var problems = new NetworkProblems();
        problems.Name("name", spec.Name);
        problems.AddIf(spec.NodePort is < 30000 or > 32767, "nodePort", $"{spec.NodePort} is not a NodePort; use 30000 to 32767");
        problems.AddIf(spec.Replicas < 2, "replicas", $"{spec.Replicas} pods cannot be replaced without a gap; use at least 2");
        problems.AddIf(spec.Image.Length == 0, "image", "is missing");
        problems.Ipv4("serviceAddress", spec.ServiceAddress);
        problems.Networks("loadBalancerNetworks", spec.LoadBalancerNetworks);
        problems.AddIf(spec.ProxyProtocol && spec.LoadBalancerNetworks.IsEmpty, "loadBalancerNetworks", "is empty; nobody's PROXY protocol would be believed");
        return problems.All;
    }
}
