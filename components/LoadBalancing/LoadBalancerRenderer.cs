using System.Collections.Immutable;
using AppStack.Components.LoadBalancing.Bird;
using AppStack.Components.LoadBalancing.HAProxy;
using AppStack.Components.Nodes.Bundles;
using AppStack.Components.Nodes.Firewall;

namespace AppStack.Components.LoadBalancing;

/// <summary>Renders what one load balancer of a group gets on its node.</summary>
public static class LoadBalancerRenderer
{
    /// <summary>Name of the role on the node.</summary>
    public const string Role = "load-balancer";

    /// <summary>The node's tool and agent: <c>appstack-lb drain|undrain|status|gate</c>.</summary>
    public const string ToolPath = "/usr/local/sbin/appstack-lb";

    private const string Agent = "appstack-lb-agent.service";
    private const string VipUnit = "appstack-vip.service";
    private const string HAProxyUnit = "haproxy.service";
    private const string BirdUnit = "bird.service";

    // A deployment must not lift an operator's drain, so it drains in its own name.
    private const string Owner = "--owner bundle";

    // BGP after a restart of BIRD: connect delay and retry plus the agent's rise; generous on a loaded machine.
    private static readonly TimeSpan GateTimeout = TimeSpan.FromSeconds(20);

    /// <summary>The bundle of one node.</summary>
    /// <param name="group">The group; must be valid.</param>
    /// <param name="node">The node; one of the group's.</param>
    /// <returns>The bundle.</returns>
    public static Bundle Bundle(LoadBalancerGroupSpec group, LoadBalancerNodeSpec node)
    {
        ArgumentNullException.ThrowIfNull(group);
        ArgumentNullException.ThrowIfNull(node);
        var drain = (int)group.DrainTimeout.TotalSeconds;
        var bundle = new Bundle
        {
            Role = Role,
            Packages = [new("bird2"), new("haproxy")],
            Sysctls = Sysctls(group, node),
            Files =
            [
                new() { Path = "/etc/modules-load.d/appstack-load-balancer.conf", Content = "nf_conntrack\n" },
                new() { Path = VipScriptRenderer.Path, Content = VipScriptRenderer.Render(group, node), Mode = "0755", Group = "vip" },
                new() { Path = $"/etc/systemd/system/{VipUnit}", Content = VipUnitFile },
                new() { Path = HAProxyRenderer.Path, Content = HAProxyRenderer.Render(group, node), Group = "haproxy" },
                new() { Path = $"/etc/systemd/system/{HAProxyUnit}.d/appstack.conf", Content = HAProxyDropIn },
                new() { Path = BirdRenderer.Path, Content = BirdRenderer.LoadBalancer(group, node), Group = "bird" },
                new() { Path = ToolPath, Content = NodeScripts.Read("appstack-lb.pl", "LoadBalancing.Scripts"), Mode = "0755", Group = "agent" },
                new() { Path = "/etc/appstack/lb.conf", Content = Settings(group, node), Group = "agent" },
                new() { Path = $"/etc/systemd/system/{Agent}", Content = AgentUnitFile, Group = "agent" },
            ],
            FileGroups =
            [
                new() { Name = "vip", Check = $"sh -n {{{VipScriptRenderer.Path}}}", Activation = BundleActivation.Reload(VipUnit), Disruptive = true },
                new()
                {
                    Name = "haproxy",
                    // Not -q, which silences what is wrong as well.
                    Check = $"haproxy -c -f {{{HAProxyRenderer.Path}}}",

                    // The tool is missing only when a first deployment is undone.
                    Activation = BundleActivation.Run($"if [ -x {ToolPath} ]; then exec {ToolPath} reload; else exec systemctl reload {HAProxyUnit}; fi"),
                },

                // Reconfiguring BIRD returns the VIP protocols to their initial state, which is disabled.
                new() { Name = "bird", Check = $"bird -p -c {{{BirdRenderer.Path}}}", Activation = BundleActivation.Reload(BirdUnit), Disruptive = true },
                new() { Name = "agent", Check = $"perl -c {{{ToolPath}}}", Activation = BundleActivation.Restart(Agent) },
            ],
            Units = [new(VipUnit), new(HAProxyUnit), new(BirdUnit), new(Agent)],
            Drain = new($"{ToolPath} drain {Owner} --timeout {drain}", group.DrainTimeout + TimeSpan.FromSeconds(10)),
            Undrain = new($"{ToolPath} undrain {Owner}", TimeSpan.FromSeconds(10)),
            HealthGate = new($"{ToolPath} gate --timeout {GateTimeout.TotalSeconds:0}", GateTimeout + TimeSpan.FromSeconds(5)),
        };
        return FirewallRenderer.AddTo(Firewall(group, node), bundle);
    }

    /// <summary>The firewall of one node.</summary>
    /// <param name="group">The group.</param>
    /// <param name="node">The node.</param>
    /// <returns>What may come in: SSH, BGP and BFD from the routers, the services, metrics.</returns>
    public static FirewallSpec Firewall(LoadBalancerGroupSpec group, LoadBalancerNodeSpec node)
    {
        ArgumentNullException.ThrowIfNull(group);
        ArgumentNullException.ThrowIfNull(node);
        var vips = group.Vips.SelectMany(v => v.Ipv6 is null ? [v.Ipv4] : new[] { v.Ipv4, v.Ipv6 }).ToImmutableArray();
        var ports = group.Services.Select(s => s.Port).Distinct().Order().ToImmutableArray();
        var rules = BgpFirewall.Rules(group.Routers, group.Bfd).ToList();
        rules.Add(new() { Purpose = "services", Protocol = "tcp", Ports = ports, Destinations = vips });
        if (!group.Access.MonitoringNetworks.IsEmpty)
        {
            rules.Add(new() { Purpose = "metrics", Protocol = "tcp", Ports = [group.HAProxy.MetricsPort], Sources = group.Access.MonitoringNetworks });
        }

        return new()
        {
            Role = Role,
            Access = group.Access,
            Rules = [.. rules],
            UntrackedServers = [.. group.Pools.SelectMany(p => p.Members.Select(m => (m.Address, p.Port)))],
            SecondChance = VipScriptRenderer.Next(group, node) is null
                ? null
                : new() { Addresses = vips, Ports = ports, Hops = group.Nodes.Length - 1, Mark = VipScriptRenderer.Mark },
        };
    }

    private static ImmutableSortedDictionary<string, string> Sysctls(LoadBalancerGroupSpec group, LoadBalancerNodeSpec node)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            // Connections to few servers use up local ports; those in TIME_WAIT may be used again (RFC 6191).
            ["net.ipv4.ip_local_port_range"] = "10240 65023",
            ["net.ipv4.tcp_tw_reuse"] = "1",

            // Ended connections of clients keep their place for so long: with the kernel's 120 s its 262,144 places are full at 2,200 new ones a second.
            ["net.netfilter.nf_conntrack_tcp_timeout_time_wait"] = "30",
        };
        if (VipScriptRenderer.Next(group, node) is not null)
        {
            settings["net.ipv4.ip_forward"] = "1";
            settings["net.ipv6.conf.all.forwarding"] = "1";
            settings["net.ipv4.conf.all.send_redirects"] = "0";
            settings[$"net.ipv4.conf.{node.Interface}.send_redirects"] = "0";

            // A packet in the middle of an unknown connection must not look like a new one...
            settings["net.netfilter.nf_conntrack_tcp_loose"] = "0";

            // ...and must not be matched to a socket before routing has seen its mark.
            settings["net.ipv4.tcp_early_demux"] = "0";
        }

        return settings.ToImmutableSortedDictionary(StringComparer.Ordinal);
    }

    private static string Settings(LoadBalancerGroupSpec group, LoadBalancerNodeSpec node)
    {
        var families = BirdRenderer.VipFamilies(group).ToList();
        return $"""
            # Settings of appstack-lb, written by AppStack: changes are overwritten. Times in seconds.
            announce = {string.Join(' ', families.Select(f => $"vip{f}"))}
            retreat = {string.Join(' ', families.Select(f => $"retreat{f}"))}
            sessions = {string.Join(' ', BirdRenderer.Sessions(group, node).Select(s => s.Name))}
            pools = {string.Join(' ', group.Services.Select(s => s.Pool).Distinct(StringComparer.Ordinal))}
            services = {string.Join(' ', group.Services.Select(s => s.Name))}
            bird-socket = /run/bird/bird.ctl
            haproxy-socket = {HAProxyRenderer.Socket}
            interval = 0.2
            check-timeout = 0.25
            fall = 2
            rise = 3
            drain-grace = 1

            """;
    }

    private const string VipUnitFile = $"""
        [Unit]
        Description=AppStack VIPs
        After=network.target appstack-firewall.service
        Before={HAProxyUnit} {BirdUnit}

        [Service]
        Type=oneshot
        RemainAfterExit=yes
        ExecStart={VipScriptRenderer.Path} up
        ExecReload={VipScriptRenderer.Path} up
        ExecStop={VipScriptRenderer.Path} down

        [Install]
        WantedBy=multi-user.target

        """;

    // When HAProxy ends for whatever reason the VIPs go at once; the agent would need two checks to notice.
    private const string HAProxyDropIn = $"""
        [Unit]
        Wants={VipUnit}
        After={VipUnit}
        StartLimitIntervalSec=0

        [Service]
        ExecStopPost=-{ToolPath} withdraw
        Restart=always
        RestartSec=100ms

        """;

    // The agent may be restarted without effect on what is announced; HAProxy's own end withdraws without it.
    private const string AgentUnitFile = $"""
        [Unit]
        Description=AppStack load balancer agent: announces the VIPs while HAProxy is healthy
        After={BirdUnit} {HAProxyUnit}
        StartLimitIntervalSec=0

        [Service]
        Type=notify
        ExecStart={ToolPath} agent
        WatchdogSec=5s
        Restart=always
        RestartSec=100ms

        [Install]
        WantedBy=multi-user.target

        """;
}
