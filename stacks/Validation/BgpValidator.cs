using AppStack.Stacks.Environments.Descriptors;
using AppStack.Stacks.Environments.Reading;

namespace AppStack.Stacks.Environments.Validation;

/// <summary>BGP can come up, and a dead neighbour is found by BFD before the hold time ends.</summary>
internal sealed class BgpValidator : IEnvironmentValidator
{
    // RFC 4271 section 4.2: at least three seconds. (Zero, "never", would leave a dead router in use when BFD fails.)
    private static readonly TimeSpan ShortestHoldTime = TimeSpan.FromSeconds(3);

    // RFC 4271 section 4.2: the field has 16 bits of seconds.
    private static readonly TimeSpan LongestHoldTime = TimeSpan.FromSeconds(65535);

    // Below that a busy machine takes itself for dead: no flaps were seen at 100 ms under load, and the kernel's scheduling jitter reaches 10 ms.
    private static readonly TimeSpan ShortestBfdInterval = TimeSpan.FromMilliseconds(20);

    public void Validate(EnvironmentValidation context)
    {
        if (context.Environment.Edge?.Bgp is not { } bgp)
        {
            return;
        }

        CheckAsn(context, "edge.bgp.asn", bgp.Asn);
        CheckTimers(context, bgp);
        foreach (var (path, neighbour) in EnvironmentValidation.Each("edge.bgp.neighbours", bgp.Neighbours))
        {
            CheckAsn(context, $"{path}.asn", neighbour.Asn);
            if (neighbour.Asn is not null && neighbour.Asn == bgp.Asn)
            {
                context.Problems.Add($"{path}.asn", $"the router has the same autonomous system as the load balancers ({bgp.Asn})", "another one; only external BGP is supported");
            }

            CheckIdentity(context, path, neighbour);
            if (neighbour.Site is { } site && context.Environment.Sites.All(found => found?.Name != site))
            {
                context.ReportUnknown($"{path}.site", $"there is no site '{site}'", site, context.Environment.Sites.Select(found => found?.Name));
            }
        }

        var loadBalancers = context.Nodes().Where(found => found.Node.Role == NodeRole.LoadBalancer).ToList();
        if (loadBalancers.Count == 0)
        {
            context.Problems.Add("edge", "there is an edge, but no node has the role load-balancer", "nodes with role: load-balancer");
        }

        foreach (var site in loadBalancers.Select(found => found.Node.Site).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            if (bgp.Neighbours.Count > 0 && bgp.Neighbours.All(neighbour => neighbour is { Site: { } other } && other != site))
            {
                context.Problems.Add("edge.bgp.neighbours", $"the load balancers of the site {site} have no router to speak to", $"a neighbour with site: {site}, or one without a site");
            }
        }
    }

    private static void CheckTimers(EnvironmentValidation context, BgpDescriptor bgp)
    {
        var hold = bgp.HoldTime ?? Defaults.HoldTime;
        var keepalive = bgp.Keepalive ?? Defaults.Keepalive;
        if (hold < ShortestHoldTime || hold > LongestHoldTime)
        {
            context.Problems.Add("edge.bgp.holdTime", $"a hold time of {Durations.Format(hold)} is not allowed by BGP", "3s to 65535s");
        }
        else if (keepalive * 3 > hold || keepalive < TimeSpan.FromSeconds(1))
        {
            context.Problems.Add(
                bgp.Keepalive is null ? "edge.bgp.holdTime" : "edge.bgp.keepalive",
                $"a keepalive of {Durations.Format(keepalive)} does not fit a hold time of {Durations.Format(hold)}",
                "at least 1s and at most a third of the hold time, so that one lost message does not cost the session");
        }

        var interval = bgp.Bfd?.Interval ?? Defaults.BfdInterval;
        var multiplier = bgp.Bfd?.Multiplier ?? Defaults.BfdMultiplier;
        if (interval < ShortestBfdInterval)
        {
            context.Problems.Add("edge.bgp.bfd.interval", $"{Durations.Format(interval)} is shorter than a busy machine can keep", $"at least {Durations.Format(ShortestBfdInterval)}");
        }

        if (interval * multiplier >= hold)
        {
            context.Problems.Add(
                "edge.bgp.bfd",
                $"BFD finds a dead router after {Durations.Format(interval * multiplier)}, not before the hold time of {Durations.Format(hold)}",
                "interval x multiplier well below the hold time: 100ms x 3");
        }
    }

    private static void CheckIdentity(EnvironmentValidation context, string path, NeighbourDescriptor neighbour)
    {
        if ((neighbour.Node is null) == (neighbour.Name is null))
        {
            context.Problems.Add(
                path,
                neighbour.Node is null ? "the neighbour has neither node nor name" : "the neighbour has both node and name",
                "node: for a router of this environment, name: and addresses: for another one");
            return;
        }

        if (neighbour.Node is { } node)
        {
            var routers = context.Nodes().Where(found => found.Node.Role == NodeRole.Router).Select(found => found.Node)
                .Select(found => found is { Cluster: { } cluster, Seq: { } seq } ? NodeSpec.NameOf(cluster, NodeRole.Router, seq) : null);
            if (!routers.Contains(node))
            {
                context.ReportUnknown($"{path}.node", $"there is no router '{node}'", node, routers);
            }

            if (neighbour.Addresses.Count > 0)
            {
                context.Problems.Add($"{path}.addresses", "the addresses of a node of this environment are known", "leave the key out");
            }
        }
        else if (neighbour.Addresses.Count == 0)
        {
            context.Problems.Add($"{path}.addresses", "the key 'addresses' is missing", "the router's addresses in the load balancers' network");
        }
        else if (neighbour.Addresses.All(address => address is not null && !address.IsV4()))
        {
            context.Problems.Add($"{path}.addresses", "the router has no IPv4 address", "one of each family, as virtual addresses have");
        }
    }

    private static void CheckAsn(EnvironmentValidation context, string path, long? asn)
    {
        // RFC 7607 (0), RFC 6793 (23456), RFC 7300 (the last ones of 16 and 32 bits). Zero and the very last are outside the key's range.
        if (asn is 23456 or 65535)
        {
            context.Problems.Add(path, $"{asn} is reserved and never a router's autonomous system", "a private one: 64512 to 65534, or 4200000000 to 4294967294");
        }
    }
}
