using System.Diagnostics;
using AppStack.Engine.Model.Providers;
using AppStack.Engine.Model.Values;
using AppStack.Engine.Providers.Kubernetes.Objects;
using AppStack.Engine.Providers.Tests.Common;
using AppStack.Testing;

namespace AppStack.Engine.Providers.Tests.Kubernetes;

/// <summary>The provider against a real API server, with real controllers and scheduler, and without nodes.</summary>
public sealed class RealClusterTests(KubernetesApiFixture real) : IClassFixture<KubernetesApiFixture>
{
    private const string ConfigMap = "kubernetes:core/v1:ConfigMap";
    private const string Deployment = "kubernetes:apps/v1:Deployment";

    [KubernetesFact]
    public async Task An_object_lives_from_creation_to_deletion()
    {
        using var cluster = await ClusterAsync();
        var resource = await cluster.New("kubernetes:core/v1:ServiceAccount").CreateAsync(Json.Map("""{"metadata":{"labels":{"a":"1"}}}"""));
        var path = $"api/v1/namespaces/{resource.Id.Replace("/", "/serviceaccounts/", StringComparison.Ordinal)}";
        await resource.UpdateAsync(Json.Map("""{"metadata":{"labels":{"b":"2"}}}"""));

        var live = await real.GetAsync(path);
        Assert.Equal<string>(["b"], live.MapAt("metadata", "labels").Keys);
        Assert.Equal(resource.Inputs, (await resource.ReadAsync()).Inputs);

        await resource.DeleteAsync();
        Assert.Equal("", (await resource.ReadAsync()).Id);
    }

    [KubernetesFact]
    public async Task Defaults_of_the_server_are_no_change()
    {
        using var cluster = await ClusterAsync();
        var resource = await cluster.New("kubernetes:core/v1:Service").CreateAsync(Json.Map("""{"spec":{"ports":[{"port":80,"protocol":"TCP"}]}}"""));

        var explicitly = await resource.DiffAsync(Json.Map("""{"spec":{"type":"ClusterIP","sessionAffinity":"None","ports":[{"port":80,"targetPort":80,"protocol":"TCP"}]}}"""));
        var really = await resource.DiffAsync(Json.Map("""{"spec":{"ports":[{"port":81,"protocol":"TCP"}]}}"""));

        Assert.Equal((DiffChanges.None, DiffChanges.Some), (explicitly.Changes, really.Changes));
    }

    [KubernetesFact]
    public async Task What_the_server_does_not_let_change_replaces_the_object_with_its_reason()
    {
        using var cluster = await ClusterAsync();
        var resource = await cluster.New("kubernetes:networking.k8s.io/v1:IngressClass").CreateAsync(Json.Map("""{"spec":{"controller":"gov.example/one"}}"""));
        var priority = await cluster.New("kubernetes:scheduling.k8s.io/v1:PriorityClass").CreateAsync(Json.Map("""{"value":7}"""));

        var diff = await resource.DiffAsync(Json.Map("""{"spec":{"controller":"gov.example/two"}}"""));

        Assert.Equal<string>(["spec.controller"], diff.ReplaceKeys);
        Assert.Equal<string>(["it must be replaced: spec.controller: field is immutable"], diff.Notes);
        Assert.False(diff.DeleteBeforeReplace);
        Assert.Equal<string>(["value"], (await priority.DiffAsync(Json.Map("""{"value":8}"""))).ReplaceKeys);
    }

    [KubernetesFact]
    public async Task An_object_that_others_made_is_imported_by_a_program_that_says_what_it_cares_for()
    {
        var space = await real.NamespaceAsync();
        using var cluster = await ClusterAsync(space);
        await real.SendAsync(HttpMethod.Post, $"api/v1/namespaces/{space}/services?fieldManager=kubectl-create", """{"metadata":{"name":"web"},"spec":{"selector":{"app":"web"},"ports":[{"port":80}]}}""");
        const string type = "kubernetes:core/v1:Service";
        var resource = cluster.New(type);
        var read = await resource.ImportAsync($"{space}/web");

        async Task<DiffResult> DiffAsync(int port)
        {
            var wanted = await resource.CheckAsync(Json.Map($$$"""{"metadata":{"name":"web"},"spec":{"selector":{"app":"web"},"ports":[{"port":{{{port}}},"protocol":"TCP"}]}}"""));
            return await cluster.Provider.DiffAsync(new DiffRequest("urn:pulumi:test::p::t::web", type, read.Id, read.Inputs!, read.Outputs, wanted, []), default);
        }

        Assert.Equal(DiffChanges.None, (await DiffAsync(80)).Changes);
        Assert.Equal(DiffChanges.Some, (await DiffAsync(81)).Changes);
    }

    [KubernetesFact]
    public async Task A_field_of_somebody_else_is_a_conflict_with_his_name_until_it_is_forced()
    {
        using var cluster = await ClusterAsync();
        var resource = await cluster.New(ConfigMap).CreateAsync(Json.Map("""{"data":{"a":"1"}}"""));
        var path = $"api/v1/namespaces/{resource.Id.Replace("/", "/configmaps/", StringComparison.Ordinal)}";
        await real.SendAsync(HttpMethod.Patch, path + "?fieldManager=kubectl-edit", """{"data":{"a":"2"}}""", "application/merge-patch+json");

        var exception = await Assert.ThrowsAsync<ProviderException>(() => resource.UpdateAsync(Json.Map("""{"data":{"a":"3"}}""")));
        Assert.Contains("fields belong to other field managers: data.a (kubectl-edit)", exception.Message, StringComparison.Ordinal);

        await resource.UpdateAsync(Json.Map("""{"metadata":{"annotations":{"pulumi.com/patchForce":"true"}},"data":{"a":"3"}}"""));
        Assert.Equal("3", (await real.GetAsync(path)).TextAt("data", "a"));
    }

    [KubernetesFact]
    public async Task A_rejected_object_says_field_and_message()
    {
        using var cluster = await ClusterAsync();

        var invalid = await Assert.ThrowsAsync<ProviderException>(() => cluster.New(Deployment).CreateAsync(Workload(replicas: 1, labels: "other")));
        var unknown = await Assert.ThrowsAsync<ProviderException>(() => cluster.New(ConfigMap).CreateAsync(Json.Map("""{"colour":"red"}""")));

        Assert.Contains("spec.template.metadata.labels: Invalid value", invalid.Message, StringComparison.Ordinal);
        Assert.Contains(".colour: field not declared in schema", unknown.Message, StringComparison.Ordinal);
    }

    [KubernetesFact]
    public async Task Who_may_not_is_told_so()
    {
        using var cluster = await Cluster.RealAsync(real.Api.KubeconfigOf(KubernetesApi.NobodysToken));

        var exception = await Assert.ThrowsAsync<ProviderException>(() => cluster.New(ConfigMap).CreateAsync(PropertyMap.Empty));

        Assert.Contains("User \"nobody\" cannot patch resource \"configmaps\"", exception.Message, StringComparison.Ordinal);
        Assert.EndsWith("(the kubeconfig's user lacks the permission)", exception.Message, StringComparison.Ordinal);
    }

    [KubernetesFact]
    public async Task A_wrong_token_is_told_so()
    {
        using var cluster = await Cluster.RealAsync(real.Api.KubeconfigOf("wrong"));

        var exception = await Assert.ThrowsAsync<ProviderException>(() => cluster.New(ConfigMap).CreateAsync(PropertyMap.Empty));

        Assert.Contains("does not accept the credentials of the kubeconfig's context 'test'", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong\"", exception.Message, StringComparison.Ordinal);
    }

    [KubernetesFact]
    public async Task Another_cluster_than_the_kubeconfig_names_is_refused()
    {
        using var authority = new TestAuthority();
        var start = real.Api.Kubeconfig.IndexOf("certificate-authority-data: ", StringComparison.Ordinal) + "certificate-authority-data: ".Length;
        var other = real.Api.Kubeconfig.Replace(
            real.Api.Kubeconfig[start..real.Api.Kubeconfig.IndexOf('\n', start)], Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(authority.Certificate)), StringComparison.Ordinal);
        using var cluster = await Cluster.RealAsync(other);

        var creating = await Assert.ThrowsAsync<ProviderException>(() => cluster.New(ConfigMap).CreateAsync(PropertyMap.Empty));
        var previewing = await Assert.ThrowsAsync<ProviderException>(() => cluster.New(ConfigMap).PreviewAsync(PropertyMap.Empty));

        Assert.Contains("is not the cluster 'test' of the kubeconfig: its certificate (CN=kube-apiserver, issued by CN=kubernetes) is not signed by the certificate authority", creating.Message, StringComparison.Ordinal);
        Assert.Equal(creating.Message, previewing.Message);
    }

    [KubernetesFact]
    public async Task A_webhook_that_is_down_is_told_of()
    {
        var space = await real.NamespaceAsync();
        using var cluster = await ClusterAsync(space);
        await real.SendAsync(HttpMethod.Patch, $"api/v1/namespaces/{space}", """{"metadata":{"labels":{"hooked":"yes"}}}""", "application/merge-patch+json");
        await real.SendAsync(HttpMethod.Post, "apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations", """
            {"metadata":{"name":"down"},"webhooks":[{"name":"policy.gov.example","sideEffects":"None","admissionReviewVersions":["v1"],"failurePolicy":"Fail","timeoutSeconds":1,
            "namespaceSelector":{"matchLabels":{"hooked":"yes"}},"clientConfig":{"url":"https://127.0.0.1:9/"},"rules":[{"apiGroups":[""],"apiVersions":["v1"],"operations":["*"],"resources":["configmaps"]}]}]}
            """);

        // The API server learns of webhooks by watching them.
        var exception = await EventuallyAsync(() => cluster.New(ConfigMap).CreateAsync(PropertyMap.Empty));

        Assert.StartsWith("an admission webhook does not answer: ", exception.Message, StringComparison.Ordinal);
        Assert.Contains("policy.gov.example", exception.Message, StringComparison.Ordinal);
    }

    [KubernetesFact]
    public async Task What_a_webhook_makes_of_an_object_is_no_change()
    {
        await using var webhook = await MutatingWebhook.StartAsync("""[{"op":"add","path":"/data/mode","value":"forced"},{"op":"add","path":"/data/added","value":"x"}]""");
        var space = await real.NamespaceAsync();
        using var cluster = await ClusterAsync(space);
        await cluster.New("kubernetes:admissionregistration.k8s.io/v1:MutatingWebhookConfiguration").CreateAsync(webhook.Configuration(space));
        await real.SendAsync(HttpMethod.Patch, $"api/v1/namespaces/{space}", $$$"""{"metadata":{"labels":{"webhook":"{{{space}}}"} } }""", "application/merge-patch+json");
        var resource = cluster.New(ConfigMap);

        // Webhooks are known to the API server some moments after they were made.
        await EventuallyCalledAsync(webhook, space);
        await resource.CreateAsync(Json.Map("""{"data":{"mode":"own","a":"1"}}"""));

        Assert.Equal(("forced", "x"), (resource.Outputs.TextAt("data", "mode"), resource.Outputs.TextAt("data", "added")));
        Assert.Equal(DiffChanges.None, (await resource.DiffAsync(Json.Map("""{"data":{"mode":"own","a":"1"}}"""))).Changes);
        Assert.Equal(DiffChanges.Some, (await resource.DiffAsync(Json.Map("""{"data":{"mode":"own","a":"2"}}"""))).Changes);
    }

    [KubernetesFact]
    public async Task It_is_told_why_pods_do_not_run_and_then_that_they_do()
    {
        var space = await real.NamespaceAsync();
        using var cluster = await ClusterAsync(space);
        var unscheduled = new TaskCompletionSource();
        var log = new RecordingLog { OnStatus = status => Complete(unscheduled, status.Contains("is not scheduled", StringComparison.Ordinal)) };
        var creating = cluster.New(Deployment).CreateAsync(Workload(replicas: 2), log: log);
        await unscheduled.Task.WaitAsync(TimeSpan.FromMinutes(1));

        foreach (var pod in await real.NamesAsync($"api/v1/namespaces/{space}/pods"))
        {
            await BeReadyAsync(space, pod);
        }

        var resource = await creating.WaitAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(2, resource.Outputs.NumberAt("status", "availableReplicas"));
        Assert.Contains(log.Lines, line => line.Contains("no nodes available to schedule pods", StringComparison.Ordinal));

        await resource.DeleteAsync();
    }

    [KubernetesFact]
    public async Task A_quota_that_keeps_pods_away_is_told_and_the_object_stays_in_state()
    {
        var space = await real.NamespaceAsync();
        using var cluster = await ClusterAsync(space);
        await cluster.New("kubernetes:core/v1:ResourceQuota").CreateAsync(Json.Map("""{"spec":{"hard":{"pods":"0"}}}"""));
        var told = new TaskCompletionSource();
        using var impatient = new CancellationTokenSource();
        var log = new RecordingLog { OnStatus = status => Complete(told, status.Contains("exceeded quota", StringComparison.Ordinal)) };
        var creating = cluster.New(Deployment).CreateAsync(Workload(replicas: 1), log: log, cancellationToken: impatient.Token);
        await told.Task.WaitAsync(TimeSpan.FromMinutes(1));

        await impatient.CancelAsync();

        var exception = await Assert.ThrowsAsync<ProviderException>(() => creating);
        Assert.Equal(ProviderOutcome.PartialFailure, exception.Outcome);
        Assert.Matches($"^{space}/res-", exception.Id);
        Assert.Equal("the waiting was broken off: 0 of 1 replicas are available", exception.Reasons[0]);
        Assert.Contains("exceeded quota", exception.Reasons[1], StringComparison.Ordinal);
    }

    [KubernetesFact]
    public async Task Time_is_up_after_what_the_object_says()
    {
        using var cluster = await ClusterAsync();
        var inputs = Workload(replicas: 1).SetAt(PropertyValue.Of("1"), "metadata", "annotations", "pulumi.com/timeoutSeconds");

        var exception = await Assert.ThrowsAsync<ProviderException>(() => cluster.New(Deployment).CreateAsync(inputs));

        Assert.StartsWith("not ready after 1 s: ", exception.Reasons[0], StringComparison.Ordinal);
    }

    [KubernetesFact]
    public async Task A_namespace_a_definition_and_what_needs_them_may_be_made_at_the_same_moment()
    {
        using var cluster = await ClusterAsync("made-at-once");
        var objects = new[]
        {
            cluster.New("kubernetes:gov.example/v1:Site").CreateAsync(Json.Map("""{"metadata":{"name":"dilosi"},"spec":{"title":"x"}}""")),
            cluster.New(ConfigMap).CreateAsync(PropertyMap.Empty),
            cluster.New("kubernetes:core/v1:Namespace").CreateAsync(Json.Map("""{"metadata":{"name":"made-at-once"}}""")),
            cluster.New("kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition").CreateAsync(Json.Map("""
                {"metadata":{"name":"sites.gov.example"},"spec":{"group":"gov.example","scope":"Namespaced","names":{"kind":"Site","plural":"sites"},
                "versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object","properties":{"spec":{"type":"object","x_kubernetes_preserve_unknown_fields":true}}}}}]}}
                """)),
        };

        var made = await Task.WhenAll(objects);

        Assert.Equal("made-at-once/dilosi", made[0].Id);
        await Task.WhenAll(made.Select(resource => resource.DeleteAsync()));
        Assert.Equal("", (await made[2].ReadAsync()).Id);
    }

    [KubernetesFact]
    public async Task Custom_objects_are_waited_for_by_a_condition_that_the_program_names()
    {
        var space = await real.NamespaceAsync();
        using var cluster = await ClusterAsync(space);
        var asked = new TaskCompletionSource();
        var log = new RecordingLog { OnStatus = _ => asked.TrySetResult() };
        var creating = cluster.New(ConfigMap).CreateAsync(
            Json.Map("""{"metadata":{"name":"waits","annotations":{"pulumi.com/waitFor":"jsonpath={.data.ready}=yes"}},"data":{"a":"1"}}"""), log: log);
        await asked.Task.WaitAsync(TimeSpan.FromMinutes(1));

        await real.SendAsync(HttpMethod.Patch, $"api/v1/namespaces/{space}/configmaps/waits", """{"data":{"ready":"yes"}}""", "application/merge-patch+json");

        Assert.Equal("yes", (await creating.WaitAsync(TimeSpan.FromMinutes(1))).Outputs.TextAt("data", "ready"));
    }

    [KubernetesFact]
    public async Task Three_hundred_objects_are_applied_within_the_limit_and_deleted()
    {
        using var cluster = await ClusterAsync();
        var watch = Stopwatch.StartNew();
        var made = new Resource[300];
        await Parallel.ForAsync(0, made.Length, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, _) => made[i] = await cluster.New(ConfigMap).CreateAsync(Json.Map("""{"data":{"a":"1"}}""")));
        var applied = watch.Elapsed;

        // The limit of requests per second alone makes it 4 s; the machine may be busy.
        Assert.True(applied < TimeSpan.FromSeconds(15), $"300 objects took {applied}.");
        Assert.Equal(300, made.Select(resource => resource.Id).Distinct(StringComparer.Ordinal).Count());
    }

    private static void Complete(TaskCompletionSource source, bool condition)
    {
        if (condition)
        {
            source.TrySetResult();
        }
    }

    private async Task EventuallyCalledAsync(MutatingWebhook webhook, string space)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        for (var i = 0; webhook.Calls == 0; i++)
        {
            limit.Token.ThrowIfCancellationRequested();
            await real.SendAsync(HttpMethod.Post, $"api/v1/namespaces/{space}/configmaps", $$$"""{"metadata":{"name":"probe-{{{i}}}"},"data":{"a":"1"}}""");
        }
    }

    private static async Task<ProviderException> EventuallyAsync(Func<Task> failing)
    {
        for (var patience = Stopwatch.StartNew(); patience.Elapsed < TimeSpan.FromSeconds(30);)
        {
            try
            {
                await failing();
            }
            catch (ProviderException exception)
            {
                return exception;
            }
        }

        throw new InvalidOperationException("It did not fail.");
    }

    private static PropertyMap Workload(int replicas, string labels = "web") =>
        Json.Map("""{"spec":{"selector":{"matchLabels":{"app":"web"}},"template":{"spec":{"containers":[{"name":"web","image":"web:1"}]}}}}""")
            .SetAt(PropertyValue.Of(replicas), "spec", "replicas")
            .SetAt(PropertyValue.Of(labels), "spec", "template", "metadata", "labels", "app");

    // What a scheduler and a kubelet would write.
    private async Task BeReadyAsync(string space, string pod)
    {
        await real.SendAsync(HttpMethod.Patch, $"api/v1/namespaces/{space}/pods/{pod}/status", """
            {"status":{"phase":"Running","conditions":[{"type":"Ready","status":"True"},{"type":"PodScheduled","status":"True"}]}}
            """, "application/strategic-merge-patch+json");
    }

    private async Task<Cluster> ClusterAsync(string? space = null) =>
        await Cluster.RealAsync(real.Api.Kubeconfig, ("namespace", PropertyValue.Of(space ?? await real.NamespaceAsync())));
}
