namespace AppStack.Components.Kubernetes.Welcome;

/// <summary>Renders nginx' configuration of the service.</summary>
public static class WelcomeRenderer
{
    /// <summary>The port in its pods.</summary>
    internal const int Port = 8080;

    /// <summary>The configuration. Not root, and nothing of the root file system can be written to.</summary>
    public static string Render() => $$"""
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
            server {
                listen {{Port}} backlog=4096;
                add_header X-Backend $hostname always;
                location = /health { return 200 "ok\n"; }
                location / { return 200 "{\"backend\":\"$hostname\",\"client\":\"$http_x_forwarded_for\",\"request\":\"$http_x_request_id\"}\n"; }
            }
        }

        """;
}
