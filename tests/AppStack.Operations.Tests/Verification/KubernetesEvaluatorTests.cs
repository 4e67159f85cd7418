using AppStack.Operations.Verification;
using AppStack.Stacks.Environments.Descriptors;

namespace AppStack.Operations.Tests.Verification;

public sealed class KubernetesEvaluatorTests
{
    private const string ControlPlane = """
        now 1795704844
        joined 1795704593
        component kube-apiserver ok
        component kube-controller-manager ok
        component kube-scheduler ok
        component etcd ok
        member gov-cp-1 started
        node gov-cp-1 True v1.20.2 
        node gov-worker-1 True v1.20.2 
        workload kube-proxy 2 2
        workload cluster-dns 2 2
        object Deployment site web available=2 wanted=2
        object DaemonSet site proxy available=1 wanted=1
        route dilosi-1 live=yes {"service":"dilosi","namespace":"dilosi","hosts":["dilosi.example"],"paths":["/api","/"],"target":"dilosi","port":80,"level":1,"secret":"tls-dilosi"}
        route welcome-1 live=yes {"service":"welcome","namespace":"welcome","hosts":[],"paths":["/"],"target":"welcome","port":80,"level":1}
        authority UEVN
        snapshot 
        certificate /etc/kubernetes/pki/apiserver.crt 1827240572
        certificate /etc/kubernetes/pki/ca.crt 2111064572
        """;

    private static readonly NodeExpectation Node = new()
    {
        Name = "gov-cp-1",
        Role = NodeRole.ControlPlane,
        Kubernetes = new("1.20.2", ["gov-cp-1", "gov-worker-1"], ["gov-cp-1"]),
    };

    [Fact]
    public void A_whole_cluster_passes_every_check()
    {
        var checks = Checks(ControlPlane);

        Assert.Equal(["nodes", "components", "etcd", "system-pods", "route", "route", "workload", "workload", "certificates", "etcd-snapshot"], checks.Select(check => check.Name));
        Assert.All(checks, check => Assert.True(check.Ok, check.Detail));
        Assert.Equal("2, the first ends in 365 days", checks[8].Detail);
    }

    [Fact]
    public void A_worker_is_asked_for_its_certificates_only()
    {
        var worker = Node with { Name = "gov-worker-1", Role = NodeRole.Worker };

        var check = Assert.Single(Checks("now 1795704844\ncertificate /var/lib/kubelet/pki/kubelet-client-current.pem 1827240574", worker));
        Assert.True(check is { Name: "certificates", Ok: true });
        Assert.Contains("has not joined", Assert.Single(Checks("now 1795704844", worker)).Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("node gov-worker-1 True", "node gov-worker-1 Unknown", "nodes", "gov-worker-1 is not ready")]
    [InlineData("node gov-worker-1 True v1.20.2 ", "node gov-worker-1 True v1.19.8 ", "nodes", "gov-worker-1 runs v1.19.8, not v1.20.2")]
    [InlineData("node gov-worker-1 True v1.20.2 ", "node gov-worker-1 True v1.20.2 true", "nodes", "gov-worker-1 is cordoned")]
    [InlineData("node gov-worker-1 True v1.20.2 ", "", "nodes", "gov-worker-1 is not part of the cluster")]
    [InlineData("joined", "node gov-worker-9 True v1.20.2 \njoined", "nodes", "gov-worker-9 is in the cluster, but not in the descriptor")]
    [InlineData("kube-scheduler ok", "kube-scheduler ", "components", "kube-scheduler: no answer")]
    [InlineData("etcd ok", "etcd does not answer", "components", "etcd: does not answer")]
    [InlineData("member gov-cp-1 started", "member gov-cp-1 unstarted", "etcd", "gov-cp-1 is no started member")]
    [InlineData("joined", "member gov-cp-2 started\njoined", "etcd", "gov-cp-2 is a member, but no control plane")]
    [InlineData("route dilosi-1 live=yes", "route dilosi-1 live=", "route", "dilosi: not every node of the ingress serves it; appstack-kubernetes kubectl -n ingress get configmap dilosi-1 -o yaml says why")]
    [InlineData("workload cluster-dns 2 2", "workload cluster-dns 1 2", "system-pods", "cluster-dns: 1 of 2 available")]
    [InlineData("site web available=2", "site web available=1", "workload", "site/web: 1 of 2 available")]
    [InlineData("site proxy available=1", "site proxy available=", "workload", "site/proxy: 0 of 1 available")]
    [InlineData("workload cluster-dns 2 2", "workload cluster-dns 2", "system-pods", "cluster-dns: 0 of 2 available")]
    [InlineData("apiserver.crt 1827240572", "apiserver.crt 1797000000", "certificates", "apiserver.crt is valid for 15 more days")]
    [InlineData("joined 1795704593", "joined 1795600000", "etcd-snapshot", "the newest is not there")]
    [InlineData("snapshot ", "snapshot 1795600000", "etcd-snapshot", "the newest is 29 hours old")]
    public void What_is_off_is_told(string good, string bad, string name, string detail)
    {
        Assert.Contains(good, ControlPlane, StringComparison.Ordinal);

        var check = Assert.Single(Checks(ControlPlane.Replace(good, bad, StringComparison.Ordinal)), found => !found.Ok);

        Assert.Equal(name, check.Name);
        Assert.Contains(detail, check.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_node_without_the_tool_is_off() =>
        Assert.Equal("bash: appstack-kubernetes: No such file or directory", Assert.Single(Checks("bash: appstack-kubernetes: No such file or directory", exitCode: 127)).Detail);

    private static List<VerifyCheck> Checks(string text, NodeExpectation? node = null, int exitCode = 0) =>
        [.. KubernetesEvaluator.Evaluate(node ?? Node, ProbeOutput.Parse($"@@section {ProbeScript.Kubernetes}\n{text}\n@@exit {exitCode}\n"))];
}
