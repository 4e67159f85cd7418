namespace AppStack.Components.Monitoring;

/// <summary>Routers and load balancers.</summary>
internal static class EdgeDashboard
{
    public static Dashboard Page { get; } = new()
    {
        Name = "edge",
        Title = "Edge",
        Description = "Do citizens reach us, through which load balancer, and do the servers behind it work?",
        Variables = [new("cluster", "haproxy_process_uptime_seconds")],
        Rows =
        [
            new("Now",
            [
                new()
                {
                    Title = "Working servers of each backend",
                    Kind = PanelKind.Values,
                    Queries = [new("min by (proxy) (haproxy_backend_active_servers{cluster=~\"$cluster\"})", "{{proxy}}")],
                },
                new()
                {
                    Title = "BGP sessions that are up",
                    Kind = PanelKind.Values,
                    Queries = [new("sum by (node) (bird_protocol_up{proto=\"BGP\"})", "{{node}}")],
                },
                new()
                {
                    Title = "Connections",
                    Kind = PanelKind.Values,
                    Queries = [new("haproxy_process_current_connections{cluster=~\"$cluster\"}", "{{node}}")],
                },
                new()
                {
                    Title = "Share of the connections that are allowed",
                    Kind = PanelKind.Values,
                    Unit = PanelUnit.Share,
                    Queries = [new("haproxy_process_current_connections{cluster=~\"$cluster\"} / haproxy_process_max_connections", "{{node}}")],
                },
            ]),
            new("Citizens",
            [
                new()
                {
                    Title = "New connections",
                    Kind = PanelKind.Stacked,
                    Unit = PanelUnit.PerSecond,
                    Queries = [new("sum by (node, proxy) (rate(haproxy_frontend_connections_total{cluster=~\"$cluster\", proxy!~\"health|metrics\"}[1m]))", "{{node}} {{proxy}}")],
                },
                new()
                {
                    Title = "Open connections",
                    Kind = PanelKind.Stacked,
                    Queries = [new("sum by (node, proxy) (haproxy_frontend_current_sessions{cluster=~\"$cluster\", proxy!~\"health|metrics\"})", "{{node}} {{proxy}}")],
                },
                new()
                {
                    Title = "From and to citizens",
                    Unit = PanelUnit.BytesPerSecond,
                    Queries =
                    [
                        new("sum by (node) (rate(haproxy_frontend_bytes_in_total{cluster=~\"$cluster\", proxy!~\"health|metrics\"}[1m]))", "{{node}} in"),
                        new("sum by (node) (rate(haproxy_frontend_bytes_out_total{cluster=~\"$cluster\", proxy!~\"health|metrics\"}[1m]))", "{{node}} out"),
                    ],
                },
            ]),
            new("Servers",
            [
                new()
                {
                    Title = "Connections to servers",
                    Kind = PanelKind.Stacked,
                    Unit = PanelUnit.PerSecond,
                    Queries = [new("sum by (proxy, server) (rate(haproxy_server_sessions_total{cluster=~\"$cluster\"}[1m]))", "{{proxy}} {{server}}")],
                },
                new()
                {
                    Title = "Connections that failed",
                    Unit = PanelUnit.PerSecond,
                    Queries = [new("sum by (proxy, server) (rate(haproxy_server_connection_errors_total{cluster=~\"$cluster\"}[1m]))", "{{proxy}} {{server}}")],
                },
                new()
                {
                    Title = "Health checks that failed",
                    Unit = PanelUnit.PerSecond,
                    Queries = [new("sum by (proxy, server) (rate(haproxy_server_check_failures_total{cluster=~\"$cluster\"}[1m]))", "{{proxy}} {{server}}")],
                },
            ]),
            new("Routes",
            [
                new()
                {
                    Title = "BGP sessions (1: up)",
                    Queries = [new("bird_protocol_up{proto=\"BGP\"}", "{{node}} {{name}}")],
                },
                new()
                {
                    Title = "Prefixes that load balancers announce",
                    Queries = [new("sum by (node, ip_version) (bird_protocol_prefix_export_count{proto=\"BGP\", role=\"load-balancer\"})", "{{node}} IPv{{ip_version}}")],
                },
                new()
                {
                    Title = "Prefixes that routers have learned",
                    Queries = [new("sum by (node, ip_version) (bird_protocol_prefix_import_count{proto=\"BGP\", role=\"router\"})", "{{node}} IPv{{ip_version}}")],
                },
            ]),
        ],
    };
}
