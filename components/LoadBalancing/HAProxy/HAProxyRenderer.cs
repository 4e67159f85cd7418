using System.Globalization;
using System.Text;
using AppStack.Components.Nodes;

namespace AppStack.Components.LoadBalancing.HAProxy;

/// <summary>Renders the configuration of HAProxy in TCP mode.</summary>
public static class HAProxyRenderer
{
    /// <summary>Where Debian's HAProxy reads its configuration.</summary>
    public const string Path = "/etc/haproxy/haproxy.cfg";

    /// <summary>The runtime API socket.</summary>
    public const string Socket = "/run/haproxy/admin.sock";

    /// <summary>How long a server may leave data unconfirmed (TCP_USER_TIMEOUT, RFC 5482): ten times what a retransmission takes inside a site.</summary>
    private static readonly TimeSpan DeadAfter = TimeSpan.FromSeconds(2);

    /// <summary>Renders the configuration of one node.</summary>
    /// <param name="group">The group.</param>
    /// <param name="node">The node; only its management address makes a difference.</param>
    /// <returns>The file's content.</returns>
    public static string Render(LoadBalancerGroupSpec group, LoadBalancerNodeSpec node)
    {
        ArgumentNullException.ThrowIfNull(group);
        ArgumentNullException.ThrowIfNull(node);
        var options = group.HAProxy;
        var threads = options.Threads is null ? "" : $"    nbthread {options.Threads}\n";
        var text = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"""
            # HAProxy of the load balancers '{group.Name}', written by AppStack: changes are overwritten.
            global
                log /dev/log local0 notice
                user haproxy
                group haproxy
                chroot /var/lib/haproxy
                # A reloaded process takes over the listening sockets: no connection is refused.
                stats socket {Socket} user root group haproxy mode 660 level admin expose-fd listeners
                stats timeout 10s
                maxconn {options.MaxConnections}
            {threads}    hard-stop-after {Time(options.HardStopAfter)}

            defaults
                mode tcp
                log global
                option dontlognull
                timeout connect {Time(options.ConnectTimeout)}
                timeout client {Time(options.IdleTimeout)}
                timeout server {Time(options.IdleTimeout)}
                timeout client-fin 10s
                timeout server-fin 10s
                # The kernel ends connections with servers that died: idle ones are asked for a sign of life, others end by tcp-ut. Those
                # with servers that are drained or late with their checks go on.
                option srvtcpka
                srvtcpka-idle 5s
                srvtcpka-intvl 1s
                srvtcpka-cnt 3
                # Another server for every retry.
                retries {options.Retries}
                option redispatch 1

            """));
        foreach (var service in group.Services)
        {
            var vip = group.Vips.First(v => v.Name == service.Vip);
            text.Append(CultureInfo.InvariantCulture, $"\nfrontend {service.Name}\n    bind {vip.Ipv4}:{service.Port}\n");
            if (vip.Ipv6 is not null)
            {
                text.Append(CultureInfo.InvariantCulture, $"    bind [{vip.Ipv6}]:{service.Port}\n");
            }

            text.Append(CultureInfo.InvariantCulture, $"    use_backend {LastResort(service.Pool)} if {{ nbsrv({service.Pool}) lt 1 }}\n    default_backend {service.Pool}\n");
        }

        foreach (var pool in group.Pools)
        {
            Pool(text, pool);
        }

        text.Append(CultureInfo.InvariantCulture, $"""

            frontend metrics
                mode http
                bind {Cidr.Bracketed(node.ManagementAddress ?? node.Ipv4)}:{options.MetricsPort}
                timeout client 10s
                timeout http-request 5s
                no log
                http-request use-service prometheus-exporter if {"{ path /metrics }"}
                stats enable
                stats uri /stats
                stats refresh 5s

            """);
        return text.ToString();
    }

    private static void Pool(StringBuilder text, BackendPoolSpec pool)
    {
        var check = pool.Check ?? throw new ArgumentException($"pool '{pool.Name}' has no check", nameof(pool));
        text.Append(CultureInfo.InvariantCulture, $"\nbackend {pool.Name}\n    balance roundrobin\n    timeout check {Time(check.Timeout)}\n");
        if (check.HttpPath is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $"""
                    option httpchk
                    http-check send meth GET uri {check.HttpPath} ver HTTP/1.1 hdr Host health-check.invalid hdr Connection close
                    http-check expect status 200

                """);
        }

        var proxy = pool.ProxyProtocol ? " send-proxy-v2 check-send-proxy" : "";
        text.Append(CultureInfo.InvariantCulture, $"    default-server check inter {Time(check.Interval)} fastinter {Time(check.FastInterval)} downinter {Time(check.Interval)}")
            .Append(CultureInfo.InvariantCulture, $" fall {check.Fall} rise {check.Rise} observe layer4 error-limit 10 on-error mark-down tcp-ut {Time(DeadAfter)}{(check.Tls ? " check-ssl verify none" : "")}{proxy}\n");
        Members();

        // A machine that is busy answers checks late, and then all servers are down at the same moment (seen: 300 ms on all of them). Whoever
        // comes in that moment would be refused; a server that is really dead refuses by itself.
        text.Append(CultureInfo.InvariantCulture, $"\nbackend {LastResort(pool.Name)}\n    balance roundrobin\n    default-server tcp-ut {Time(DeadAfter)}{(pool.ProxyProtocol ? " send-proxy-v2" : "")}\n");
        Members();

        void Members()
        {
            foreach (var member in pool.Members)
            {
                text.Append(CultureInfo.InvariantCulture, $"    server {member.Name} {Cidr.Bracketed(member.Address)}:{pool.Port}\n");
            }
        }
    }

    /// <summary>The backend that is asked when checks say that none of a pool's servers works; its servers are not checked.</summary>
    private static string LastResort(string pool) => $"{pool}-unchecked";

    private static string Time(TimeSpan time) => time.TotalMilliseconds % 1000 == 0
        ? time.TotalSeconds % 60 == 0 ? $"{time.TotalMinutes:0}m" : $"{time.TotalSeconds:0}s"
        : $"{time.TotalMilliseconds:0}ms";
}
