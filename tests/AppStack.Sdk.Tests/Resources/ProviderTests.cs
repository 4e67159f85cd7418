using AppStack.Sdk.Tests.Support;
using Pulumi;

namespace AppStack.Sdk.Tests.Resources;

public sealed class ProviderTests
{
    [Fact]
    public async Task A_given_provider_is_referred_to_by_urn_and_id()
    {
        var monitor = await Run.Ok(() => _ = new Sample("n", options: new CustomResourceOptions { Provider = new SampleProvider("p") }));

        Assert.Equal("urn:pulumi:stack::project::pulumi:providers:sample::p::p-id", monitor.Request("n").Provider);
        Assert.Equal("pulumi:providers:sample", monitor.Request("p").Type);
    }

    [Fact]
    public async Task Without_one_the_engine_chooses() => Assert.Null((await Run.Ok(() => _ = new Sample("n"))).Request("n").Provider);

    [Fact]
    public async Task A_provider_that_does_not_exist_yet_has_the_unknown_id()
    {
        var monitor = new FakeMonitor { OnRegister = request => Task.FromResult(FakeMonitor.Echo(request) with { Id = null }) };
        await Run.Ok(() => _ = new Sample("n", options: new CustomResourceOptions { Provider = new SampleProvider("p") }), isDryRun: true, monitor);

        Assert.EndsWith("::p::04da6b54-80e4-46f7-96ec-b56ff0331ba9", monitor.Request("n").Provider, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Children_use_the_component_s_provider_of_their_package()
    {
        var monitor = await Run.Ok(() =>
        {
            var options = new ComponentResourceOptions { Providers = { new SampleProvider("p"), new SampleProvider("q", "other") } };
            _ = new Group(
                "g",
                outer =>
                {
                    _ = new Sample("child", options: new CustomResourceOptions { Parent = outer });
                    _ = new Group("inner", inner => _ = new Sample("grandchild", options: new CustomResourceOptions { Parent = inner }), new ComponentResourceOptions { Parent = outer });
                    _ = new CustomResource("third:index:T", "third", args: null, new CustomResourceOptions { Parent = outer });
                },
                options);
        });

        Assert.Contains("::p::", monitor.Request("child").Provider, StringComparison.Ordinal);
        Assert.Contains("::p::", monitor.Request("grandchild").Provider, StringComparison.Ordinal);
        Assert.Null(monitor.Request("third").Provider);
    }

    [Fact]
    public async Task A_component_s_single_provider_serves_its_package()
    {
        var monitor = await Run.Ok(() => _ = new Group(
            "g",
            group => _ = new Sample("child", options: new CustomResourceOptions { Parent = group }),
            new ComponentResourceOptions { Provider = new SampleProvider("p") }));

        Assert.Contains("::p::", monitor.Request("child").Provider, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_custom_resource_passes_its_provider_on()
    {
        var monitor = await Run.Ok(() =>
        {
            var parent = new Sample("parent", options: new CustomResourceOptions { Provider = new SampleProvider("p") });
            _ = new Sample("child", options: new CustomResourceOptions { Parent = parent });
        });

        Assert.Equal(monitor.Request("parent").Provider, monitor.Request("child").Provider);
    }

    [Fact]
    public async Task Provider_and_providers_exclude_each_other()
    {
        var errors = await Run.Failing(() => _ = new Group(
            "g",
            options: new ComponentResourceOptions { Provider = new SampleProvider("p"), Providers = { new SampleProvider("q") } }));

        Assert.Contains("Do not supply both 'provider' and 'providers'", Assert.Single(errors), StringComparison.Ordinal);
    }

    internal sealed class SampleProvider(string name, string package = "sample") : ProviderResource(package, name, ResourceArgs.Empty);
}
