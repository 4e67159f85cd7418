using AppStack.Engine.Model.Values;
using AppStack.Engine.Providers.Kubernetes.Objects;

namespace AppStack.Engine.Providers.Tests.Kubernetes;

public sealed class ObjectCheckTests
{
    private const string ConfigMap = "kubernetes:core/v1:ConfigMap";

    [Fact]
    public async Task An_object_without_a_name_gets_one_and_keeps_it()
    {
        using var cluster = await Cluster.RecordedAsync();
        cluster.Api.On("PATCH /api/v1/namespaces/default/configmaps/res-", """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"res-0","namespace":"default"}}""");
        var resource = await cluster.New(ConfigMap).CreateAsync(PropertyMap.Empty);

        Assert.Matches("^res-[0-9a-f]{8}$", resource.Inputs.Name());
        Assert.Equal("true", resource.Inputs.Annotation("pulumi.com/autonamed"));
        Assert.Equal(resource.Inputs, await resource.CheckAsync(PropertyMap.Empty));
    }

    [Fact]
    public async Task The_namespace_is_that_of_the_provider_and_only_where_there_is_one()
    {
        using var cluster = await Cluster.RecordedAsync(("namespace", PropertyValue.Of("apps")));

        Assert.Equal("apps", (await cluster.New(ConfigMap).CheckAsync(PropertyMap.Empty)).Namespace());
        Assert.Equal("", (await cluster.New("kubernetes:rbac.authorization.k8s.io/v1:ClusterRole").CheckAsync(PropertyMap.Empty)).Namespace());
        Assert.Empty(cluster.Api.Lines);
    }

    [Fact]
    public async Task The_scope_of_a_kind_of_the_same_program_is_that_of_its_definition()
    {
        using var cluster = await Cluster.RecordedAsync();
        await cluster.New("kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition").CheckAsync(
            Json.Map("""{"metadata":{"name":"sites.gov.example"},"spec":{"group":"gov.example","scope":"Cluster","names":{"kind":"Site"}}}"""));

        Assert.Equal("", (await cluster.New("kubernetes:gov.example/v1:Site").CheckAsync(PropertyMap.Empty)).Namespace());
    }

    [Fact]
    public async Task All_that_is_wrong_is_told_at_once()
    {
        using var cluster = await Cluster.RecordedAsync();
        var failures = await cluster.New(ConfigMap).FailuresAsync(
            Json.Map("""{"kind":"Secret","metadata":{"generateName":"x-","labels":{"n":1},"annotations":{"pulumi.com/waitFor":"soon","pulumi.com/timeoutSeconds":"5m","pulumi.com/replaceUnready":"true"},"namespace":""}}"""));

        Assert.Equal(
            ["kind", "metadata.generateName", "metadata.namespace", "metadata.labels[\"n\"]", "metadata.annotations", "metadata.annotations"],
            failures.Select(failure => failure.Property));
        Assert.Equal("must be ConfigMap, as the resource's type says", failures[0].Reason);
    }

    [Theory]
    [InlineData("kubernetes:core/v1:ConfigMapList", "is a list; declare its elements instead")]
    [InlineData("kubernetes:core/v1:NamespacePatch", "is a patch of an object that others manage")]
    public async Task Lists_and_patches_are_refused(string type, string reason)
    {
        using var cluster = await Cluster.RecordedAsync();

        Assert.StartsWith(reason, Assert.Single(await cluster.New(type).FailuresAsync(PropertyMap.Empty)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secrets_stay_secret_in_what_is_filled_in()
    {
        using var cluster = await Cluster.RecordedAsync();
        var inputs = Json.Map("""{"metadata":{"labels":{"a":"b"}}}""").With("data", PropertyValue.Of(PropertyMap.Of(("k", PropertyValue.Of("v").AsSecret()))));

        Assert.IsType<PropertyValue.Secret>(((PropertyValue.Map)(await cluster.New(ConfigMap).CheckAsync(inputs))["data"]).Members["k"]);
    }
}
