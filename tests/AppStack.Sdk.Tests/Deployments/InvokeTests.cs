using System.Collections.Immutable;
using AppStack.Engine.Model.Registration;
using AppStack.Engine.Model.Values;
using AppStack.Sdk.Tests.Support;
using Pulumi;
using static AppStack.Sdk.Tests.Support.Values;

namespace AppStack.Sdk.Tests.Deployments;

public sealed class InvokeTests
{
    private const string Token = "sample:index:function";

    [Fact]
    public async Task A_function_gets_its_arguments_and_gives_an_output()
    {
        var monitor = new FakeMonitor { OnInvoke = _ => new InvokeResponse(PropertyMap.Of(("host", Text("h").AsSecret())), []) };
        (SampleNested? Value, bool IsKnown, bool IsSecret) result = default;
        await Run.Ok(async () => result = await Facts(Deployment.Instance.Invoke<SampleNested>(Token, new FunctionArgs { Text = Later("t") }, new InvokeOptions { Version = "1.0.0" })), monitor: monitor);

        Assert.Equal(new InvokeRequest(Token, PropertyMap.Of(("text", Text("t"))), Provider: null, "1.0.0"), Assert.Single(monitor.Invoked));
        Assert.Equal("h", result.Value!.Host);
        Assert.True(result is { IsKnown: true, IsSecret: true });
    }

    [Fact]
    public async Task An_unknown_argument_makes_the_result_unknown_without_a_call()
    {
        var isKnown = true;
        var monitor = await Run.Ok(
            async () => isKnown = (await Facts(Deployment.Instance.Invoke<SampleNested>(Token, new FunctionArgs { Text = Unknown<string>() }))).IsKnown,
            isDryRun: true);

        Assert.False(isKnown);
        Assert.Empty(monitor.Invoked);
    }

    [Fact]
    public async Task A_resource_that_does_not_exist_yet_makes_the_result_unknown()
    {
        var monitor = new FakeMonitor { OnRegister = request => Task.FromResult(FakeMonitor.Echo(request) with { Id = null }) };
        var isKnown = true;
        await Run.Ok(
            async () =>
            {
                var sample = new Sample("n", new SampleArgs { Text = "t" });
                isKnown = (await Facts(Deployment.Instance.Invoke<SampleNested>(Token, new FunctionArgs { Text = sample.Text! }))).IsKnown;
            },
            isDryRun: true,
            monitor);

        Assert.False(isKnown);
        Assert.Empty(monitor.Invoked);
    }

    [Fact]
    public async Task The_result_comes_from_the_arguments_and_the_explicit_dependencies()
    {
        string[] origins = [];
        await Run.Ok(async () =>
        {
            var (a, b) = (new Sample("a"), new Sample("b"));
            origins = await Origins(Deployment.Instance.Invoke<object>(Token, new FunctionArgs { Text = a.Id }, new InvokeOutputOptions { DependsOn = { b } }));
        });

        Assert.Equal(["a", "b"], origins);
    }

    [Fact]
    public async Task Failures_are_told_with_their_property()
    {
        var monitor = new FakeMonitor { OnInvoke = _ => new InvokeResponse(PropertyMap.Empty, [new CheckFailure("text", "too short"), new CheckFailure("n", "odd")]) };
        var errors = await Run.Failing(() => Deployment.Instance.Invoke<object>(Token, new FunctionArgs()), monitor: monitor);

        Assert.Contains($"Invoke of '{Token}' failed: too short (text); odd (n)", Assert.Single(errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_parent_s_provider_is_used()
    {
        var monitor = await Run.Ok(() =>
        {
            var group = new Group("g", options: new ComponentResourceOptions { Provider = new Resources.ProviderTests.SampleProvider("p") });
            _ = Deployment.Instance.Invoke<object>(Token, new FunctionArgs(), new InvokeOptions { Parent = group });
        });

        Assert.Contains("::p::", Assert.Single(monitor.Invoked).Provider, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_awaited_forms_give_values()
    {
        var monitor = new FakeMonitor { OnInvoke = _ => new InvokeResponse(PropertyMap.Of(("only", PropertyValue.Of(3))), []) };
        var seen = "";
        await Run.Ok(
            async () =>
            {
                var instance = Deployment.Instance;
                await instance.InvokeAsync(Token, InvokeArgs.Empty);
                var members = await instance.InvokeAsync<ImmutableDictionary<string, int>>(Token, InvokeArgs.Empty);
                var single = await instance.InvokeSingleAsync<int>(Token, InvokeArgs.Empty);
                var output = (await Facts(instance.InvokeSingle<int>(Token, InvokeArgs.Empty))).Value;
                seen = $"{members["only"]} {single} {output}";
            },
            monitor: monitor);

        Assert.Equal("3 3 3", seen);
        Assert.Equal(4, monitor.Invoked.Count());
    }

    [Fact]
    public async Task The_awaited_forms_refuse_unknown_arguments()
    {
        Exception? exception = null;
        await Run.Ok(
            async () => exception = await Record.ExceptionAsync(() => Deployment.Instance.InvokeAsync(Token, new FunctionArgs { Text = Unknown<string>() })),
            isDryRun: true);

        Assert.Contains("Call it with Invoke", Assert.IsType<InvalidOperationException>(exception).Message, StringComparison.Ordinal);
    }

    private sealed class FunctionArgs : InvokeArgs
    {
        [Input("text")]
        public Input<string>? Text { get; set; }
    }
}
