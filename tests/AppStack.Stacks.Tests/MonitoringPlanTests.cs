using AppStack.Components.Monitoring;
using AppStack.Stacks.Environments;
using AppStack.Stacks.Environments.Descriptors;
using AppStack.Testing;

namespace AppStack.Stacks.Tests;

public sealed class MonitoringPlanTests
{
    private static readonly EnvironmentSpec Local = EnvironmentFiles.Find(RepositoryFiles.Of(), "local").Read();
    private static readonly EnvironmentSpec Production = EnvironmentFiles.Find(RepositoryFiles.Of(), "prod.example").Read();

    [Fact]
    public void Targets_of_local() => Snapshot.Verify(
        string.Concat(Assert.Single(MonitoringPlan.Servers(Local)).Targets.Select(target => $"{target.Module,-12} {target.Address,-12} {string.Join(' ', target.Labels.Select(label => $"{label.Key}={label.Value}"))}\n")));

    [Fact]
    public void Of_Production_EachMonitoringNodeWatchesAllAndKnowsTheOther()
    {
        var servers = MonitoringPlan.Servers(Production);

        Assert.Equal(["watch-monitor-1", "watch-monitor-2"], servers.Select(server => server.Name));
        Assert.All(servers, server => Assert.Equal(["10.10.1.71", "10.20.1.71"], server.Servers.ToArray()));
        Assert.Equal(servers[0].Targets, servers[1].Targets);
        Assert.Equal(TimeSpan.FromDays(30), servers[0].Retention);
        Assert.Contains(servers[0].Targets, target => target.Job == "alertmanager" && target.Labels["node"] == "watch-monitor-2");
    }

    [Fact]
    public void WhatIsLookedAt_IsWhatNodesShow()
    {
        foreach (var environment in new[] { Local, Production })
        {
            var shown = MonitoringPlan.Nodes(environment).SelectMany(node => node.Exporters.Where(exporter => exporter.IsTarget).Select(exporter => (exporter.Module, node.Address, exporter.Of ?? node.Name)));

            Assert.Equal(shown, MonitoringPlan.Servers(environment)[0].Targets.Select(target => (target.Module, target.Address, target.Labels["node"])));
        }
    }

    [Fact]
    public void EventsOfTheFirewall_AreCollectedFromEveryWorkerWithAnIngressByEveryMonitoringNode()
    {
        foreach (var environment in new[] { Local, Production })
        {
            Assert.All(MonitoringPlan.Servers(environment), server => Assert.Equal(
                environment.Clusters.SelectMany(cluster => cluster.Workers.Select(node => $"{cluster.Name} {node.Name} {node.MainAddress}")).Order(StringComparer.Ordinal),
                server.Events.Select(source => $"{source.Labels["cluster"]} {source.Labels["node"]} {source.Address}").Order(StringComparer.Ordinal)));
            Assert.DoesNotContain(MonitoringPlan.Servers(environment)[0].Targets, target => target.Job == "wafevents");
        }
    }

    [Fact]
    public void Kubelets_AreAskedByOneControlPlaneOfTheirCluster()
    {
        var targets = MonitoringPlan.Servers(Production)[0].Targets.Where(target => target.Job is "kubelet" or "containers").ToList();

        Assert.Equal(2 * Production.Clusters.Sum(cluster => cluster.ControlPlanes.Length + cluster.Workers.Length), targets.Count);
        Assert.Equal(Production.Clusters.Select(cluster => cluster.ControlPlanes[0].MainAddress.ToString()), targets.Select(target => target.Address).Distinct());
        Assert.Equal("kubelet-gov-worker-1", targets.First(target => target.Labels["node"] == "gov-worker-1").Module);
    }

    [Fact]
    public void WhoHasARole_IsWatched_ButForCitizens() =>
        Assert.Equal(
            Local.Nodes.Where(node => node.Role != NodeRole.Client).Select(node => node.Name),
            MonitoringPlan.Nodes(Local).Select(node => node.Name));

    [Fact]
    public void NodesWithCertificatesOfDatabases_TellWhenTheseEnd()
    {
        foreach (var environment in new[] { Local, Production })
        {
            Assert.Equal(
                environment.Nodes.Where(node => node.Role is NodeRole.Database or NodeRole.Pooler or NodeRole.Backup or NodeRole.Restore).Select(node => node.Name),
                MonitoringPlan.Nodes(environment).Where(node => node.Exporters.Any(exporter => exporter.Kind == ExporterKind.Certificates)).Select(node => node.Name));
        }
    }

    [Fact]
    public void DisksOfEveryNode_AreWatched_ThoseOfBackupsAndRestoresAmongThem() =>
        Assert.All(MonitoringPlan.Nodes(Local), node => Assert.Contains(node.Exporters, exporter => exporter.Kind == ExporterKind.Node));

    [Fact]
    public void Firewalls_OpenForTheAddressesThatMonitoringAsksFrom()
    {
        var plan = PlatformPlan.Of(Local);

        Assert.Equal(["10.87.0.61/32"], plan.Databases[0].Access.MetricsSources.ToArray());
        Assert.Equal(["10.87.0.61/32", "fd8a:51c0:87::61/128"], plan.LoadBalancers[0].Access.MetricsSources.ToArray());
    }

    [Fact]
    public void WithoutMonitoring_NothingIsShownAndNothingIsOpen()
    {
        var environment = Local with { Monitoring = null };
        var plan = PlatformPlan.Of(environment);

        Assert.Empty(plan.Metrics);
        Assert.Empty(plan.Monitoring);
        Assert.Empty(plan.Databases[0].Access.MetricsSources);
        Assert.DoesNotContain(plan.Lab!.Machines.SelectMany(machine => machine.Image.Packages.Except(LabMonitoring)), package => package.Contains("exporter", StringComparison.Ordinal));
    }

    [Fact]
    public void ServersThatFollowAnotherCluster_SaySo()
    {
        var main = Local.Databases[0];
        var environment = Local with { Databases = [main with { Follows = "other" }] };

        var labels = MonitoringPlan.Servers(environment)[0].Targets.Where(target => target.Job == "postgres").Select(target => target.Labels["follows"]);

        Assert.Equal(["other", "other", "other"], labels);
        Assert.DoesNotContain(MonitoringPlan.Servers(Local)[0].Targets, target => target.Labels.ContainsKey("follows"));
    }

    [Fact]
    public void MachinesOfALab_HaveTheExportersOfTheirRoleAlready()
    {
        var pooler = PlatformPlan.Of(Local).Lab!.Machines.Single(machine => machine.Name == "main-pooler-1");

        Assert.Superset(NodeMetricsRenderer.Packages([ExporterKind.Node, ExporterKind.PgBouncer]).ToHashSet(), pooler.Image.Packages.ToHashSet());
    }

    private static readonly string[] LabMonitoring = ["prometheus", "prometheus-alertmanager"];
}
