using AppStack.Components.Nodes;

namespace AppStack.Components.LoadBalancing;

/// <summary>Validates routers.</summary>
public static class BgpRouterValidator
{
    /// <summary>Checks a router.</summary>
    /// <param name="spec">The router.</param>
    /// <returns>All problems; empty when there is none.</returns>
    public static IReadOnlyList<SpecProblem> Validate(BgpRouterSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var problems = new NetworkProblems();
        problems.Name("name", spec.Name);
        problems.Ipv4("ipv4", spec.Ipv4);
        problems.Ipv6("ipv6", spec.Ipv6);
        problems.Asn("asn", spec.Asn);
        BgpValidation.Neighbors(problems, "neighbors", spec.Neighbors, needsIpv6: false);
        problems.AddIf(spec.VipPrefixes.IsDefaultOrEmpty, "vipPrefixes", "is empty; every announcement would be refused");
        problems.Networks("vipPrefixes", spec.VipPrefixes);
        problems.AddIf(
            spec.Ipv6 is null && spec.VipPrefixes.Any(Cidr.IsIpv6Network),
            "ipv6",
            "is missing; without it the announcements inside the IPv6 prefixes could not be learnt");
        problems.Access("access", spec.Access);
        problems.AddIf(spec.MaximumPaths is < 1 or > 255, "maximumPaths", $"{spec.MaximumPaths} is not between 1 and 255");
        BgpValidation.Timers(problems, spec.Timers, spec.Bfd);
        return problems.All;
    }
}
