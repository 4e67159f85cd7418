using System.Collections.Immutable;
using System.Globalization;
using AppStack.Components.Kubernetes.Waf;

namespace AppStack.Components.Kubernetes.Ingress.DebianNginx;

/// <summary>
/// Renders what of nginx' configuration is the same for all routes. The agent puts the routes into it: <c>@GENERATION@</c> is the folder of one
/// complete configuration, <c>@LEVEL@</c> the paranoia level of the rules, <c>@PATIENCE@</c> the seconds that requests of the configuration before have to end.
/// </summary>
public static class NginxFrameRenderer
{
    /// <summary>Where the files are in the pod.</summary>
    internal const string Folder = "/etc/ingress";

    /// <summary>Where the ingress' own certificate is.</summary>
    internal const string TlsFolder = "/etc/ingress-tls";

    /// <summary>The pipe of the access log; the agent counts what comes and passes it on to the pod's log.</summary>
    internal const string AccessLog = "/run/ingress/access.log";

    /// <summary>The pipe of the firewall's events.</summary>
    private const string AuditLog = "/run/ingress/audit.log";

    /// <summary>The format of requests to nobody.</summary>
    private const string Nobody = "nobody";

    /// <summary>The files by name.</summary>
    /// <param name="spec">The ingress.</param>
    public static ImmutableSortedDictionary<string, string> Render(IngressSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, [
            KeyValuePair.Create("nginx.conf", Frame(spec)),
            KeyValuePair.Create("server.conf", $"listen {NginxPorts.Http} proxy_protocol;\n"),
            KeyValuePair.Create("tls-server.conf", $"listen {NginxPorts.Https} ssl http2 proxy_protocol;\n"),
            KeyValuePair.Create("default-server.conf", DefaultServer),
            KeyValuePair.Create("nobody.conf", NobodysPaths),
            KeyValuePair.Create("engine.conf", Engine),
        ]);
    }

    /// <summary>A log format: one JSON object a line. The agent reads <c>service</c>, <c>status</c> and <c>seconds</c>.</summary>
    internal static string LogFormat(string name, string service, string team) => $$"""
        log_format {{name}} escape=json '{"kind":"request","service":"{{service}}","team":"{{team}}","request":"$request_id","time":"$time_iso8601","client":"$remote_addr",'
            '"balancer":"$realip_remote_addr","method":"$request_method","host":"$host","path":"$uri","protocol":"$server_protocol","tls":"$ssl_protocol","status":$status,'
            '"bytes":$body_bytes_sent,"seconds":$request_time,"upstream":"$upstream_addr","upstreamSeconds":"$upstream_response_time","agent":"$http_user_agent"}';

        """;

    // Who asks for a name or a path that no route has: the load balancers' checks, and whoever tries addresses.
    private static string DefaultServer => $$"""
        listen {{NginxPorts.Http}} default_server proxy_protocol backlog=4096;
        listen {{NginxPorts.Https}} ssl http2 default_server proxy_protocol backlog=4096;
        server_name _;
        ssl_certificate {{TlsFolder}}/tls.crt;
        ssl_certificate_key {{TlsFolder}}/tls.key;
        location = /health {
            access_log off;
            default_type text/plain;
            return 200 "ok\n";
        }

        """;

    private static string NobodysPaths => $$"""
        location / {
            access_log {{AccessLog}} {{Nobody}};
            default_type text/plain;
            return 404 "No service has this address.\n";
        }

        """;

    // The agent chooses the rules: those up to the highest paranoia level that a route needs, read once for all.
    private static string Engine => WafEngineRenderer.Engine(new() { AuditLog = AuditLog }, "crs-@LEVEL@.conf");

    private static string Frame(IngressSpec spec)
    {
        var workers = spec.Workers?.ToString(CultureInfo.InvariantCulture) ?? "auto";
        var trusted = string.Concat(spec.LoadBalancerNetworks.Select(network => $"    set_real_ip_from {network};\n"));
        return $$"""
            # Written by AppStack: changes are overwritten.
            load_module modules/ngx_http_modsecurity_module.so;
            pid /run/ingress/nginx.pid;
            error_log /dev/stderr warn;
            worker_processes {{workers}};
            worker_shutdown_timeout @PATIENCE@s;
            pcre_jit on;
            events { worker_connections 8192; }
            http {
                access_log off;
                server_tokens off;
                default_type application/octet-stream;
                tcp_nopush on;
                keepalive_timeout 65s;
                # With HTTP/2 also how many streams a client may open and give up before it has to come anew (CVE-2023-44487).
                keepalive_requests 1000;
                client_header_timeout 10s;
                large_client_header_buffers 4 16k;
                reset_timedout_connection on;
                http2_max_concurrent_streams 64;
                server_names_hash_bucket_size 256;
                client_body_temp_path /tmp/body;
                proxy_temp_path /tmp/proxy;
                fastcgi_temp_path /tmp/fastcgi;
                uwsgi_temp_path /tmp/uwsgi;
                scgi_temp_path /tmp/scgi;

                # Only load balancers are believed who asks, and only by the PROXY protocol: what a client says of itself is overwritten.
            {{trusted}}    real_ip_header proxy_protocol;
                proxy_http_version 1.1;
                proxy_set_header Connection "";
                proxy_set_header Host $host;
                proxy_set_header X-Request-ID $request_id;
                proxy_set_header X-Real-IP $remote_addr;
                proxy_set_header X-Forwarded-For $remote_addr;
                proxy_set_header X-Forwarded-Proto $scheme;
                proxy_set_header X-Forwarded-Host $host;
                proxy_set_header X-Forwarded-Port "";
                proxy_set_header Forwarded "";

                # Answers carry the ingress' own once, also when the service sends what it was told.
                proxy_hide_header X-Request-ID;
                proxy_hide_header X-Load-Balancer;
                add_header X-Request-ID $request_id always;
                add_header X-Load-Balancer $realip_remote_addr always;

                # A pod that is not reached, and only then: a request that a service may have seen is not sent twice unless it is safe (GET, PUT ...).
                proxy_next_upstream error timeout;
                proxy_next_upstream_timeout 3s;
                proxy_connect_timeout 200ms;

                ssl_protocols TLSv1.2 TLSv1.3;
                ssl_ciphers ECDHE+AESGCM:ECDHE+CHACHA20;
                ssl_session_cache shared:tls:10m;
                ssl_session_timeout 1h;
                ssl_session_tickets off;

            {{Indented(LogFormat(Nobody, "", ""))}}    modsecurity off;
                modsecurity_rules_file @GENERATION@/engine.conf;
                modsecurity_transaction_id $request_id;
                limit_req_status 429;

                server {
                    listen 127.0.0.1:{{NginxPorts.Local}};
                    location = /status { stub_status; }
                    include @GENERATION@/local.conf;
                }
                include @GENERATION@/http.conf;
                include @GENERATION@/servers.conf;
            }

            """;
    }

    private static string Indented(string text) => string.Concat(text.TrimEnd('\n').Split('\n').Select(line => line.Length == 0 ? "\n" : $"    {line}\n"));
}
