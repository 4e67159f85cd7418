using AppStack.Engine.Providers.Kubernetes.Client;
using AppStack.Engine.Providers.Kubernetes.Objects;

namespace AppStack.Engine.Providers.Tests.Kubernetes;

public sealed class ObjectPartsTests
{
    [Theory]
    [InlineData("1", "1000m", true)]
    [InlineData("1Gi", "1024Mi", true)]
    [InlineData("2e3", "2k", true)]
    [InlineData("0.5", "500m", true)]
    [InlineData("1G", "1Gi", false)]
    [InlineData("v1", "v1.0", false)]
    [InlineData("a", "b", false)]
    public void Amounts_are_the_same_however_they_are_written(string left, string right, bool same) => Assert.Equal(same, Quantity.AreSame(left, right));

    [Theory]
    [InlineData("""{"a":{"b":1}}""", """{"a":{"b":2,"c":3},"d":4}""", """{"a":{"b":2}}""")]
    [InlineData("""{"l":[{"name":"b"},{"name":"a","v":1}]}""", """{"l":[{"name":"a","v":2,"w":3},{"name":"sidecar"},{"name":"b","x":1}]}""", """{"l":[{"name":"b"},{"name":"a","v":2}]}""")]
    [InlineData("""{"l":["x"]}""", """{"l":["x","y"]}""", """{"l":["x","y"]}""")]
    [InlineData("""{"l":[{"from":"a"}]}""", """{"l":[{"from":"b","y":1}]}""", """{"l":[{"from":"b"}]}""")]
    [InlineData("""{"limits":{"cpu":"0.5"}}""", """{"limits":{"cpu":"500m"}}""", """{"limits":{"cpu":"0.5"}}""")]
    [InlineData("""{"kind":"Secret","stringData":{"a":"1"}}""", """{"kind":"Secret","data":{"a":"Mg==","b":"Mw=="}}""", """{"kind":"Secret","stringData":{"a":"2"}}""")]
    public void Of_a_live_object_what_the_inputs_name_is_read(string inputs, string live, string expected) => Assert.Equal(Json.Map(expected), LiveInputs.Prune(Json.Map(live), Json.Map(inputs)));

    [Fact]
    public void Names_with_dashes_have_underscores_in_programs()
    {
        var map = Json.Map("""{"x-kubernetes-int-or-string":true,"my-key":1}""");

        Assert.Equal(["my-key", "x_kubernetes_int_or_string"], map.Keys);
        Assert.Equal("""{"my-key":1,"x-kubernetes-int-or-string":true}""", System.Text.Encoding.UTF8.GetString(ManifestJson.Write(map)));
    }

    [Theory]
    [InlineData("kubernetes:core/v1:ConfigMap", "v1", "ConfigMap")]
    [InlineData("kubernetes:apps/v1:Deployment", "apps/v1", "Deployment")]
    [InlineData("kubernetes:gov.example/v1:Site", "gov.example/v1", "Site")]
    public void A_type_token_names_a_kind(string token, string version, string kind) => Assert.Equal(new ObjectKind(version, kind), ObjectKind.OfType(token));

    [Fact]
    public async Task Requests_go_out_in_a_burst_and_then_at_a_rate()
    {
        var limiter = new RequestLimiter(new ClientLimits { Burst = 2, RequestsPerSecond = 0.001 }, TimeProvider.System);
        using var end = new CancellationTokenSource();

        Assert.True(limiter.WaitAsync(end.Token).IsCompletedSuccessfully);
        Assert.True(limiter.WaitAsync(end.Token).IsCompletedSuccessfully);
        var third = limiter.WaitAsync(end.Token);

        Assert.False(third.IsCompleted);
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => third);
    }
}
