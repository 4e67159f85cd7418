using System.Net;
using AppStack.Engine.Model.Providers;
using AppStack.Engine.Model.Values;
using AppStack.Engine.Providers.Kubernetes.Objects;

namespace AppStack.Engine.Providers.Tests.Kubernetes;

public sealed class ObjectReadAndDeleteTests
{
    private const string ConfigMap = "kubernetes:core/v1:ConfigMap";
    private const string Path = "/api/v1/namespaces/default/configmaps/settings";
    private const string Made = """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"settings","namespace":"default","uid":"u1","resourceVersion":"3","annotations":{"kubectl.kubernetes.io/last-applied-configuration":"{}"}},"data":{"a":"1","added":"x"}}""";
    private const string List = "/api/v1/namespaces/default/configmaps?fieldSelector=metadata.name%3Dsettings";

    [Fact]
    public async Task A_refresh_reads_what_the_program_speaks_of()
    {
        using var cluster = await Cluster.RecordedAsync();
        cluster.Api.On($"PATCH {Path}", Made).On($"GET {Path}", Made.Replace("\"1\"", "\"2\"", StringComparison.Ordinal));
        var resource = await cluster.New(ConfigMap).CreateAsync(Json.Map("""{"metadata":{"name":"settings"},"data":{"a":"1"}}"""));

        var read = await resource.ReadAsync();

        Assert.Equal(Json.Map("""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"settings","namespace":"default"},"data":{"a":"2"}}"""), read.Inputs);
        Assert.Equal("x", read.Outputs.TextAt("data", "added"));
    }

    [Fact]
    public async Task An_import_takes_all_that_can_be_an_input()
    {
        using var cluster = await Cluster.RecordedAsync();
        cluster.Api.On($"GET {Path}", Made);

        var read = await cluster.New(ConfigMap).ImportAsync("default/settings");

        Assert.Equal(Json.Map("""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"settings","namespace":"default"},"data":{"a":"1","added":"x"}}"""), read.Inputs);
    }

    [Fact]
    public async Task What_is_not_there_is_gone()
    {
        using var cluster = await Cluster.RecordedAsync();

        Assert.Equal("", (await cluster.New(ConfigMap).ImportAsync("default/settings")).Id);
        Assert.Equal("", (await cluster.New("kubernetes:gov.example/v1:Site").ImportAsync("a")).Id);
    }

    [Theory]
    [InlineData("skipUpdateUnreachable", "default/settings")]
    [InlineData("deleteUnreachable", "")]
    public async Task A_cluster_that_is_away_is_skipped_or_forgotten_where_the_provider_says_so(string setting, string id)
    {
        using var cluster = await Cluster.RecordedAsync((setting, PropertyValue.Of(value: true)), ("kubeconfig", PropertyValue.Of("/does/not/exist")));
        var state = Json.Map(Made);

        var read = await cluster.Provider.ReadAsync(new ReadRequest("urn", ConfigMap, "default/settings", state, state, new Common.RecordingLog()), default);

        Assert.Equal(id, read.Id);
    }

    [Fact]
    public async Task With_another_cluster_at_its_address_an_object_is_forgotten_where_the_provider_says_so()
    {
        using var cluster = await Cluster.RecordedAsync(("deleteUnreachable", PropertyValue.Of(value: true)));
        cluster.Api.On($"PATCH {Path}", Made);
        var resource = await cluster.New(ConfigMap).CreateAsync(Json.Map("""{"metadata":{"name":"settings"}}"""));
        cluster.Api.IsAnothers = true;

        Assert.Equal("", (await resource.ReadAsync()).Id);
        await resource.DeleteAsync();

        const string Warning = "What answers is not the cluster 'test' of the kubeconfig. It is dropped from the state, because deleteUnreachable is set.";
        Assert.Equal([Warning, Warning], resource.Log.Lines);
    }

    [Fact]
    public async Task With_another_cluster_at_its_address_an_object_is_kept_otherwise()
    {
        using var cluster = await Cluster.RecordedAsync();
        cluster.Api.On($"PATCH {Path}", Made);
        var resource = await cluster.New(ConfigMap).CreateAsync(Json.Map("""{"metadata":{"name":"settings"}}"""));
        cluster.Api.IsAnothers = true;

        await Assert.ThrowsAsync<ProviderException>(resource.ReadAsync);
        await Assert.ThrowsAsync<ProviderException>(resource.DeleteAsync);
    }

    [Theory]
    [InlineData("{}", "Background")]
    [InlineData("""{"pulumi.com/deletionPropagationPolicy":"foreground"}""", "Foreground")]
    [InlineData("""{"pulumi.com/deletionPropagationPolicy":"orphan"}""", "Orphan")]
    [InlineData("""{"pulumi.com/deletionPropagationPolicy":"background"}""", "Background")]
    public async Task A_deletion_waits_until_the_object_is_gone(string annotations, string policy)
    {
        using var cluster = await Cluster.RecordedAsync();
        cluster.Api.On($"PATCH {Path}", Made).On($"DELETE {Path}?propagationPolicy={policy}", Made)
            .On($"GET {List}", """{"metadata":{"resourceVersion":"9"},"items":[{"metadata":{"name":"settings","uid":"u1","finalizers":["gov.example/hold"]}}]}""")
            .On($"GET {List}&watch=true&allowWatchBookmarks=true&resourceVersion=9", """{"type":"DELETED","object":{"metadata":{"name":"settings","uid":"u1"}}}""");
        var resource = await cluster.New(ConfigMap).CreateAsync(Json.Map($$$"""{"metadata":{"name":"settings","annotations":{{{annotations}}} }}"""));

        await resource.DeleteAsync();

        Assert.Contains(cluster.Api.Lines, line => line.Contains("&watch=true", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_keeps_an_object_is_told_when_time_is_up()
    {
        using var cluster = await Cluster.RecordedAsync();
        cluster.Api.On($"PATCH {Path}", Made).On($"DELETE {Path}", Made)
            .On($"GET {List}", """{"metadata":{"resourceVersion":"9"},"items":[{"metadata":{"name":"settings","uid":"u1","finalizers":["gov.example/hold"]}}]}""");
        var resource = await cluster.New(ConfigMap).CreateAsync(Json.Map("""{"metadata":{"name":"settings","annotations":{"pulumi.com/timeoutSeconds":"1"}}}"""));

        var exception = await Assert.ThrowsAsync<ProviderException>(resource.DeleteAsync);

        Assert.Equal("it was told to go, but is still there after 1 s; what keeps it: its finalizers: gov.example/hold", exception.Message);
        Assert.Equal(["waiting until it is gone: its finalizers: gov.example/hold"], resource.Log.Statuses);
    }

    [Fact]
    public async Task An_object_of_the_same_name_that_somebody_made_since_is_not_waited_for()
    {
        using var cluster = await Cluster.RecordedAsync();
        cluster.Api.On($"PATCH {Path}", Made).On($"DELETE {Path}", Made).On($"GET {List}", """{"metadata":{"resourceVersion":"9"},"items":[{"metadata":{"name":"settings","uid":"u2"}}]}""");
        var resource = await cluster.New(ConfigMap).CreateAsync(Json.Map("""{"metadata":{"name":"settings"}}"""));

        await resource.DeleteAsync();
    }

    [Fact]
    public async Task What_is_gone_already_is_deleted()
    {
        using var cluster = await Cluster.RecordedAsync();
        cluster.Api.On($"PATCH {Path}", Made).On($"DELETE {Path}", RecordedApi.Status(404, "NotFound", "gone"), HttpStatusCode.NotFound);

        await (await cluster.New(ConfigMap).CreateAsync(Json.Map("""{"metadata":{"name":"settings"}}"""))).DeleteAsync();
    }
}
