using System.Net;
using AppStack.Engine.Model.Providers;
using AppStack.Engine.Model.Values;
using AppStack.Engine.Providers.Kubernetes.Objects;
using AppStack.Engine.Providers.Tests.Common;

namespace AppStack.Engine.Providers.Tests.Kubernetes;

public sealed class ObjectDiffTests
{
    private const string Path = "/api/v1/namespaces/default/services/web";
    private const string Service = """{"apiVersion":"v1","kind":"Service","metadata":{"name":"web","namespace":"default","resourceVersion":"7","managedFields":[{"manager":"m"}]},"spec":{"ports":[{"port":80,"protocol":"TCP"}],"type":"ClusterIP"}}""";

    [Fact]
    public async Task The_same_inputs_are_no_change_and_nobody_is_asked()
    {
        using var cluster = await Cluster.RecordedAsync();
        var resource = await MadeAsync(cluster);
        var before = cluster.Api.Requests.Count;

        Assert.Equal(DiffChanges.None, (await resource.DiffAsync(Inputs("""{"ports":[{"port":80}]}"""))).Changes);
        Assert.Equal(before, cluster.Api.Requests.Count);
    }

    [Fact]
    public async Task What_the_server_makes_the_same_of_is_no_change()
    {
        using var cluster = await Cluster.RecordedAsync();
        var resource = await MadeAsync(cluster);
        cluster.Api.On($"GET {Path}", Service).On($"PATCH {Path}?fieldManager=pulumi-kubernetes-", Service.Replace("\"7\"", "\"8\"", StringComparison.Ordinal));

        Assert.Equal(DiffChanges.None, (await resource.DiffAsync(Inputs("""{"ports":[{"port":80,"protocol":"TCP"}],"type":"ClusterIP"}"""))).Changes);
        Assert.EndsWith("&force=false&dryRun=All", cluster.Api.Lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_server_makes_another_of_is_a_change()
    {
        using var cluster = await Cluster.RecordedAsync();
        var resource = await MadeAsync(cluster);
        cluster.Api.On($"GET {Path}", Service).On($"PATCH {Path}?fieldManager=pulumi-kubernetes-", Service.Replace("80", "81", StringComparison.Ordinal));

        var diff = await resource.DiffAsync(Inputs("""{"ports":[{"port":81}]}"""));

        Assert.Equal((DiffChanges.Some, 0), (diff.Changes, diff.ReplaceKeys.Length));
    }

    [Fact]
    public async Task A_field_that_cannot_be_changed_replaces_the_object_and_the_reason_is_told()
    {
        using var cluster = await Cluster.RecordedAsync();
        var resource = await MadeAsync(cluster);
        cluster.Api.On($"GET {Path}", Service).On(
            $"PATCH {Path}?fieldManager=pulumi-kubernetes-",
            RecordedApi.Status(422, "Invalid", "Service \"web\" is invalid", ("FieldValueInvalid", "spec.ipFamily", "Invalid value: \"IPv6\": field is immutable")),
            HttpStatusCode.UnprocessableEntity);

        var diff = await resource.DiffAsync(Inputs("""{"ports":[{"port":80}],"ipFamily":"IPv6"}"""));

        Assert.Equal<string>(["spec.ipFamily"], diff.ReplaceKeys);
        Assert.Equal<string>(["it must be replaced: spec.ipFamily: field is immutable"], diff.Notes);
        Assert.True(diff.DeleteBeforeReplace);
    }

    [Theory]
    [InlineData("""{"metadata":{"name":"other"},"spec":{"ports":[{"port":80}]}}""", "metadata.name", false)]
    [InlineData("""{"metadata":{"name":"web"},"spec":{"ports":[{"port":80}],"clusterIP":"10.0.0.9"}}""", "spec.clusterIP", true)]
    public async Task Fields_that_are_known_to_replace_need_no_question(string inputs, string key, bool deleteFirst)
    {
        using var cluster = await Cluster.RecordedAsync();
        var resource = await MadeAsync(cluster);
        var before = cluster.Api.Requests.Count;

        var diff = await resource.DiffAsync(Json.Map(inputs));

        Assert.Equal<string>([key], diff.ReplaceKeys);
        Assert.Equal(deleteFirst, diff.DeleteBeforeReplace);
        Assert.Equal(before, cluster.Api.Requests.Count);
    }

    [Theory]
    [InlineData("false", true)]
    [InlineData("true", false)]
    public async Task The_data_of_a_config_map_replaces_it_unless_the_provider_says_otherwise(string mutable, bool replaces)
    {
        using var cluster = await Cluster.RecordedAsync(("enableConfigMapMutable", PropertyValue.Of(mutable)));
        cluster.Api.On("PATCH /api/v1/namespaces/default/configmaps/", """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"res-0","namespace":"default"},"data":{"a":"1"}}""");
        var resource = await cluster.New("kubernetes:core/v1:ConfigMap").CreateAsync(Json.Map("""{"data":{"a":"1"}}"""));

        var diff = await resource.DiffAsync(Json.Map("""{"data":{"a":"2"}}"""));

        Assert.Equal<string>(replaces ? ["data"] : [], diff.ReplaceKeys);
        Assert.False(diff.DeleteBeforeReplace);
    }

    [Fact]
    public async Task Without_an_answer_the_inputs_decide()
    {
        using var cluster = await Cluster.RecordedAsync();
        cluster.Api.IsAway = true;
        var resource = cluster.New("kubernetes:core/v1:Service");
        var result = await cluster.Provider.DiffAsync(
            new DiffRequest("urn:pulumi:s::p::t::web", "kubernetes:core/v1:Service", "default/web", Inputs("""{"ports":[{"port":80}]}"""), PropertyMap.Empty, Inputs("""{"ports":[{"port":81}]}"""), []), default);

        Assert.Equal(DiffChanges.Some, result.Changes);
        Assert.Equal("default", (await resource.CheckAsync(Inputs("{}"))).Namespace());
    }

    private static PropertyMap Inputs(string spec) => Json.Map($$"""{"metadata":{"name":"web"},"spec":{{spec}}}""");

    private static async Task<Resource> MadeAsync(Cluster cluster)
    {
        cluster.Api.On($"PATCH {Path}", Service);
        return await cluster.New("kubernetes:core/v1:Service").CreateAsync(Inputs("""{"ports":[{"port":80}]}"""));
    }
}
