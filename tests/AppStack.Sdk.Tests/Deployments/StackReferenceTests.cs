using AppStack.Engine.Model.Registration;
using AppStack.Engine.Model.Values;
using AppStack.Sdk.Tests.Support;
using Pulumi;
using Pulumi.Utilities;
using static AppStack.Sdk.Tests.Support.Values;

namespace AppStack.Sdk.Tests.Deployments;

public sealed class StackReferenceTests
{
    [Fact]
    public async Task It_is_a_read_of_the_stack_s_name()
    {
        var monitor = await With(_ => Task.CompletedTask, args: new StackReferenceArgs { Name = "organization/project/other" });
        var request = Assert.Single(monitor.ReadRequests);

        Assert.Equal(("pulumi:pulumi:StackReference", "ref", "organization/project/other"), (request.Type, request.Name, request.Id));
        Assert.Equal(PropertyMap.Of(("name", Text("organization/project/other"))), request.Properties);
    }

    [Fact]
    public async Task Without_args_the_name_is_the_stack_s() => Assert.Equal("ref", Assert.Single((await With(_ => Task.CompletedTask)).ReadRequests).Id);

    [Fact]
    public Task Each_output_is_as_secret_as_it_was() => With(async reference =>
    {
        Assert.True((await Facts(reference.Outputs)).IsSecret);
        Assert.Equal(("v", true, false), await Facts(reference.GetOutput("open")));
        Assert.Equal(("s", true, true), await Facts(reference.GetOutput("secret")));
        Assert.Equal(("v", true, false), await Facts(reference.RequireOutput("open")));
        Assert.Equal(("s", true, true), await Facts(reference.RequireOutput(Later("secret"))));
    });

    [Fact]
    public Task A_missing_output_is_null_or_fails() => With(async reference =>
    {
        Assert.Equal((null, true, false), await Facts(reference.GetOutput("missing")));
        Assert.Null(await reference.GetValueAsync("missing"));
    });

    [Fact]
    public async Task A_missing_required_output_is_named()
    {
        var monitor = Monitor();
        Exception? exception = null;
        Assert.Equal(32, await Run.Program(monitor, () => Deployment.RunAsync(async () =>
            exception = await Record.ExceptionAsync(() => OutputUtilities.GetValueAsync(new StackReference("ref").RequireOutput("missing"))))));

        Assert.Equal("Required output 'missing' does not exist on stack 'ref'.", Assert.IsType<KeyNotFoundException>(exception).Message);
    }

    [Fact]
    public Task Values_are_only_given_when_they_are_open() => With(async reference =>
    {
        Assert.Equal("v", await reference.GetValueAsync("open"));
        Assert.Equal("v", await reference.RequireValueAsync("open"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => reference.GetValueAsync("secret"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => reference.RequireValueAsync("secret"));
    });

    [Fact]
    public Task Details_hold_the_value_on_the_right_side() => With(async reference =>
    {
        var open = await reference.GetOutputDetailsAsync("open");
        var secret = await reference.GetOutputDetailsAsync("secret");
        var missing = await reference.GetOutputDetailsAsync("missing");

        Assert.Equal(("v", null), (open.Value, open.SecretValue));
        Assert.Equal((null, "s"), (secret.Value, secret.SecretValue));
        Assert.Equal((null, null), (missing.Value, missing.SecretValue));
    });

    [Fact]
    public async Task Without_the_list_of_secrets_all_outputs_are_as_secret_as_the_whole()
    {
        var monitor = Monitor();
        monitor.OnRead = request => new ReadResourceResponse(
            FakeMonitor.UrnOf(request.Parent, request.Type, request.Name),
            PropertyMap.Of(("outputs", Map(("open", Text("v")), ("secret", Text("s").AsSecret()))), ("secretOutputNames", PropertyValue.Unknown.Instance)));
        await With(async reference => Assert.True((await Facts(reference.GetOutput("open"))).IsSecret), monitor: monitor);
    }

    private static FakeMonitor Monitor() => new()
    {
        OnRead = request => new ReadResourceResponse(
            FakeMonitor.UrnOf(request.Parent, request.Type, request.Name),
            PropertyMap.Of(
                ("name", Text(request.Id)),
                ("outputs", Map(("open", Text("v")), ("secret", Text("s").AsSecret()))),
                ("secretOutputNames", List(Text("secret"))))),
    };

    private static async Task<FakeMonitor> With(Func<StackReference, Task> check, StackReferenceArgs? args = null, FakeMonitor? monitor = null)
    {
        Exception? failure = null;
        monitor = await Run.Ok(async () => failure = await Record.ExceptionAsync(() => check(new StackReference("ref", args))), monitor: monitor ?? Monitor());
        Assert.Null(failure);
        return monitor;
    }
}
