using System.Globalization;
using System.Text;

namespace AppStack.Components.LoadBalancing.Nginx;

/// <summary>Renders nginx as a small web backend.</summary>
public static class NginxRenderer
{
    /// <summary>Where Debian's nginx reads its configuration.</summary>
    public const string Path = "/etc/nginx/nginx.conf";

    private const int BenchmarkBytes = 1000;

    /// <summary>Renders the whole configuration.</summary>
    /// <param name="spec">The backend.</param>
    /// <returns>The file's content.</returns>
    public static string Render(WebBackendSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var text = new StringBuilder($$"""
            # nginx of the web backend {{spec.Name}}, written by AppStack: changes are overwritten.
            user www-data;
            worker_processes {{spec.Workers?.ToString(CultureInfo.InvariantCulture) ?? "auto"}};
            pid /run/nginx.pid;
            error_log /var/log/nginx/error.log warn;

            events {
                worker_connections 4096;
            }

            http {
                access_log off;
                server_tokens off;
                default_type text/plain;
                keepalive_timeout 75s;
                # Connections through the load balancers live as long as the citizen's.
                keepalive_requests 1000000;

            """);
        Server(spec.Port, spec.ProxyProtocol);
        if (spec.DirectPort is { } direct)
        {
            Server(direct, proxyProtocol: false);
        }

        return text.Append("}\n").ToString();

        void Server(int port, bool proxyProtocol)
        {
            var option = proxyProtocol ? " proxy_protocol" : "";
            var trusted = proxyProtocol
                ? string.Concat(spec.LoadBalancerNetworks.Select(n => $"        set_real_ip_from {n};\n")) + "        real_ip_header proxy_protocol;\n"
                : "";
            text.Append(CultureInfo.InvariantCulture, $$"""

                    server {
                        listen {{port}}{{option}} backlog=4096;
                        listen [::]:{{port}}{{option}} backlog=4096;
                {{trusted}}        add_header X-Backend {{spec.Name}} always;
                        add_header X-Load-Balancer $realip_remote_addr always;
                        location = /health { return 200 "ok\n"; }
                        location = /bench { return 200 "{{new string('x', BenchmarkBytes - 1)}}\n"; }
                        location / { return 200 "{\"backend\":\"{{spec.Name}}\",\"client\":\"$remote_addr\"}\n"; }
                    }

                """);
        }
    }
}
