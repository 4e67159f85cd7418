using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using AppStack.Components.Nodes.Bundles;

namespace AppStack.Components.Nodes.Firewall;

/// <summary>Renders the firewall to an nftables file that replaces the table <c>appstack</c> in one transaction and leaves other tables alone.</summary>
public static class FirewallRenderer
{
    /// <summary>Where the rules lie on a node.</summary>
    public const string Path = "/etc/appstack/firewall.nft";

    /// <summary>The unit that loads them.</summary>
    public const string Unit = "appstack-firewall.service";

    // DSCP codepoints xxxx11 are for local use (RFC 2474): hop n is written as 63 - 4(n - 1).
    private const int FirstHop = 63;

    // The first packet of a connection.
    private const string Attempt = "tcp flags & (fin | syn | rst | ack) == syn";

    /// <summary>The firewall's part of a bundle.</summary>
    /// <param name="spec">The firewall.</param>
    /// <param name="bundle">The bundle to complete.</param>
    /// <returns>The bundle with package, files, unit and the guard against locking out.</returns>
    public static Bundle AddTo(FirewallSpec spec, Bundle bundle)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(bundle);
        return bundle with
        {
            ManagementNetworks = spec.Access.ManagementNetworks,
            Packages = bundle.Packages.Add(new("nftables")),
            Files = bundle.Files.AddRange(
                new BundleFile { Path = Path, Content = Render(spec), Group = "firewall" },
                new BundleFile { Path = $"/etc/systemd/system/{Unit}", Content = UnitFile }),
            FileGroups = bundle.FileGroups.Insert(0, new() { Name = "firewall", Check = $"nft -c -f {{{Path}}}", Activation = BundleActivation.Reload(Unit) }),
            Units = bundle.Units.Insert(0, new(Unit)),
        };
    }

    /// <summary>Renders the rules.</summary>
    /// <param name="spec">The firewall.</param>
    /// <returns>The nftables file.</returns>
    public static string Render(FirewallSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var text = new StringBuilder($$"""
            # Firewall of the role '{{spec.Role}}', written by AppStack: changes are overwritten.
            table inet appstack
            delete table inet appstack
            table inet appstack {

            """);
        var untracked = Untracked(spec).ToList();
        Chain("prerouting", "filter hook prerouting priority raw; policy accept;", untracked.Select(u => u.In));
        Chain("output", "filter hook output priority raw; policy accept;", untracked.Select(u => u.Out).Where(o => o.Length > 0));
        if (spec.SecondChance is not null)
        {
            Chain("hand_on", "", HandOn(spec.SecondChance));
            Chain("second_chance", "filter hook prerouting priority mangle; policy accept;", SecondChance(spec.SecondChance));
        }

        Chain("input", "filter hook input priority filter; policy drop;", Input(spec));
        if (!spec.Forwards && !spec.TranslatesServices)
        {
            Chain(
                "forward",
                "filter hook forward priority filter; policy drop;",
                spec.SecondChance is null ? [] : [$"meta mark 0x{spec.SecondChance.Mark:x} accept comment \"second chance\""]);
        }

        return text.Append("}\n").ToString();

        void Chain(string name, string hook, IEnumerable<string> rules)
        {
            text.Append(CultureInfo.InvariantCulture, $"    chain {name} {{\n{(hook.Length == 0 ? "" : $"        type {hook}\n")}");
            foreach (var rule in rules)
            {
                text.Append("        ").Append(rule).Append('\n');
            }

            text.Append("    }\n");
        }
    }

    private static IEnumerable<string> Input(FirewallSpec spec)
    {
        yield return "iifname \"lo\" accept";

        // A reply carries ACK or RST; a bare SYN would be a new connection.
        foreach (var (addresses, port) in Servers(spec))
        {
            yield return $"{Family(addresses[0])} saddr {Set(addresses)} tcp sport {port} tcp flags & (syn|ack) != syn accept comment \"replies of servers\"";
        }

        yield return "ct state established,related accept";
        yield return "icmp type { echo-request, destination-unreachable, time-exceeded, parameter-problem } accept";
        yield return "icmpv6 type { echo-request, destination-unreachable, packet-too-big, time-exceeded, parameter-problem, "
            + "nd-router-solicit, nd-router-advert, nd-neighbor-solicit, nd-neighbor-advert, mld-listener-query } accept";
        var ssh = new FirewallRule { Purpose = "management", Protocol = "tcp", Ports = [22], Sources = spec.Access.ManagementNetworks };
        var metrics = new FirewallRule { Purpose = "exporters", Protocol = "tcp", Ports = [AccessSpec.MetricsPort], Sources = spec.Access.MetricsSources };
        foreach (var rule in spec.Rules.Prepend(ssh).Concat(metrics.Sources.IsEmpty ? [] : [metrics]))
        {
            foreach (var match in Matches(rule.Sources, rule.Destinations))
            {
                yield return $"{match}{rule.Protocol} dport {Set(rule.Ports.Select(p => p.ToString()))} accept comment \"{rule.Purpose}\"";
            }
        }
    }

    private static IEnumerable<(string In, string Out)> Untracked(FirewallSpec spec)
    {
        if (spec.TranslatesServices)
        {
            yield break;
        }

        yield return ("iifname \"lo\" notrack", "oifname \"lo\" notrack");
        if (spec.Forwards)
        {
            yield return ("fib daddr type != { local, broadcast, multicast } notrack", "");
        }

        foreach (var rule in spec.Rules.Where(r => r.Untracked))
        {
            var ports = Set(rule.Ports.Select(p => p.ToString()));
            yield return ($"{rule.Protocol} dport {ports} notrack", $"{rule.Protocol} sport {ports} notrack");
        }

        foreach (var (addresses, port) in Servers(spec))
        {
            var family = Family(addresses[0]);
            yield return ($"{family} saddr {Set(addresses)} tcp sport {port} notrack", $"{family} daddr {Set(addresses)} tcp dport {port} notrack");
        }
    }

    private static IEnumerable<string> SecondChance(SecondChanceSpec spec)
    {
        var ports = Set(spec.Ports.Select(p => p.ToString()));
        foreach (var addresses in spec.Addresses.GroupBy(Family).Select(g => g.ToList()))
        {
            var vip = $"{Family(addresses[0])} daddr {Set(addresses)} tcp dport {ports}";
            yield return $"{vip} ct state invalid goto hand_on";

            // Any socket will do, one in TIME_WAIT too. Without one, nobody listens here: the next node answers instead of a reset.
            yield return $"{vip} {Attempt} socket transparent 0 return";
            yield return $"{vip} {Attempt} goto hand_on";
        }
    }

    // Counts the hop and leaves a packet that has made them all to this node.
    private static IEnumerable<string> HandOn(SecondChanceSpec spec)
    {
        foreach (var family in spec.Addresses.Select(Family).Distinct(StringComparer.Ordinal))
        {
            var hops = Enumerable.Range(0, spec.Hops).Select(n => FirstHop - (4 * n)).ToList();
            for (var n = spec.Hops - 1; n > 0; n--)
            {
                yield return $"{family} dscp {hops[n - 1]} meta mark set 0x{spec.Mark:x} {family} dscp set {hops[n]} return";
            }

            yield return $"{family} dscp != {Set(hops.Select(h => h.ToString()))} meta mark set 0x{spec.Mark:x} {family} dscp set {hops[0]}";
        }
    }

    // One match per address family that both sides have; without addresses one match for both families.
    private static IEnumerable<string> Matches(ImmutableArray<string> sources, ImmutableArray<string> destinations)
    {
        if (sources.IsEmpty && destinations.IsEmpty)
        {
            return [""];
        }

        return new[] { "ip", "ip6" }
            .Where(f => (sources.IsEmpty || sources.Any(s => Family(s) == f)) && (destinations.IsEmpty || destinations.Any(d => Family(d) == f)))
            .Select(f => Side(f, "saddr", sources) + Side(f, "daddr", destinations));

        static string Side(string family, string side, ImmutableArray<string> addresses)
            => addresses.IsEmpty ? "" : $"{family} {side} {Set(addresses.Where(a => Family(a) == family))} ";
    }

    private static IEnumerable<(List<string> Addresses, int Port)> Servers(FirewallSpec spec)
        => spec.UntrackedServers.GroupBy(s => (s.Port, Family: Family(s.Address)))
            .Select(g => (g.Select(s => s.Address).Distinct(StringComparer.Ordinal).ToList(), g.Key.Port));

    private static string Family(string address) => Cidr.IsIpv6Network(address) ? "ip6" : "ip";

    private static string Set(IEnumerable<string> elements)
    {
        var list = elements.Distinct(StringComparer.Ordinal).ToList();
        return list.Count == 1 ? list[0] : $"{{ {string.Join(", ", list)} }}";
    }

    private const string UnitFile = $"""
        [Unit]
        Description=AppStack firewall
        DefaultDependencies=no
        Wants=network-pre.target
        Before=network-pre.target shutdown.target
        Conflicts=shutdown.target

        [Service]
        Type=oneshot
        RemainAfterExit=yes
        ExecStart=/usr/sbin/nft -f {Path}
        ExecReload=/usr/sbin/nft -f {Path}
        ExecStop=/usr/sbin/nft delete table inet appstack

        [Install]
        WantedBy=sysinit.target

        """;
}
