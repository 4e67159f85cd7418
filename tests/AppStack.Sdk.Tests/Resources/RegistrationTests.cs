using AppStack.Engine.Model.Registration;
using AppStack.Engine.Model.Values;
using AppStack.Sdk.Tests.Support;
using Pulumi;
using static AppStack.Sdk.Tests.Support.Values;

namespace AppStack.Sdk.Tests.Resources;

public sealed class RegistrationTests
{
    private const string StackUrn = "urn:pulumi:stack::project::pulumi:pulumi:Stack::project-stack";

    [Fact]
    public async Task The_stack_comes_first_and_everything_has_it_as_parent()
    {
        var monitor = await Run.Ok(() => _ = new Sample("n"));

        var stack = monitor.Registered.First();
        Assert.Equal(("pulumi:pulumi:Stack", "project-stack", null, false), (stack.Type, stack.Name, stack.Parent, stack.Custom));
        Assert.Equal((Sample.Token, StackUrn, true), (monitor.Request("n").Type, monitor.Request("n").Parent, monitor.Request("n").Custom));
    }

    [Theory]
    [InlineData("", "n")]
    [InlineData(null, "n")]
    [InlineData("a:b:C", "")]
    [InlineData("a:b:C", null)]
    public async Task Types_and_names_are_required(string? type, string? name)
    {
        var errors = await Run.Failing(() => _ = new CustomResource(type!, name!, args: null));

        Assert.Contains("cannot be null or empty", Assert.Single(errors), StringComparison.Ordinal);
    }

    [Fact]
    public void Outside_a_run_there_are_no_resources()
    {
        var exception = Assert.Throws<InvalidOperationException>(() => new Sample("n"));
        Assert.Contains("before 'Run' was called", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_input_names_the_resources_that_it_came_from()
    {
        var monitor = await Run.Ok(() =>
        {
            var (a, b) = (new Sample("a"), new Sample("b"));
            _ = new Sample("c", new SampleArgs { Text = Output.Format($"{a.Id}-{b.Id}"), Number = 1, List = { b.Id }, Map = { ["k"] = "v" } });
        });
        var request = monitor.Request("c");

        Assert.Equal([UrnOf("a"), UrnOf("b")], request.PropertyDependencies["text"].ToArray());
        Assert.Equal([UrnOf("b")], request.PropertyDependencies["list"].ToArray());
        Assert.Empty(request.PropertyDependencies["number"]);
        Assert.Empty(request.PropertyDependencies["map"]);
        Assert.Equal([UrnOf("a"), UrnOf("b")], request.Dependencies.ToArray());
    }

    [Fact]
    public async Task Explicit_dependencies_belong_to_no_property()
    {
        var monitor = await Run.Ok(() =>
        {
            var (a, b) = (new Sample("a"), new Sample("b"));
            _ = new Sample("c", new SampleArgs { Text = a.Id }, new CustomResourceOptions { DependsOn = { b } });
        });

        Assert.Equal([UrnOf("a"), UrnOf("b")], monitor.Request("c").Dependencies.ToArray());
        Assert.Equal([UrnOf("a")], monitor.Request("c").PropertyDependencies["text"].ToArray());
    }

    [Fact]
    public async Task Explicit_dependencies_may_be_outputs_and_nulls()
    {
        var monitor = await Run.Ok(() =>
        {
            var a = new Sample("a");
            _ = new Sample("c", options: new CustomResourceOptions { DependsOn = { Later<Resource>(a), (Resource)null! } });
        });

        Assert.Equal([UrnOf("a")], monitor.Request("c").Dependencies.ToArray());
    }

    [Fact]
    public async Task Resources_wait_for_what_they_depend_on()
    {
        var gate = new TaskCompletionSource();
        var monitor = new FakeMonitor();
        monitor.OnRegister = async request =>
        {
            if (request.Name == "slow")
            {
                await gate.Task;
                Assert.DoesNotContain(monitor.Registered, other => other.Name == "after");
            }
            else if (request.Name == "free")
            {
                gate.SetResult();
            }

            return FakeMonitor.Echo(request);
        };
        await Run.Ok(
            () =>
            {
                var slow = new Sample("slow");
                _ = new Sample("after", options: new CustomResourceOptions { DependsOn = slow });
                _ = new Sample("free");
            },
            monitor: monitor);

        Assert.Equal(["slow", "free", "after"], monitor.Registered.Skip(1).Select(request => request.Name));
    }

    [Fact]
    public async Task Depending_on_a_component_means_depending_on_the_resources_in_it()
    {
        var monitor = await Run.Ok(() =>
        {
            var group = new Group("outer", outer =>
            {
                var custom = new Sample("direct", options: new CustomResourceOptions { Parent = outer });
                _ = new Sample("below-custom", options: new CustomResourceOptions { Parent = custom });
                _ = new Group("inner", inner => _ = new Sample("nested", options: new CustomResourceOptions { Parent = inner }), new ComponentResourceOptions { Parent = outer });
            });
            _ = new Sample("dependent", options: new CustomResourceOptions { DependsOn = group });
        });

        Assert.Equal(["direct", "nested"], monitor.Request("dependent").Dependencies.Select(urn => urn[(urn.LastIndexOf(':') + 1)..]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_child_may_depend_on_its_component()
    {
        var monitor = await Run.Ok(() => _ = new Group("group", group =>
        {
            _ = new Sample("first", options: new CustomResourceOptions { Parent = group });
            _ = new Sample("second", options: new CustomResourceOptions { Parent = group, DependsOn = group });
        }));

        Assert.Equal("first", Assert.Single(monitor.Request("second").Dependencies).Split("::")[^1]);
    }

    [Fact]
    public async Task An_output_of_a_component_comes_from_where_its_value_came()
    {
        string[] origins = [];
        await Run.Ok(async () =>
        {
            var group = new Group("group");
            origins = await Origins(group.Exported);
        });

        Assert.Empty(origins);
    }

    [Fact]
    public async Task Options_reach_the_engine()
    {
        var monitor = await Run.Ok(() =>
        {
            var owner = new Sample("owner");
            _ = new Sample("n", options: new CustomResourceOptions
            {
                Protect = true,
                IgnoreChanges = { "a" },
                ReplaceOnChanges = { "b[*]" },
                HideDiffs = { "c" },
                DeleteBeforeReplace = false,
                AdditionalSecretOutputs = { "d" },
                CustomTimeouts = new CustomTimeouts { Create = TimeSpan.FromMinutes(1), Delete = TimeSpan.FromSeconds(2) },
                ImportId = "import",
                RetainOnDelete = true,
                DeletedWith = owner,
                ReplaceWith = { owner },
                ReplacementTrigger = Output.CreateSecret<object>("trigger"),
                Version = "1.2.3",
                PluginDownloadURL = "https://x",
            });
        });
        var options = monitor.Request("n").Options;

        Assert.True(options.Protect);
        Assert.Equal(["a"], options.IgnoreChanges.ToArray());
        Assert.Equal(["b[*]"], options.ReplaceOnChanges.ToArray());
        Assert.Equal(["c"], options.HideDiffs.ToArray());
        Assert.False(options.DeleteBeforeReplace);
        Assert.Equal(["d"], options.AdditionalSecretOutputs.ToArray());
        Assert.Equal(new OperationTimeouts(Create: TimeSpan.FromMinutes(1), Delete: TimeSpan.FromSeconds(2)), options.Timeouts);
        Assert.Equal("import", options.ImportId);
        Assert.True(options.RetainOnDelete);
        Assert.Equal(UrnOf("owner"), options.DeletedWith);
        Assert.Equal([UrnOf("owner")], options.ReplaceWith.ToArray());
        Assert.Equal(Text("trigger").AsSecret(), options.ReplacementTrigger);
        Assert.Equal(("1.2.3", "https://x"), (options.Version, options.PluginDownloadUrl));
    }

    [Fact]
    public async Task Options_not_given_are_not_set()
    {
        var options = (await Run.Ok(() => _ = new Sample("n"))).Request("n").Options;

        Assert.Equal(
            (null, null, null, null, null, null),
            (options.Protect, options.DeleteBeforeReplace, options.ImportId, options.RetainOnDelete, options.DeletedWith, options.ReplacementTrigger));
        Assert.Empty(options.Aliases);
    }

    [Fact]
    public async Task The_given_options_do_not_change()
    {
        var options = new CustomResourceOptions { IgnoreChanges = { "a" } };
        await Run.Ok(() =>
        {
            options.Parent = new Group("group", options: new ComponentResourceOptions { Protect = true });
            _ = new Sample("n", options: options);
        });

        Assert.Null(options.Protect);
    }

    [Fact]
    public async Task Protection_is_inherited_from_the_given_parent_unless_overridden()
    {
        var monitor = await Run.Ok(() =>
        {
            var group = new Group("group", options: new ComponentResourceOptions { Protect = true });
            _ = new Sample("inherits", options: new CustomResourceOptions { Parent = group });
            _ = new Sample("overrides", options: new CustomResourceOptions { Parent = group, Protect = false });
        });

        Assert.True(monitor.Request("inherits").Options.Protect);
        Assert.False(monitor.Request("overrides").Options.Protect);
    }

    [Fact]
    public async Task Reading_a_resource_sends_its_id_and_what_is_known()
    {
        Sample? sample = null;
        var monitor = await Run.Ok(() => sample = new Sample("n", new SampleArgs { Text = "t" }, new CustomResourceOptions { Id = "existing", AdditionalSecretOutputs = { "s" } }));
        var request = Assert.Single(monitor.ReadRequests);

        Assert.Equal(("existing", StackUrn), (request.Id, request.Parent));
        Assert.Equal(PropertyMap.Of(("text", Text("t"))), request.Properties);
        Assert.Equal(["s"], request.AdditionalSecretOutputs.ToArray());
        Assert.Equal("existing", (await Facts(sample!.Id)).Value);
        Assert.Single(monitor.Registered);
    }

    [Fact]
    public async Task A_component_cannot_be_read()
    {
        var errors = await Run.Failing(() => _ = new ComponentResource("a:b:C", "n", new ComponentResourceOptions { Id = "x" }));

        Assert.Contains("Id is only valid for a CustomResource", Assert.Single(errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_resource_can_be_looked_up_by_urn()
    {
        var urn = UrnOf("known");
        var monitor = new FakeMonitor
        {
            OnInvoke = request => new InvokeResponse(
                PropertyMap.Of(("urn", Text(urn)), ("id", Text("the-id")), ("state", Map(("text", Text("t"))))),
                []),
        };
        Sample? sample = null;
        await Run.Ok(() => sample = new Sample("n", options: new CustomResourceOptions { Urn = urn }), monitor: monitor);

        Assert.Equal("pulumi:pulumi:getResource", Assert.Single(monitor.Invoked).Token);
        Assert.Equal(("the-id", "t"), ((await Facts(sample!.Id)).Value, (await Facts(sample.Text)).Value));
        Assert.Single(monitor.Registered);
    }

    [Fact]
    public async Task A_failed_registration_is_told_once_however_many_depend_on_it()
    {
        var monitor = new FakeMonitor
        {
            OnRegister = request => request.Name == "bad" ? throw new InvalidOperationException("no such machine") : Task.FromResult(FakeMonitor.Echo(request)),
        };
        var errors = await Run.Failing(
            () =>
            {
                var bad = new Sample("bad");
                for (var i = 0; i < 5; i++)
                {
                    _ = new Sample($"dependent-{i}", new SampleArgs { Text = bad.Text.Apply(text => text + "!"), List = { bad.Id } });
                }

                _ = new Sample("free");
            },
            monitor: monitor);

        Assert.Contains("no such machine", Assert.Single(errors), StringComparison.Ordinal);
        Assert.Equal(["bad", "free"], monitor.Registered.Skip(1).Select(request => request.Name).Order(StringComparer.Ordinal));
    }

    private static string UrnOf(string name) => FakeMonitor.UrnOf(parent: null, Sample.Token, name);
}
