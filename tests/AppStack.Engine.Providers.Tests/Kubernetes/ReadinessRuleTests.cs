using AppStack.Engine.Providers.Kubernetes.Objects;
using AppStack.Engine.Providers.Kubernetes.Readiness;

namespace AppStack.Engine.Providers.Tests.Kubernetes;

public sealed class ReadinessRuleTests
{
    [Theory]
    [InlineData("apps/v1", "Deployment", """{"spec":{"replicas":3},"status":{"observedGeneration":1,"replicas":3,"updatedReplicas":3,"availableReplicas":3}}""", "")]
    [InlineData("apps/v1", "Deployment", """{"spec":{"replicas":3},"status":{"observedGeneration":1,"replicas":3,"updatedReplicas":3,"availableReplicas":2}}""", "2 of 3 replicas are available")]
    [InlineData("apps/v1", "Deployment", """{"spec":{"replicas":3},"status":{"observedGeneration":1,"replicas":4,"updatedReplicas":2,"availableReplicas":3}}""", "2 of 3 replicas are updated, 2 old ones are not gone yet")]
    [InlineData("apps/v1", "Deployment", """{"metadata":{"generation":2},"spec":{"replicas":3},"status":{"observedGeneration":1,"replicas":3,"updatedReplicas":3,"availableReplicas":3}}""", "its controller has not seen it yet")]
    [InlineData("apps/v1", "Deployment", """{"spec":{"replicas":0},"status":{"observedGeneration":1}}""", "")]
    [InlineData("apps/v1", "StatefulSet", """{"spec":{"replicas":3},"status":{"replicas":3,"readyReplicas":3,"currentRevision":"a","updateRevision":"a"}}""", "")]
    [InlineData("apps/v1", "StatefulSet", """{"spec":{"replicas":3},"status":{"replicas":3,"readyReplicas":3,"updatedReplicas":1,"currentRevision":"a","updateRevision":"b"}}""", "1 of 3 replicas are updated")]
    [InlineData("apps/v1", "StatefulSet", """{"spec":{"replicas":3,"updateStrategy":{"rollingUpdate":{"partition":2}}},"status":{"replicas":3,"readyReplicas":3,"updatedReplicas":1,"currentRevision":"a","updateRevision":"b"}}""", "")]
    [InlineData("apps/v1", "DaemonSet", """{"status":{"desiredNumberScheduled":2,"updatedNumberScheduled":2,"numberAvailable":1}}""", "1 of 2 pods are available")]
    [InlineData("apps/v1", "DaemonSet", """{"status":{"desiredNumberScheduled":2,"updatedNumberScheduled":1,"numberAvailable":2}}""", "1 of 2 nodes have the new pod")]
    [InlineData("batch/v1", "Job", """{"status":{"conditions":[{"type":"Complete","status":"True"}]}}""", "")]
    [InlineData("batch/v1", "Job", """{"spec":{"completions":4},"status":{"succeeded":1}}""", "1 of 4 completions")]
    [InlineData("batch/v1", "Job", """{"status":{"conditions":[{"type":"Failed","status":"True","reason":"BackoffLimitExceeded","message":"too often"}]}}""", "the job failed: BackoffLimitExceeded: too often")]
    [InlineData("v1", "Service", """{"spec":{"type":"LoadBalancer"}}""", "no load balancer has given it an address yet")]
    [InlineData("v1", "Service", """{"metadata":{"name":"web"},"spec":{"selector":{"app":"web"}}}""", "no ready pod has the labels app=web")]
    [InlineData("v1", "Service", """{"metadata":{"name":"db"},"spec":{"selector":{"app":"db"}}}""", "")]
    [InlineData("networking.k8s.io/v1", "Ingress", """{"spec":{"rules":[{"http":{"paths":[{"backend":{"service":{"name":"web"}}}]}}]},"status":{"loadBalancer":{"ingress":[{"ip":"10.0.0.1"}]}}}""", "not all of its services answer")]
    [InlineData("networking.k8s.io/v1", "Ingress", """{"spec":{"defaultBackend":{"service":{"name":"db"}}},"status":{"loadBalancer":{"ingress":[{"ip":"10.0.0.1"}]}}}""", "")]
    [InlineData("v1", "PersistentVolumeClaim", """{"spec":{"storageClassName":"late"},"status":{"phase":"Pending"}}""", "")]
    [InlineData("v1", "PersistentVolumeClaim", """{"spec":{"storageClassName":"fast"},"status":{"phase":"Pending"}}""", "no volume is bound to it yet")]
    [InlineData("v1", "ResourceQuota", """{"spec":{"hard":{"cpu":"1"}},"status":{"hard":{"cpu":"1000m"}}}""", "")]
    [InlineData("v1", "ResourceQuota", """{"spec":{"hard":{"cpu":"1"}}}""", "its limits do not hold yet")]
    [InlineData("apiextensions.k8s.io/v1", "CustomResourceDefinition", """{"status":{"conditions":[{"type":"Established","status":"True"}]}}""", "")]
    [InlineData("apiextensions.k8s.io/v1", "CustomResourceDefinition", "{}", "its kind is not served yet")]
    public void A_kind_is_ready_when_its_controller_says_so(string version, string kind, string manifest, string progress)
    {
        var made = Json.Map(manifest);
        var verdict = ReadinessRules.Of(made, new ObjectKind(version, kind), awaitAll: false)!.Judge(new Observation
        {
            Object = made,
            Endpoints = [Json.Map("""{"metadata":{"name":"db"},"subsets":[{"addresses":[{"ip":"10.1.1.1"}]}]}"""), Json.Map("""{"metadata":{"name":"web"},"subsets":[{"notReadyAddresses":[{"ip":"10.1.1.2"}]}]}""")],
            StorageClasses = [Json.Map("""{"metadata":{"name":"late"},"volumeBindingMode":"WaitForFirstConsumer"}"""), Json.Map("""{"metadata":{"name":"fast"}}""")],
        });

        Assert.Equal((progress.Length == 0, progress), (verdict.IsReady, verdict.Progress));
    }

    [Theory]
    [InlineData("""{"conditions":[{"type":"PodScheduled","status":"False","reason":"Unschedulable","message":"0/3 nodes are available: 3 Insufficient cpu."}]}""", "pod web-1 is not scheduled: 0/3 nodes are available: 3 Insufficient cpu.")]
    [InlineData("""{"containerStatuses":[{"name":"web","image":"reg/web:2","state":{"waiting":{"reason":"ImagePullBackOff","message":"Back-off pulling image"}}}]}""", "pod web-1: the image reg/web:2 cannot be pulled: ImagePullBackOff: Back-off pulling image")]
    [InlineData("""{"containerStatuses":[{"name":"web","restartCount":4,"state":{"waiting":{"reason":"CrashLoopBackOff"}},"lastState":{"terminated":{"exitCode":137,"reason":"OOMKilled"}}}]}""", "pod web-1: the container web crashes (4 restarts): exit status 137, OOMKilled")]
    [InlineData("""{"initContainerStatuses":[{"name":"migrate","state":{"terminated":{"exitCode":1,"reason":"Error"}}}]}""", "pod web-1: the container migrate ended: exit status 1, Error")]
    [InlineData("""{"containerStatuses":[{"name":"web","state":{"waiting":{"reason":"CreateContainerConfigError","message":"secret \"s\" not found"}}}]}""", "pod web-1: the container web does not start: CreateContainerConfigError: secret \"s\" not found")]
    [InlineData("""{"containerStatuses":[{"name":"web","ready":false,"state":{"running":{}}}]}""", "pod web-1: Readiness probe failed: HTTP probe failed with statuscode: 503")]
    public void It_is_told_why_a_pod_is_not_ready(string status, string expected)
    {
        var pod = Json.Map($$"""{"metadata":{"name":"web-1","uid":"p1"},"status":{{status}}}""");
        var warning = Json.Map("""{"reason":"Unhealthy","message":"Readiness probe failed: HTTP probe failed with statuscode: 503","lastTimestamp":"2026-01-01T00:00:01Z","involvedObject":{"uid":"p1"}}""");
        var deployment = Json.Map("""{"spec":{"replicas":1},"status":{"replicas":1}}""");

        var verdict = WorkloadRules.Deployment(new Observation { Object = deployment, Pods = [pod], Events = status.Contains("running", StringComparison.Ordinal) ? [warning] : [] });

        Assert.Equal<string>([expected], verdict.Problems);
    }

    [Fact]
    public void A_quota_that_keeps_pods_from_being_made_is_told()
    {
        var set = Json.Map("""{"metadata":{"uid":"s1"},"spec":{"replicas":1}}""");
        var warning = Json.Map("""{"reason":"FailedCreate","message":"pods \"db-0\" is forbidden: exceeded quota: small","involvedObject":{"uid":"s1"}}""");
        var deployment = Json.Map("""{"status":{"conditions":[{"type":"ReplicaFailure","status":"True","message":"exceeded quota: small"}]}}""");

        Assert.Equal<string>(["pods \"db-0\" is forbidden: exceeded quota: small"], WorkloadRules.StatefulSet(new Observation { Object = set, Events = [warning] }).Problems);
        Assert.Equal<string>(["exceeded quota: small"], WorkloadRules.Deployment(new Observation { Object = deployment }).Problems);
    }

    [Theory]
    [InlineData("condition=Ready", true)]
    [InlineData("condition=Synced", false)]
    [InlineData("condition=Synced=False", true)]
    [InlineData("jsonpath={.status.phase}", true)]
    [InlineData("jsonpath={.status.phase}=Running", true)]
    [InlineData("jsonpath={.status.phase}=Done", false)]
    [InlineData("jsonpath={.status.nodes[1].name}=b", true)]
    [InlineData("""jsonpath={.status.conditions[?(@.type=="Ready")].status}=True""", true)]
    [InlineData("""["condition=Ready","jsonpath={.status.count}=2"]""", true)]
    [InlineData("""["condition=Ready","condition=Synced"]""", false)]
    public void A_program_says_what_is_waited_for(string annotation, bool ready)
    {
        var made = Json.Map("""{"status":{"phase":"Running","count":2,"nodes":[{"name":"a"},{"name":"b"}],"conditions":[{"type":"Ready","status":"True"},{"type":"Synced","status":"False"}]}}""");

        Assert.Equal(ready, WaitForRules.Parse(annotation).Judge(new Observation { Object = made }).IsReady);
    }

    [Theory]
    [InlineData("Ready")]
    [InlineData("jsonpath=.status")]
    [InlineData("jsonpath={.status.items[*].x}")]
    [InlineData("[1]")]
    [InlineData("[]")]
    public void What_is_not_understood_is_refused(string annotation) => Assert.Throws<FormatException>(() => WaitForRules.Parse(annotation));

    [Theory]
    [InlineData("""{"metadata":{"annotations":{"pulumi.com/skipAwait":"true"}}}""", "apps/v1", "Deployment")]
    [InlineData("{}", "v1", "ConfigMap")]
    [InlineData("{}", "gov.example/v1", "Site")]
    public void Some_are_ready_as_soon_as_they_exist(string manifest, string version, string kind) =>
        Assert.Null(ReadinessRules.Of(Json.Map(manifest), new ObjectKind(version, kind), awaitAll: false));

    [Theory]
    [InlineData("{}", true)]
    [InlineData("""{"status":{"conditions":[{"type":"Ready","status":"False","reason":"Wait","message":"not yet"}]}}""", false)]
    [InlineData("""{"metadata":{"generation":3},"status":{"observedGeneration":2}}""", false)]
    public void All_kinds_are_waited_for_where_that_is_asked_for(string manifest, bool ready)
    {
        var made = Json.Map(manifest);

        Assert.Equal(ready, ReadinessRules.Of(made, new ObjectKind("gov.example/v1", "Site"), awaitAll: true)!.Judge(new Observation { Object = made }).IsReady);
    }
}
