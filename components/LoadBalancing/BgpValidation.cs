using AppStack.Components.Nodes;

namespace AppStack.Components.LoadBalancing;

/// <summary>Checks that both ends of a BGP session share.</summary>
internal static class BgpValidation
{
    // Below this a loaded machine loses sessions for want of CPU, not for want of a neighbour.
    private static readonly TimeSpan LeastBfdInterval = TimeSpan.FromMilliseconds(10);

    public static void Timers(NetworkProblems problems, BgpTimersSpec timers, BfdSpec bfd)
    {
        problems.AddIf(timers.HoldTime < TimeSpan.FromSeconds(3), "timers.holdTime", $"{Seconds(timers.HoldTime)} is below the 3 s that RFC 4271 allows");
        problems.AddIf(timers.KeepaliveTime < TimeSpan.FromSeconds(1), "timers.keepaliveTime", $"{Seconds(timers.KeepaliveTime)} is below 1 s");
        problems.AddIf(
            timers.KeepaliveTime * 3 > timers.HoldTime,
            "timers.keepaliveTime",
            $"{Seconds(timers.KeepaliveTime)} is more than a third of the hold time ({Seconds(timers.HoldTime)}); one lost message would end the session");
        problems.AddIf(timers.ConnectRetryTime < TimeSpan.FromSeconds(1), "timers.connectRetryTime", $"{Seconds(timers.ConnectRetryTime)} is below 1 s");
        if (!bfd.Enabled)
        {
            return;
        }

        problems.AddIf(bfd.Interval < LeastBfdInterval, "bfd.interval", $"{bfd.Interval.TotalMilliseconds:0} ms is below {LeastBfdInterval.TotalMilliseconds:0} ms; sessions would flap under load");
        problems.AddIf(bfd.Multiplier is < 2 or > 255, "bfd.multiplier", $"{bfd.Multiplier} is not between 2 and 255");
        problems.AddIf(
            bfd.DetectionTime >= timers.HoldTime,
            "bfd",
            $"detects a dead neighbour after {Seconds(bfd.DetectionTime)} (interval x multiplier), which is no faster than the hold time of {Seconds(timers.HoldTime)}");
    }

    public static void Neighbors(NetworkProblems problems, string path, IReadOnlyList<BgpNeighborSpec> neighbors, bool needsIpv6)
    {
        problems.AddIf(neighbors.Count == 0, path, "is empty; nobody would learn the VIPs");
        problems.Unique(path, "name", neighbors.Select(n => n.Name));
        problems.Unique(path, "address", neighbors.Select(n => n.Ipv4));
        for (var i = 0; i < neighbors.Count; i++)
        {
            var at = $"{path}[{i}]";
            problems.Name($"{at}.name", neighbors[i].Name);
            problems.Asn($"{at}.asn", neighbors[i].Asn);
            problems.Ipv4($"{at}.ipv4", neighbors[i].Ipv4);
            problems.Ipv6($"{at}.ipv6", neighbors[i].Ipv6);
            problems.AddIf(needsIpv6 && neighbors[i].Ipv6 is null, $"{at}.ipv6", "is missing; without an IPv6 session the IPv6 VIPs would not be announced");
        }
    }

    private static string Seconds(TimeSpan time) => $"{time.TotalSeconds:0.###} s";
}
