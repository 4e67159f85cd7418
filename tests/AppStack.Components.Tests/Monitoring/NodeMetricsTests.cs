using System.Security.Cryptography.X509Certificates;
using AppStack.Components.Monitoring;
using AppStack.Components.Nodes.Bundles;
using AppStack.Components.Nodes.Firewall;
using AppStack.Testing;

namespace AppStack.Components.Tests.Monitoring;

public sealed class NodeMetricsTests
{
    [Fact]
    public void Whole_bundle()
    {
        foreach (var spec in new[] { MonitoringExamples.LoadBalancer, MonitoringExamples.Database, MonitoringExamples.Pooler, MonitoringExamples.ControlPlane, MonitoringExamples.Backup, MonitoringExamples.Worker, MonitoringExamples.Monitoring })
        {
            Snapshot.Verify(BundleRenderer.Document(NodeMetricsRenderer.Bundle(spec, MonitoringExamples.Identity)), "txt", spec.Name);
        }
    }

    [Fact]
    public void What_moves_events_has_no_complaint_of_shellcheck() => ShellCheck.AssertClean(WafEvents.Text);

    [Fact]
    public void What_reads_certificates_has_no_complaint_of_shellcheck() => ShellCheck.AssertClean(NodeCertificates.Text);

    [Fact]
    public void Certificates_tell_when_they_end_and_one_that_cannot_be_read_is_no_silence()
    {
        using var tool = new Tool();
        using var authority = new TestAuthority();
        using var issued = X509Certificate2.CreateFromPem(authority.Issue("192.0.2.1").Certificate);
        tool.Write("etc/appstack/pg/tls/server.crt", issued.ExportCertificatePem());
        tool.Write("etc/appstack/pg/tls/server.key", "not to be read");
        var script = tool.Write("tool", NodeCertificates.Text);
        var command = $"APPSTACK_ROOT={tool.Folder} sh {script}";

        Assert.Equal($"{NodeCertificates.Metric}{{file=\"/etc/appstack/pg/tls/server.crt\"}} {new DateTimeOffset(issued.NotAfter).ToUnixTimeSeconds()}\n", tool.Run(command));
        tool.Write("etc/appstack/pg/tls/ca.crt", "not a certificate");
        tool.Run($"! {command}");
    }

    [Fact]
    public void The_key_is_in_one_file_that_nobody_else_can_read()
    {
        var bundle = NodeMetricsRenderer.Bundle(MonitoringExamples.LoadBalancer, MonitoringExamples.Identity);

        var holder = Assert.Single(bundle.Files, file => file.Content.Contains("(private key)", StringComparison.Ordinal));
        Assert.Equal(("0600", "prometheus:prometheus", true), (holder.Mode, holder.Owner, holder.Secret));
    }

    [Fact]
    public void A_firewall_opens_the_door_for_monitoring_nodes_only()
    {
        var open = FirewallRenderer.Render(new() { Role = "any", Access = MonitoringExamples.Access, Rules = [] });
        var shut = FirewallRenderer.Render(new() { Role = "any", Access = MonitoringExamples.Access with { MetricsSources = [] }, Rules = [] });

        Assert.Contains("ip saddr { 10.1.0.71/32, 10.1.0.72/32 } tcp dport 9998 accept comment \"exporters\"", open, StringComparison.Ordinal);
        Assert.DoesNotContain("9998", shut, StringComparison.Ordinal);
    }

    [Fact]
    public void The_examples_have_no_problems() =>
        Assert.All([MonitoringExamples.LoadBalancer, MonitoringExamples.Database, MonitoringExamples.Pooler, MonitoringExamples.ControlPlane, MonitoringExamples.Backup, MonitoringExamples.Worker, MonitoringExamples.Monitoring], spec => Assert.Empty(NodeMetricsValidator.Validate(spec)));

    [Fact]
    public void Everything_wrong_is_listed_at_once()
    {
        var spec = new NodeMetricsSpec
        {
            Name = "Edge",
            Address = "there",
            Exporters = [new(ExporterKind.Node, "10.1.0.21"), new(ExporterKind.Node), new(ExporterKind.HAProxy, "nowhere")],
        };

        Snapshot.Verify(string.Join('\n', NodeMetricsValidator.Validate(spec)) + "\n");
        Assert.Equal("exporters", Assert.Single(NodeMetricsValidator.Validate(MonitoringExamples.LoadBalancer with { Exporters = [] })).Path);
    }
}
