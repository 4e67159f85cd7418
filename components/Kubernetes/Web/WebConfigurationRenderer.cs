using System.Globalization;

namespace AppStack.Components.Kubernetes.Web;

/// <summary>Renders nginx' configuration of the web service and of the ingress in front of it.</summary>
public static class WebConfigurationRenderer
{
    /// <summary>The port of both in their pods.</summary>
    internal const int Port = 8080;

    /// <summary>Where kubelet asks the ingress, which may expect the PROXY protocol on its other port.</summary>
    internal const int ProbePort = 8081;

    /// <summary>
    /// How often a request is tried. Until the cluster believes that a node is dead, some attempts go there; each finds another pod by chance. When two of
    /// three pods are dead, twelve attempts miss the third once in 130 times; they take 2.4 s at most.
    /// </summary>
    private const int Attempts = 12;

    /// <summary>The configuration of the service.</summary>
    public static string RenderService() => Frame($$"""
            server {
                listen {{Port}} backlog=4096;
                add_header X-Backend $hostname always;
                location = /health { return 200 "ok\n"; }
                location / { return 200 "{\"backend\":\"$hostname\",\"client\":\"$http_x_forwarded_for\"}\n"; }
            }
        """);

    /// <summary>The configuration of the ingress.</summary>
    /// <param name="spec">The service.</param>
    /// <returns>The file's content.</returns>
    public static string RenderIngress(ClusterWebSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var trusted = spec.ProxyProtocol
            ? string.Concat(spec.LoadBalancerNetworks.Select(network => $"        set_real_ip_from {network};\n")) + "        real_ip_header proxy_protocol;\n"
            : "";
        // The same address many times: nginx tries a server once for a request, and behind this one is another pod each time.
        var attempts = string.Concat(Enumerable.Repeat($"        server {spec.ServiceAddress}:80 max_fails=0;\n", Attempts));
        return Frame(string.Create(CultureInfo.InvariantCulture, $$"""
                upstream service {
            {{attempts}}    }
                server {
                    listen {{Port}}{{(spec.ProxyProtocol ? " proxy_protocol" : "")}} backlog=4096;
            {{trusted}}        add_header X-Load-Balancer $realip_remote_addr always;
                    location = /health { return 200 "ok\n"; }
                    location / {
                        proxy_pass http://service;
                        proxy_connect_timeout 200ms;
                        proxy_next_upstream_timeout 3s;
                        proxy_set_header Host $host;
                        proxy_set_header X-Forwarded-For $remote_addr;
                    }
                }
                server {
                    listen {{ProbePort}};
                    location = /health { return 200 "ok\n"; }
                }
            """));
    }

    // Not root, and nothing of the root file system can be written to.
    private static string Frame(string servers) => $$"""
        # Written by AppStack: changes are overwritten.
        pid /tmp/nginx.pid;
        error_log /dev/stderr warn;
        worker_processes 1;
        events { worker_connections 4096; }
        http {
            access_log off;
            server_tokens off;
            default_type application/json;
            client_body_temp_path /tmp/body;
            proxy_temp_path /tmp/proxy;
            fastcgi_temp_path /tmp/fastcgi;
            uwsgi_temp_path /tmp/uwsgi;
            scgi_temp_path /tmp/scgi;
        {{servers}}
        }

        """;
}
