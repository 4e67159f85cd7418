using AppStack.Components.Monitoring;
using AppStack.Components.Nodes.Bundles;
using AppStack.Components.Nodes.Firewall;
using AppStack.Testing;

namespace AppStack.Components.Tests.Monitoring;

public sealed class MonitoringServerTests
{
    [Fact]
    public void Configuration_of_Prometheus() => Snapshot.Verify(PrometheusRenderer.Configuration(MonitoringExamples.Server), "yaml");

    [Fact]
    public void Configuration_of_Alertmanager() => Snapshot.Verify(AlertmanagerRenderer.Configuration(MonitoringExamples.Server), "yaml");

    [Fact]
    public void Configuration_of_an_Alertmanager_that_tells_nobody() => Snapshot.Verify(AlertmanagerRenderer.Configuration(MonitoringExamples.Alone), "yaml");

    [Fact]
    public void Firewall() => Snapshot.Verify(FirewallRenderer.Render(MonitoringServerRenderer.Firewall(MonitoringExamples.Server)), "nft");

    [Fact]
    public void Bundle_without_the_contents_that_have_golden_files_of_their_own()
    {
        var bundle = MonitoringServerRenderer.Bundle(MonitoringExamples.Server, MonitoringExamples.Identity);

        Snapshot.Verify(BundleRenderer.Document(bundle with
        {
            Files = [.. bundle.Files.Select(file => file.Group?.EndsWith("-start", StringComparison.Ordinal) == true ? file : file with { Content = "(golden file of its own)\n" })],
        }));
    }

    [Fact]
    public void One_server_alone_speaks_to_no_others()
    {
        Assert.Contains("--cluster.listen-address=", AlertmanagerRenderer.Arguments(MonitoringExamples.Alone), StringComparison.Ordinal);
        Assert.DoesNotContain("--cluster.peer", AlertmanagerRenderer.Arguments(MonitoringExamples.Alone), StringComparison.Ordinal);
        Assert.DoesNotContain(MonitoringServerRenderer.Firewall(MonitoringExamples.Alone).Rules, rule => rule.Ports.Contains(MonitoringServerSpec.GossipPort));
        Assert.Contains("--cluster.peer=10.1.0.72:9094", AlertmanagerRenderer.Arguments(MonitoringExamples.Server), StringComparison.Ordinal);
    }

    [Fact]
    public void The_examples_have_no_problems() =>
        Assert.All([MonitoringExamples.Server, MonitoringExamples.Alone], spec => Assert.Empty(MonitoringServerValidator.Validate(spec)));

    [Fact]
    public void Everything_wrong_is_listed_at_once()
    {
        var spec = MonitoringExamples.Server with
        {
            Name = "Watch",
            Address = "here",
            Interval = TimeSpan.FromMilliseconds(10),
            Retention = TimeSpan.Zero,
            Targets = [.. MonitoringExamples.Server.Targets, MonitoringExamples.Server.Targets[0]],
            Receivers =
            [
                new() { Name = "nobody", Severities = [] },
                new() { Name = "hook", Webhook = new("https://user:secret@example.org/"), Severities = [AlertSeverity.Critical] },
                new() { Name = "hook", Webhook = new("ftp://example.org/"), Email = "no address", Severities = [AlertSeverity.Critical] },
            ],
            Mail = new("not a host", 0, "nobody"),
        };

        Snapshot.Verify(string.Join('\n', MonitoringServerValidator.Validate(spec)) + "\n");
    }

    [Fact]
    public void Mail_needs_a_relay() =>
        Assert.All(MonitoringServerValidator.Validate(MonitoringExamples.Server with { Mail = null }), problem => Assert.Contains("relay", problem.Message, StringComparison.Ordinal));

    [PrometheusFact]
    public void The_checks_of_the_bundle_accept_it()
    {
        using var tool = new Tool();
        foreach (var spec in new[] { MonitoringExamples.Server, MonitoringExamples.Alone })
        {
            var bundle = MonitoringServerRenderer.Bundle(spec, MonitoringExamples.Identity);
            foreach (var group in bundle.FileGroups.Where(group => group.Check?.Contains("tool ", StringComparison.Ordinal) == true))
            {
                tool.Run(bundle.Files.Aggregate(group.Check!, (command, file) => command.Replace($"{{{file.Path}}}", tool.Write(file.Path.TrimStart('/'), file.Content), StringComparison.Ordinal)));
            }
        }
    }
}
