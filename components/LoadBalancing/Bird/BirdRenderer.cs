using System.Globalization;
using System.Text;

namespace AppStack.Components.LoadBalancing.Bird;

/// <summary>Renders BIRD 2 configuration for routers and load balancers.</summary>
public static class BirdRenderer
{
    /// <summary>Where Debian's BIRD reads its configuration.</summary>
    public const string Path = "/etc/bird/bird.conf";

    /// <summary>The well-known community GRACEFUL_SHUTDOWN (RFC 8326).</summary>
    private const string GracefulShutdown = "(65535, 0)";

    /// <summary>The router: accepts host routes inside the VIP prefixes and installs all equally good next hops.</summary>
    /// <param name="spec">The router.</param>
    /// <returns>The file's content.</returns>
    public static string Router(BgpRouterSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var text = Head($"router {spec.Name}", spec.Ipv4, spec.Interface, spec.Bfd);
        foreach (var family in Families(spec.Ipv6))
        {
            var prefixes = spec.VipPrefixes.Where(p => p.Contains(':', StringComparison.Ordinal) == (family == 6)).ToList();
            var length = family == 4 ? 32 : 128;
            var set = string.Join(", ", prefixes.Select(p => $"{p}{{{length},{length}}}"));
            text.Append(CultureInfo.InvariantCulture, $$"""

                protocol kernel kernel{{family}} {
                    merge paths yes limit {{spec.MaximumPaths}};
                    ipv{{family}} { import none; export where source = RTS_BGP; };
                }

                filter accept{{family}} {
                    {{(prefixes.Count == 0 ? "reject;" : $"if net !~ [ {set} ] then reject;")}}
                    if {{GracefulShutdown}} ~ bgp_community then bgp_local_pref = 0;
                    accept;
                }

                """);
        }

        foreach (var session in BirdSession.Of(spec.Ipv4, spec.Ipv6, spec.Neighbors))
        {
            Session(text, session, spec.Asn, spec.Timers, spec.Bfd, $"import filter accept{session.Family}; export none;");
        }

        return text.ToString();
    }

    /// <summary>
    /// A load balancer. The VIPs are static protocols that start disabled: the agent announces them (<c>vip4</c>, <c>vip6</c>)
    /// once HAProxy is healthy, or takes the other pair (<c>retreat4</c>, <c>retreat6</c>), which carries GRACEFUL_SHUTDOWN, to drain.
    /// </summary>
    /// <param name="group">The group.</param>
    /// <param name="node">The node.</param>
    /// <returns>The file's content.</returns>
    public static string LoadBalancer(LoadBalancerGroupSpec group, LoadBalancerNodeSpec node)
    {
        ArgumentNullException.ThrowIfNull(group);
        ArgumentNullException.ThrowIfNull(node);
        var text = Head($"load balancer {node.Name} of group {group.Name}", node.Ipv4, node.Interface, group.Bfd);
        foreach (var family in VipFamilies(group))
        {
            var routes = string.Concat(group.Vips
                .Select(v => family == 4 ? $"{v.Ipv4}/32" : v.Ipv6 is null ? null : $"{v.Ipv6}/128")
                .Where(p => p is not null)
                .Select(p => $"    route {p} via \"lo\";\n"));
            text.Append(CultureInfo.InvariantCulture, $$"""

                protocol static vip{{family}} {
                    disabled;
                    ipv{{family}} { preference 200; };
                {{routes}}}

                protocol static retreat{{family}} {
                    disabled;
                    ipv{{family}} { preference 100; };
                {{routes}}}

                filter announce{{family}} {
                    if proto = "vip{{family}}" then accept;
                    if proto = "retreat{{family}}" then {
                        bgp_community.add({{GracefulShutdown}});
                        accept;
                    }
                    reject;
                }

                """);
        }

        foreach (var session in Sessions(group, node))
        {
            Session(text, session, group.Asn, group.Timers, group.Bfd, $"import none; export filter announce{session.Family}; next hop self;");
        }

        return text.ToString();
    }

    /// <summary>A load balancer's sessions: IPv6 ones only when there is an IPv6 VIP to announce.</summary>
    /// <param name="group">The group.</param>
    /// <param name="node">The node.</param>
    /// <returns>The sessions.</returns>
    public static IEnumerable<BirdSession> Sessions(LoadBalancerGroupSpec group, LoadBalancerNodeSpec node)
        => BirdSession.Of(node.Ipv4, node.Ipv6, group.Routers).Where(s => VipFamilies(group).Contains(s.Family));

    /// <summary>Address families of the group's VIPs.</summary>
    /// <param name="group">The group.</param>
    /// <returns>4, and 6 when any VIP has an IPv6 address.</returns>
    public static IEnumerable<int> VipFamilies(LoadBalancerGroupSpec group) => Families(group.Vips.Any(v => v.Ipv6 is not null) ? "" : null);

    private static IEnumerable<int> Families(string? ipv6) => ipv6 is null ? [4] : [4, 6];

    private static StringBuilder Head(string what, string routerId, string linkInterface, BfdSpec bfd)
    {
        var text = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $$"""
            # BIRD of {{what}}, written by AppStack: changes are overwritten.
            log syslog { info, remote, warning, error, auth, fatal, bug };
            router id {{routerId}};

            protocol device { scan time 10; }

            """));
        if (bfd.Enabled)
        {
            var interval = Milliseconds(bfd.Interval);
            text.Append(CultureInfo.InvariantCulture, $$"""

                protocol bfd {
                    interface "{{linkInterface}}" {
                        min rx interval {{interval}} ms;
                        min tx interval {{interval}} ms;
                        idle tx interval 300 ms;
                        multiplier {{bfd.Multiplier}};
                    };
                }

                """);
        }

        return text;
    }

    private static void Session(StringBuilder text, BirdSession session, long asn, BgpTimersSpec timers, BfdSpec bfd, string channel)
        => text.Append(CultureInfo.InvariantCulture, $$"""

            protocol bgp {{session.Name}} {
                local {{session.Local}} as {{asn}};
                neighbor {{session.Remote}} as {{session.RemoteAsn}};
                bfd {{(bfd.Enabled ? "on" : "off")}};
                hold time {{Seconds(timers.HoldTime)}};
                keepalive time {{Seconds(timers.KeepaliveTime)}};
                connect delay time 1;
                connect retry time {{Seconds(timers.ConnectRetryTime)}};
                error wait time 1, 2;
                ipv{{session.Family}} { {{channel}} };
            }

            """);

    private static long Seconds(TimeSpan time) => (long)Math.Ceiling(time.TotalSeconds);

    private static long Milliseconds(TimeSpan time) => (long)Math.Round(time.TotalMilliseconds);
}
