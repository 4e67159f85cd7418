using AppStack.Lab.Tests.Machines;
using AppStack.Lab.Tests.Platform;

namespace AppStack.Lab.Tests.Kubernetes;

/// <summary>What is promised of Kubernetes clusters, on a real one. Times are not asserted, as tests share the machine: they are the figures of the drills.</summary>
[Collection(KubernetesPlatform.Name)]
[TestCaseOrderer("AppStack.Lab.Tests.Platform.ByOrder", "AppStack.Lab.Tests")]
public sealed class KubernetesTests(KubernetesPlatform platform)
{
    private const string Worker = "role: worker,        seq: 2, site: here, rack: r3, addresses: [10.84.0.53]";

    [RootFact, Order(1)]
    public async Task A_fresh_platform_is_whole_and_has_nothing_to_change()
    {
        await platform.WholeAsync();
        Assert.Empty((await platform.UpAsync()).EnsureSuccess().ChangedResources());
    }

    [RootTheory, Order(2)]
    [InlineData("worker-drain")]
    [InlineData("rolling-update")]
    public async Task Maintenance_is_served_through_and_leaves_the_cluster_whole(string scenario)
    {
        var result = await platform.Command.RunAsync("drill", platform.Descriptor, scenario, "--json", "--rate", "50");

        var report = result.DrillReport();
        Assert.Equal(scenario, report.GetProperty("scenario").GetString());
        Assert.True(report.GetProperty("requests").GetInt32() > 100, result.Output);
        Assert.True(report.GetProperty("failed").GetInt32() == 0, result.Output);
        await platform.WholeAsync();
    }

    [RootFact, Order(2), Trait("Category", "Long")]
    public Task The_ingress_is_replaced_and_nobody_notices() => Maintenance_is_served_through_and_leaves_the_cluster_whole("ingress-rollout");

    [RootTheory, Order(3)]
    [InlineData("worker-loss")]
    [InlineData("etcd-restore")]
    public async Task A_cluster_recovers_by_itself(string scenario)
    {
        var result = await platform.Command.RunAsync("drill", platform.Descriptor, scenario, "--json", "--rate", "50");

        var report = result.DrillReport();
        Assert.Equal(scenario, report.GetProperty("scenario").GetString());
        Assert.True(report.GetProperty("failed").GetInt32() < report.GetProperty("requests").GetInt32() / 20, result.Output);
        await platform.WholeAsync();
    }

    [RootFact, Order(5)]
    public async Task A_worker_comes_and_goes_while_requests_go_on_and_others_only_learn_its_name()
    {
        await platform.WholeAsync();
        await using var requests = new SteadyRequests(new("http://10.84.100.1/"));
        platform.Change(Worker, Worker + " }\n  - { cluster: gov,    role: worker,        seq: 3, site: here, rack: r1, addresses: [10.84.0.54]");
        var came = (await platform.UpAsync()).EnsureSuccess().ChangedResources();
        await platform.WholeAsync();

        platform.Restore();
        (await platform.UpAsync()).EnsureSuccess();
        await requests.StopAsync();

        // The others: a route and a name on nodes, a server in the load balancers' list, room for one more pod of the ingress, one more to watch. No programs, no joining, no kubelet.
        string[] lists = ["edge-edge-lb-1-bundle", "edge-edge-lb-2-bundle", "gov-cp-1-metrics-bundle", "gov-gov-cp-1", "gov-gov-worker-1", "gov-gov-worker-2", "gov-rules-ingress-quota", "watch-monitor-1-bundle"];
        Assert.Equal(lists, came.Keys.Where(name => !name.Contains("gov-worker-3", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.True(requests.Answered > 100);
        Assert.Empty(requests.Failures);
        await platform.WholeAsync();
    }

    [RootFact, Order(4)]
    public async Task A_label_and_a_taint_come_and_go_on_a_node_that_has_joined()
    {
        platform.Change(Worker, Worker + ", pool: web, taints: [\"dedicated=web:PreferNoSchedule\"]");
        (await platform.UpAsync()).EnsureSuccess();
        Assert.Equal("web dedicated", await NodeAsync());

        platform.Restore();
        (await platform.UpAsync()).EnsureSuccess();
        Assert.Equal("", await NodeAsync());

        Task<string> NodeAsync() => platform.OnNodeAsync(
            "gov-cp-1",
            "/opt/appstack/kubernetes/bin/kubectl --kubeconfig /etc/kubernetes/admin.conf get node gov-worker-2 -o 'jsonpath={.metadata.labels.appstack\\.dev/pool} {.spec.taints[*].key}'");
    }
}
