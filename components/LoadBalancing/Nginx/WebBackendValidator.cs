using AppStack.Components.Nodes;

namespace AppStack.Components.LoadBalancing.Nginx;

/// <summary>Validates web backends.</summary>
public static class WebBackendValidator
{
    /// <summary>Checks a backend.</summary>
    /// <param name="spec">The backend.</param>
    /// <returns>All problems; empty when there is none.</returns>
    public static IReadOnlyList<SpecProblem> Validate(WebBackendSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var problems = new NetworkProblems();
        problems.Name("name", spec.Name);
        problems.Port("port", spec.Port);
        problems.AddIf(spec.LoadBalancerNetworks.IsDefaultOrEmpty, "loadBalancerNetworks", "is empty; no load balancer could connect");
        problems.Networks("loadBalancerNetworks", spec.LoadBalancerNetworks);
        problems.Access("access", spec.Access);
        if (spec.DirectPort is { } direct)
        {
            problems.Port("directPort", direct);
            problems.AddIf(direct == spec.Port, "directPort", $"{direct} is already the load balancers' port");
            problems.AddIf(spec.DirectNetworks.IsEmpty, "directNetworks", "is empty although directPort is set; nobody could connect");
        }

        problems.Networks("directNetworks", spec.DirectNetworks);
        problems.AddIf(spec.Workers is < 1, "workers", $"{spec.Workers} must be at least 1");
        return problems.All;
    }
}
