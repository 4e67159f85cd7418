using AppStack.Engine.Model.Providers;
using AppStack.Engine.Model.Values;
using AppStack.Engine.Providers.Kubernetes;

namespace AppStack.Engine.Providers.Tests.Kubernetes;

public sealed class ProviderConfigurationTests
{
    private static readonly PropertyMap Good = PropertyMap.Of(("kubeconfig", PropertyValue.Of(Cluster.Kubeconfig)));

    [Fact]
    public async Task A_kubeconfig_is_secret_whether_marked_or_not()
    {
        var checkedConfig = await CheckAsync(Good);

        Assert.Empty(checkedConfig.Failures);
        Assert.IsType<PropertyValue.Secret>(checkedConfig.Inputs["kubeconfig"]);
    }

    [Theory]
    [InlineData("enableServerSideApply", "false", "must be true: the embedded engine applies objects on the server")]
    [InlineData("renderYamlToDirectory", "out", "is not supported: the embedded engine applies objects")]
    [InlineData("helmReleaseSettings", "{}", "is not supported: the embedded engine runs the helm that is installed")]
    [InlineData("strictMode", "true", "is not supported: name the provider and its context in the program instead")]
    [InlineData("deleteUnreachable", "perhaps", "must be true or false")]
    [InlineData("kubeClientSettings", """{"qps":0}""", "must be numbers above zero")]
    [InlineData("kubeClientSettings", """{"speed":1}""", "has no 'speed'")]
    [InlineData("colour", "red", "is no setting of this provider; its settings are cluster, clusterIdentifier")]
    [InlineData("context", "nowhere", "contexts: there is no 'nowhere'; there are: gov")]
    public async Task What_is_not_supported_is_refused_with_the_reason(string name, string value, string reason)
    {
        var failure = Assert.Single((await CheckAsync(Good.With(name, PropertyValue.Of(value)))).Failures);

        Assert.Contains(reason, failure.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_known_yet_is_taken_for_good() => Assert.Empty((await CheckAsync(PropertyMap.Of(("kubeconfig", PropertyValue.Unknown.Instance)))).Failures);

    [Fact]
    public void Limits_come_as_json_or_as_an_object()
    {
        var asText = ProviderSettingsReader.Read(PropertyMap.Of(("kubeClientSettings", PropertyValue.Of("""{"qps":5.5,"timeout":7}"""))));
        var asObject = ProviderSettingsReader.Read(PropertyMap.Of(("kubeClientSettings", PropertyValue.Of(PropertyMap.Of(("burst", PropertyValue.Of(9)))))));

        Assert.Equal((5.5, TimeSpan.FromSeconds(7), 120), (asText.Limits.RequestsPerSecond, asText.Limits.Timeout, asText.Limits.Burst));
        Assert.Equal((50, 9), (asObject.Limits.RequestsPerSecond, asObject.Limits.Burst));
    }

    [Theory]
    [InlineData("token: the-token", "token: another-token", false)]
    [InlineData("10.0.0.1", "10.0.0.2", true)]
    public async Task Another_cluster_replaces_its_objects_and_other_credentials_do_not(string before, string after, bool replaces)
    {
        var result = await DiffAsync(Good, Good.With("kubeconfig", PropertyValue.Of(Cluster.Kubeconfig.Replace(before, after, StringComparison.Ordinal))));

        Assert.Equal(DiffChanges.Some, result.Changes);
        Assert.Equal<string>(replaces ? ["kubeconfig"] : [], result.ReplaceKeys);
    }

    [Fact]
    public async Task An_identifier_says_which_cluster_it_is()
    {
        var named = Good.With("clusterIdentifier", PropertyValue.Of("one"));
        var moved = named.With("kubeconfig", PropertyValue.Of(Cluster.Kubeconfig.Replace("10.0.0.1", "10.0.0.2", StringComparison.Ordinal)));

        Assert.Empty((await DiffAsync(named, moved)).ReplaceKeys);
        Assert.Equal<string>(["clusterIdentifier"], (await DiffAsync(named, moved.With("clusterIdentifier", PropertyValue.Of("two")))).ReplaceKeys);
    }

    private static async Task<CheckResult> CheckAsync(PropertyMap configuration)
    {
        using var provider = new KubernetesProvider(new BuiltInProviderOptions());
        return await provider.CheckConfigAsync(new CheckRequest("urn", "pulumi:providers:kubernetes", OldInputs: null, configuration), default);
    }

    private static async Task<DiffResult> DiffAsync(PropertyMap before, PropertyMap after)
    {
        using var provider = new KubernetesProvider(new BuiltInProviderOptions());
        return await provider.DiffConfigAsync(new DiffRequest("urn", "pulumi:providers:kubernetes", "id", before, before, after, []), default);
    }
}
