using AppStack.Components.LoadBalancing.HAProxy;
using AppStack.Components.Nodes;

namespace AppStack.Components.LoadBalancing;

/// <summary>Validates load-balancer groups.</summary>
public static class LoadBalancerGroupValidator
{
    // DSCP has sixteen codepoints for local use, and the packets' hops are counted in them.
    private const int MostNodes = 16;

    /// <summary>Checks a group: its nodes, BGP, VIPs, and everything HAProxy carries.</summary>
    /// <param name="spec">The group.</param>
    /// <returns>All problems; empty when there is none.</returns>
    public static IReadOnlyList<SpecProblem> Validate(LoadBalancerGroupSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var problems = new NetworkProblems();
        problems.Name("name", spec.Name);
        problems.Asn("asn", spec.Asn);
        problems.Access("access", spec.Access);
        problems.AddIf(spec.DrainTimeout < TimeSpan.FromSeconds(1), "drainTimeout", $"{spec.DrainTimeout.TotalSeconds:0.###} s is below 1 s");
        var ipv6 = spec.Vips.Any(v => v.Ipv6 is not null);
        Nodes(problems, spec, ipv6);
        BgpValidation.Neighbors(problems, "routers", spec.Routers, ipv6);
        BgpValidation.Timers(problems, spec.Timers, spec.Bfd);
        Vips(problems, spec);
        HAProxyValidator.Validate(problems, spec);
        return problems.All;
    }

    private static void Nodes(NetworkProblems problems, LoadBalancerGroupSpec spec, bool ipv6)
    {
        problems.AddIf(spec.Nodes.IsDefaultOrEmpty, "nodes", "is empty; a group needs at least one load balancer");
        problems.AddIf(spec.Nodes.Length > MostNodes, "nodes", $"has {spec.Nodes.Length} entries; a group may have {MostNodes}");
        problems.Unique("nodes", "name", spec.Nodes.Select(n => n.Name));
        problems.Unique("nodes", "address", spec.Nodes.Select(n => n.Ipv4).Concat(spec.Nodes.Select(n => n.Ipv6).OfType<string>()));
        for (var i = 0; i < spec.Nodes.Length; i++)
        {
            var node = spec.Nodes[i];
            problems.Name($"nodes[{i}].name", node.Name);
            problems.Ipv4($"nodes[{i}].ipv4", node.Ipv4);
            problems.Ipv6($"nodes[{i}].ipv6", node.Ipv6);
            problems.AddIf(ipv6 && node.Ipv6 is null, $"nodes[{i}].ipv6", "is missing; a group with IPv6 VIPs needs IPv6 sessions to its routers");
            problems.AddIf(
                node.ManagementAddress is not null && !Cidr.IsAddress(node.ManagementAddress),
                $"nodes[{i}].managementAddress",
                $"'{node.ManagementAddress}' is not an address");
        }
    }

    private static void Vips(NetworkProblems problems, LoadBalancerGroupSpec spec)
    {
        problems.AddIf(spec.VipPrefixes.IsDefaultOrEmpty, "vipPrefixes", "is empty; the routers would refuse every announcement");
        problems.Networks("vipPrefixes", spec.VipPrefixes);
        problems.AddIf(spec.Vips.IsDefaultOrEmpty, "vips", "is empty; there would be nothing to announce");
        problems.Unique("vips", "name", spec.Vips.Select(v => v.Name));
        problems.Unique("vips", "address", spec.Vips.Select(v => v.Ipv4).Concat(spec.Vips.Select(v => v.Ipv6).OfType<string>()));
        for (var i = 0; i < spec.Vips.Length; i++)
        {
            var vip = spec.Vips[i];
            problems.Name($"vips[{i}].name", vip.Name);
            problems.Ipv4($"vips[{i}].ipv4", vip.Ipv4);
            problems.Ipv6($"vips[{i}].ipv6", vip.Ipv6);
            Announced($"vips[{i}].ipv4", vip.Ipv4);
            if (vip.Ipv6 is not null)
            {
                Announced($"vips[{i}].ipv6", vip.Ipv6);
            }
        }

        void Announced(string path, string address) => problems.AddIf(
            Cidr.IsAddress(address) && !spec.VipPrefixes.Any(p => Cidr.Contains(p, address)),
            path,
            $"{address} lies in none of the announced prefixes ({string.Join(", ", spec.VipPrefixes)}); the routers would refuse it");
    }
}
