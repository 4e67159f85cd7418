namespace AppStack.Components.Monitoring;

/// <summary>Machines.</summary>
internal static class NodesDashboard
{
    private const string Own = "cluster=~\"$cluster\"";

    public static Dashboard Page { get; } = new()
    {
        Name = "nodes",
        Title = "Nodes",
        Description = "Which machines answer, and are any of them short of something?",
        Variables = [new("cluster", "up{job=\"node\"}")],
        Rows =
        [
            new("Now",
            [
                new() { Title = "Answers (1: yes)", Kind = PanelKind.Values, Queries = [new($"up{{job=\"node\", {Own}}}", "{{node}}")] },
                new() { Title = "What is silent on nodes that answer", Kind = PanelKind.Values, Queries = [new($"up{{job!=\"node\", {Own}}} == 0", "{{node}} {{job}}")] },
                new() { Title = "Units that have failed", Kind = PanelKind.Values, Queries = [new($"node_systemd_unit_state{{state=\"failed\", {Own}}} == 1", "{{node}} {{name}}")] },
                new() { Title = "Alerts", Kind = PanelKind.Values, Queries = [new("ALERTS{alertstate=\"firing\", severity!=\"none\"}", "{{alertname}} {{node}}")] },
            ]),
            new("Processors and memory",
            [
                new() { Title = "Processors busy", Unit = PanelUnit.Share, Queries = [new($"1 - avg by (node) (rate(node_cpu_seconds_total{{mode=\"idle\", {Own}}}[1m]))", "{{node}}")] },
                new() { Title = "Load", Queries = [new($"node_load1{{{Own}}}", "{{node}}")] },
                new() { Title = "Memory in use", Unit = PanelUnit.Share, Queries = [new($"1 - node_memory_MemAvailable_bytes{{{Own}}} / node_memory_MemTotal_bytes", "{{node}}")] },
            ]),
            new("Disks",
            [
                new() { Title = "Disks in use", Unit = PanelUnit.Share, Queries = [new($"1 - node_filesystem_avail_bytes{{{Own}}} / node_filesystem_size_bytes", "{{node}} {{mountpoint}}")] },
                new()
                {
                    Title = "Read and written",
                    Unit = PanelUnit.BytesPerSecond,
                    Queries =
                    [
                        new($"sum by (node) (rate(node_disk_read_bytes_total{{{Own}}}[1m]))", "{{node}} read"),
                        new($"sum by (node) (rate(node_disk_written_bytes_total{{{Own}}}[1m]))", "{{node}} written"),
                    ],
                },
                new() { Title = "Disks busy", Unit = PanelUnit.Share, Queries = [new($"max by (node) (rate(node_disk_io_time_seconds_total{{{Own}}}[1m]))", "{{node}}")] },
            ]),
            new("Networks",
            [
                new()
                {
                    Title = "Received and sent",
                    Unit = PanelUnit.BytesPerSecond,
                    Queries =
                    [
                        new($"sum by (node) (rate(node_network_receive_bytes_total{{device!=\"lo\", {Own}}}[1m]))", "{{node}} in"),
                        new($"sum by (node) (rate(node_network_transmit_bytes_total{{device!=\"lo\", {Own}}}[1m]))", "{{node}} out"),
                    ],
                },
                new() { Title = "TCP segments sent again", Unit = PanelUnit.PerSecond, Queries = [new($"rate(node_netstat_Tcp_RetransSegs{{{Own}}}[1m])", "{{node}}")] },
                new() { Title = "TCP connections", Queries = [new($"node_netstat_Tcp_CurrEstab{{{Own}}}", "{{node}}")] },
                new() { Title = "Connections tracked, as a share of those allowed", Unit = PanelUnit.Share, Queries = [new($"node_nf_conntrack_entries{{{Own}}} / node_nf_conntrack_entries_limit", "{{node}}")] },
            ]),
        ],
    };
}
