using System.Collections.Concurrent;
using System.Diagnostics;
using AppStack.Engine.Events;
using AppStack.Engine.Operations;
using AppStack.Engine.Providers.Kubernetes;
using AppStack.Engine.Providers.Kubernetes.Objects;
using AppStack.Engine.Providers.Tests.Common;
using Pulumi;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Helm.V3;
using Pulumi.Kubernetes.Helm.V4;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Helm.V4;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using Pulumi.Kubernetes.Types.Inputs.Yaml.V2;
using Pulumi.Kubernetes.Yaml.V2;
using Pulumi.Random;
using Xunit.Abstractions;
using Deployment = Pulumi.Deployment;
using KubernetesProviderResource = Pulumi.Kubernetes.Provider;

namespace AppStack.Engine.Providers.Tests.Kubernetes;

/// <summary>Pulumi programs on the embedded engine against a real API server.</summary>
public sealed class RealProgramTests(KubernetesApiFixture real, ITestOutputHelper output) : IClassFixture<KubernetesApiFixture>, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("appstack-program-").FullName;
    private readonly ConcurrentQueue<string> _errors = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [KubernetesFact]
    public async Task Three_hundred_objects_are_applied_once_and_cost_nothing_afterwards()
    {
        var stack = await StackAsync();
        var (applied, changes) = await UpAsync(stack, Program);
        Assert.Equal(303, changes[StepKind.Create]);
        var before = await VersionAsync();

        var (unchanged, none) = await UpAsync(stack, Program);

        Assert.Equal(303, none[StepKind.Same]);
        Assert.False(none.ContainsKey(StepKind.Update));
        Assert.Equal(before, await VersionAsync());
        Assert.Equal(300, (await real.NamesAsync("api/v1/namespaces/many/secrets")).Count(name => name.StartsWith("s-", StringComparison.Ordinal)));
        output.WriteLine($"300 objects: applied in {applied.TotalSeconds:0.00} s, nothing to change in {unchanged.TotalSeconds:0.00} s");
        // The goals; both take a fraction of it when the machine is not busy.
        Assert.True(applied < TimeSpan.FromSeconds(15), $"Applying took {applied}.");
        Assert.True(unchanged < TimeSpan.FromSeconds(3), $"Changing nothing took {unchanged}.");
        Assert.DoesNotContain("client-key-data", await File.ReadAllTextAsync(Directory.GetFiles(_folder, "test.json", SearchOption.AllDirectories).Single()), StringComparison.Ordinal);

        await RunAsync(await stack.DestroyAsync(new OperationOptions(), preview: false, Hear, default));
        Assert.DoesNotContain("many", await real.NamesAsync("api/v1/namespaces"));

        void Program()
        {
            var options = new CustomResourceOptions { Provider = new KubernetesProviderResource("real", new() { KubeConfig = Output.CreateSecret(real.Api.Kubeconfig) }) };
            var home = new Namespace("many", new NamespaceArgs { Metadata = new ObjectMetaArgs { Name = "many" } }, options);
            for (var i = 0; i < 300; i++)
            {
                _ = new Secret($"s-{i}", new SecretArgs { Metadata = new ObjectMetaArgs { Namespace = home.Metadata.Apply(metadata => metadata.Name) }, StringData = { ["a"] = "1" } }, options);
            }
        }

        // Events of the cluster's own controllers do not count.
        async Task<string?> VersionAsync() =>
            string.Join(',', (await real.GetAsync("api/v1/namespaces/many/secrets")).MapsAt("items").Select(item => item.TextAt("metadata", "resourceVersion")));
    }

    [KubernetesFact]
    public async Task A_cluster_that_the_same_program_makes_is_previewed()
    {
        var stack = await StackAsync();

        var preview = await stack.PreviewAsync(() => Deployment.RunAsync(Program), new OperationOptions(), Hear, default);
        await RunAsync(preview);
        var (_, changes) = await UpAsync(stack, Program);

        Assert.Equal(preview.Changes[StepKind.Create], changes[StepKind.Create]);
        Assert.Contains("made", await real.NamesAsync("api/v1/namespaces"));
        await RunAsync(await stack.DestroyAsync(new OperationOptions(), preview: false, Hear, default));

        void Program()
        {
            var cluster = new RandomString("cluster", new RandomStringArgs { Length = 8 });
            var provider = new KubernetesProviderResource("real", new() { KubeConfig = cluster.Result.Apply(_ => real.Api.Kubeconfig) });
            _ = new Namespace("made", new NamespaceArgs { Metadata = new ObjectMetaArgs { Name = "made" } }, new CustomResourceOptions { Provider = provider });
        }
    }

    [KubernetesFact]
    public async Task Manifests_are_resources_one_by_one()
    {
        var stack = await StackAsync();
        await File.WriteAllTextAsync(Path.Combine(_folder, "site.yaml"), """
            apiVersion: gov.example/v1
            kind: Page
            metadata: { name: front, namespace: site }
            spec: { mode: 0644, shown: yes }
            ---
            apiVersion: v1
            kind: List
            items:
            - apiVersion: v1
              kind: Secret
              metadata: { name: key, namespace: site }
              stringData: { key: top-secret-text }
            ---
            apiVersion: v1
            kind: Namespace
            metadata: { name: site }
            ---
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: { name: pages.gov.example }
            spec:
              group: gov.example
              scope: Namespaced
              names: { kind: Page, plural: pages }
              versions:
              - name: v1
                served: true
                storage: true
                schema: { openAPIV3Schema: { type: object, properties: { spec: { type: object, x-kubernetes-preserve-unknown-fields: true } } } }
            """);

        var (_, changes) = await UpAsync(stack, Program);
        var (_, again) = await UpAsync(stack, Program);

        var page = await real.GetAsync("apis/gov.example/v1/namespaces/site/pages/front");
        Assert.Equal((420, true), (page.NumberAt("spec", "mode"), page.IsTrueAt("spec", "shown")));
        Assert.Equal(5 + 2, changes[StepKind.Create]);
        Assert.DoesNotContain(again.Keys, kind => kind is not StepKind.Same);
        Assert.DoesNotContain("top-secret-text", await File.ReadAllTextAsync(Directory.GetFiles(_folder, "test.json", SearchOption.AllDirectories).Single()), StringComparison.Ordinal);

        await RunAsync(await stack.RefreshAsync(new OperationOptions(), preview: false, Hear, default));
        Assert.DoesNotContain((await UpAsync(stack, Program)).Changes.Keys, kind => kind is not StepKind.Same);
        await RunAsync(await stack.DestroyAsync(new OperationOptions(), preview: false, Hear, default));
        Assert.DoesNotContain("site", await real.NamesAsync("api/v1/namespaces"));

        void Program()
        {
            var provider = new KubernetesProviderResource("real", new() { KubeConfig = Output.CreateSecret(real.Api.Kubeconfig) });
            _ = new ConfigFile("site", new ConfigFileArgs { File = "site.yaml" }, new ComponentResourceOptions { Provider = provider });
        }
    }

    [KubernetesFact]
    public async Task A_chart_is_rendered_by_helm_and_its_objects_are_resources()
    {
        var helm = Path.Combine(_folder, "helm");
        await File.WriteAllTextAsync(helm, """
            #!/bin/sh
            printf 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: %s-settings }\ndata: { values: %s }\n' "$2" "'$(cat)'"
            """);
        File.SetUnixFileMode(helm, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var stack = await StackAsync();

        var (_, changes) = await UpAsync(stack, Program);

        Assert.Equal(4, changes[StepKind.Create]);
        Assert.Equal("""{"replicas":2}""", (await real.GetAsync("api/v1/namespaces/default/configmaps/web-settings")).TextAt("data", "values"));
        await RunAsync(await stack.DestroyAsync(new OperationOptions(), preview: false, Hear, default));

        void Program()
        {
            var provider = new KubernetesProviderResource("real", new() { KubeConfig = Output.CreateSecret(real.Api.Kubeconfig) });
            _ = new Chart("web", new ChartArgs { Chart = "./charts/web", Namespace = "default", Values = { ["replicas"] = 2 } }, new ComponentResourceOptions { Provider = provider });
        }
    }

    [KubernetesFact]
    public async Task A_release_is_one_resource_whose_status_the_program_sees()
    {
        var helm = Path.Combine(_folder, "helm");
        await File.WriteAllTextAsync(helm, """
            #!/bin/sh
            case "$1" in install) cat >/dev/null; printf '{"name":"%s","namespace":"gov","version":1,"info":{"status":"deployed"},"chart":{"metadata":{"name":"web","version":"2.0.0"}}}' "$2" ;; esac
            """);
        File.SetUnixFileMode(helm, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var stack = await StackAsync();
        var seen = "";

        var (_, first) = await UpAsync(stack, Program);
        var (_, second) = await UpAsync(stack, Program);
        await RunAsync(await stack.DestroyAsync(new OperationOptions(), preview: false, Hear, default));

        Assert.Equal(3, first[StepKind.Create]);
        Assert.Equal(3, second[StepKind.Same]);
        Assert.Equal("deployed 2.0.0 gov/web", seen);

        void Program()
        {
            var provider = new KubernetesProviderResource("real", new() { KubeConfig = Output.CreateSecret(real.Api.Kubeconfig) });
            var release = new Release("web", new() { Chart = "web", Name = "web", Namespace = "gov" }, new CustomResourceOptions { Provider = provider });
            Output.Tuple(release.Status, release.Id).Apply(both => seen = $"{both.Item1.Status} {both.Item1.Version} {both.Item2}");
        }
    }

    private async Task<StackManager> StackAsync()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "Pulumi.yaml"), "name: kube\nruntime: dotnet\n");
        var workspace = new Workspace(new WorkspaceOptions
        {
            ProjectDirectory = _folder,
            BackendUrl = $"file://{_folder}/state",
            Environment = name => name == "PULUMI_CONFIG_PASSPHRASE" ? "passphrase" : null,
            Providers =
            [
                new("kubernetes", "4.23.0", () => new KubernetesProvider(new BuiltInProviderOptions { SearchPath = _folder, WorkingDirectory = _folder })),
                new("random", "4.21.1", () => BuiltInProviders.Create(new RecordingSsh()).Single(provider => provider.Package == "random")),
            ],
        });
        return await workspace.InitStackAsync("test");
    }

    private async Task<(TimeSpan Took, IReadOnlyDictionary<StepKind, int> Changes)> UpAsync(StackManager stack, Action program)
    {
        var watch = Stopwatch.StartNew();
        var result = await stack.UpAsync(() => Deployment.RunAsync(program), new OperationOptions(), Hear, default);
        var took = watch.Elapsed;
        await RunAsync(result);
        return (took, result.Changes);
    }

    private Task RunAsync(OperationResult result)
    {
        Assert.True(result.Succeeded, string.Join('\n', _errors));
        return Task.CompletedTask;
    }

    private void Hear(EngineEvent happened)
    {
        if (happened is EngineEvent.Diagnostic { Message: { Severity: Model.Registration.LogSeverity.Error } message })
        {
            _errors.Enqueue(message.Message);
        }
    }
}
