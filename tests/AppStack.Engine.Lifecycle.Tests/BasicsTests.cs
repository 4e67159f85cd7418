using AppStack.Engine.Events;
using AppStack.Engine.Lifecycle.Tests.Harness;
using AppStack.Engine.Model.Providers;
using AppStack.Engine.Model.Registration;
using AppStack.Engine.Model.Values;
using AppStack.Engine.State;

namespace AppStack.Engine.Lifecycle.Tests;

public sealed class BasicsTests : LifecycleTest
{
    [Fact]
    public async Task Empty_program_has_only_the_stack()
    {
        var result = await UpOkAsync(_ => Task.CompletedTask);

        Assert.Equal(1, Count(result, StepKind.Create));
        Assert.Equal("urn:pulumi:dev::proj::pulumi:pulumi:Stack::proj-dev", Assert.Single(State().Resources).Urn);
        Assert.True((await RefreshAsync()).Succeeded);
        Assert.True((await DestroyAsync()).Succeeded);
        Assert.Empty(State().Resources);
    }

    [Fact]
    public async Task A_resource_lives_through_create_same_update_and_delete_with_its_default_provider()
    {
        await UpOkAsync(program => program.ResourceAsync("a", null, ("size", Text("1"))));
        Assert.Equal(["create a"], World.TakeCalls());
        Assert.Equal("a-1", Resource("a").Id);
        Assert.Equal("urn:pulumi:dev::proj::pulumi:providers:test::default_1_0_0", State().Resources[1].Urn);

        var same = await UpOkAsync(program => program.ResourceAsync("a", null, ("size", Text("1"))));
        Assert.Empty(World.TakeCalls());
        Assert.Equal(2, Count(same, StepKind.Same));

        var update = await UpOkAsync(program => program.ResourceAsync("a", null, ("size", Text("2"))));
        Assert.Equal(["update a"], World.TakeCalls());
        Assert.Equal(1, Count(update, StepKind.Update));
        Assert.Equal(Text("2"), Resource("a").Outputs["size"]);

        var delete = await UpOkAsync(_ => Task.CompletedTask);
        Assert.Equal(["delete a"], World.TakeCalls());
        Assert.Equal(1, Count(delete, StepKind.Delete));
        Assert.Single(State().Resources);
    }

    [Fact]
    public async Task A_resource_lives_through_everything_with_an_explicit_provider()
    {
        async Task Declare(TestProgram program, string size)
        {
            var provider = await program.ProviderAsync("prov", configuration: ("region", Text("north")));
            await program.ResourceAsync("a", new ResourceOf { Provider = provider }, ("size", Text(size)));
        }

        await UpOkAsync(program => Declare(program, "1"));
        Assert.StartsWith("urn:pulumi:dev::proj::pulumi:providers:test::prov::", Resource("a").Provider, StringComparison.Ordinal);
        Assert.Equal(Text("north"), Assert.Single(World.Configurations)["region"]);

        await UpOkAsync(program => Declare(program, "2"));
        Assert.Equal(["create a", "update a"], World.TakeCalls());
        Assert.True((await DestroyAsync()).Succeeded);
        Assert.Equal(["delete a"], World.TakeCalls());
        Assert.Empty(State().Resources);
    }

    [Fact]
    public async Task A_replacement_creates_first_and_deletes_the_old_one_at_the_end()
    {
        await UpOkAsync(program => program.ResourceAsync("a", null, ("immutable", Text("1"))));
        World.TakeCalls();

        var result = await UpOkAsync(program => program.ResourceAsync("a", null, ("immutable", Text("2"))));

        Assert.Equal(["create a", "delete a"], World.TakeCalls());
        Assert.Equal(["create-replacement a", "replace a", "delete-replaced a"], Steps());
        Assert.Equal(1, Count(result, StepKind.Replace));
        Assert.Equal("a-2", Resource("a").Id);
        Assert.Equal(["a-2"], World.Things.Keys);
    }

    [Fact]
    public async Task Preview_does_nothing()
    {
        var result = await PreviewAsync(program => program.ResourceAsync("a", null, ("size", Text("1"))));

        Assert.True(result.Succeeded);
        Assert.Equal(["preview-create a"], World.TakeCalls());
        Assert.Equal(2, Count(result, StepKind.Create));
        Assert.False(System.IO.Directory.Exists(Path.Combine(Directory, ".pulumi")));
    }

    [Fact]
    public async Task Two_resources_of_one_urn_are_an_error()
    {
        await UpFailsAsync(
            async program =>
            {
                await program.ResourceAsync("a", null, ("size", Text("1")));
                await program.ResourceAsync("a", null, ("size", Text("2")));
            },
            "two resources with the URN urn:pulumi:dev::proj::test:index:Thing::a");

        Assert.Equal(["create a"], World.TakeCalls());
    }

    [Fact]
    public async Task The_stack_is_the_parent_of_what_has_none()
    {
        await UpOkAsync(program => program.ResourceAsync("a"));

        Assert.Equal("urn:pulumi:dev::proj::pulumi:pulumi:Stack::proj-dev", Resource("a").Parent);
        Assert.Null(State().Resources[1].Parent);
    }

    [Theory]
    [InlineData("with::colons")]
    [InlineData("with spaces and $dollar")]
    [InlineData("emoji 🚀")]
    [InlineData("quotes\"and\\slashes")]
    public async Task Odd_names_survive(string name)
    {
        await UpOkAsync(program => program.ResourceAsync(name));
        var same = await UpOkAsync(program => program.ResourceAsync(name));

        Assert.Equal(2, Count(same, StepKind.Same));
        Assert.Equal(name, Resource(name).Name);
    }

    [Fact]
    public async Task A_type_without_three_parts_is_refused()
    {
        await UpFailsAsync(program => program.ResourceAsync("a", new ResourceOf { Type = "very:bad" }), "three parts");
    }

    [Fact]
    public async Task A_package_without_provider_is_refused_with_those_there_are()
    {
        await UpFailsAsync(program => program.ResourceAsync("a", new ResourceOf { Type = "aws:s3:Bucket" }), "no provider for the package 'aws'");
        Assert.Contains(Errors, message => message.Contains("other, pulumi, test", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_dependency_that_is_no_urn_is_refused()
    {
        await UpFailsAsync(program => program.ResourceAsync("a", new ResourceOf { DependsOn = ["foo"] }), "'foo' is not a URN");
    }

    [Fact]
    public async Task All_check_failures_are_reported_on_the_resource()
    {
        World.OnCheck = request => new CheckResult(request.NewInputs, [new CheckFailure("size", "must be a number"), new CheckFailure("", "is all wrong")]);

        await UpFailsAsync(program => program.ResourceAsync("a", null, ("size", Text("x"))), "property 'size': must be a number");

        Assert.Contains(Errors, message => message.Contains("is all wrong", StringComparison.Ordinal));
        Assert.False(Has("a"));
    }

    [Fact]
    public async Task Checked_inputs_are_what_is_stored_and_sent_as_old_ones()
    {
        World.OnCheck = request => CheckResult.Ok(request.NewInputs.With("default", Text("d")));
        await UpOkAsync(program => program.ResourceAsync("a", null, ("size", Text("1"))));
        Assert.Equal(Text("d"), Resource("a").Inputs["default"]);

        World.Checks.Clear();
        await UpOkAsync(program => program.ResourceAsync("a", null, ("size", Text("2"))));

        Assert.Equal(Text("d"), Assert.Single(World.Checks).OldInputs!["default"]);
        Assert.Equal(Text("d"), Assert.Single(World.Diffs).OldInputs["default"]);
    }

    [Fact]
    public async Task A_replacement_is_checked_without_old_inputs()
    {
        await UpOkAsync(program => program.ResourceAsync("a", null, ("immutable", Text("1"))));
        World.Checks.Clear();
        await UpOkAsync(program => program.ResourceAsync("a", null, ("immutable", Text("2"))));

        Assert.Equal(2, World.Checks.Count);
        Assert.NotNull(World.Checks.First().OldInputs);
        Assert.Null(World.Checks.Last().OldInputs);
    }

    [Fact]
    public async Task A_partial_create_is_kept_with_its_errors_and_updated_next_time()
    {
        World.FailCreate("a", () => ProviderException.Partial("a-0", PropertyMap.Of(("size", Text("1"))), ["not ready"]));
        await UpFailsAsync(program => program.ResourceAsync("a", null, ("size", Text("1"))), "not ready");
        Assert.Equal(["not ready"], Resource("a").InitErrors.AsEnumerable());
        Assert.Equal("a-0", Resource("a").Id);

        World.Heal();
        World.TakeCalls();
        await UpOkAsync(program => program.ResourceAsync("a", null, ("size", Text("1"))));

        Assert.Equal(["update a"], World.TakeCalls());
        Assert.Empty(Resource("a").InitErrors);
    }

    [Fact]
    public async Task A_partial_update_keeps_old_inputs_and_new_outputs()
    {
        await UpOkAsync(program => program.ResourceAsync("a", null, ("size", Text("1"))));
        World.FailUpdate("a", () => ProviderException.Partial("a-1", PropertyMap.Of(("size", Text("1.5"))), ["half way"]));

        await UpFailsAsync(program => program.ResourceAsync("a", null, ("size", Text("2"))), "half way");

        Assert.Equal(Text("1"), Resource("a").Inputs["size"]);
        Assert.Equal(Text("1.5"), Resource("a").Outputs["size"]);
    }

    [Fact]
    public async Task Unknown_values_of_a_preview_flow_to_what_depends_on_them()
    {
        World.OnPreviewCreate = request => new CreateResult("", request.Inputs.With("address", PropertyValue.Unknown.Instance));
        PropertyValue? seen = null;
        var result = await PreviewAsync(async program =>
        {
            var a = await program.ResourceAsync("a");
            Assert.Null(a.Id);
            var b = await program.ResourceAsync("b", ResourceOf.From("peer", a), ("peer", a.Output("address")));
            seen = b.Output("peer");
        });

        Assert.True(result.Succeeded);
        Assert.IsType<PropertyValue.Unknown>(seen);
    }

    [Fact]
    public async Task Component_outputs_are_stored_and_components_answer_with_none()
    {
        await UpOkAsync(async program =>
        {
            var component = await program.ComponentAsync("c");
            Assert.Empty(component.Outputs);
            await program.ResourceAsync("child", new ResourceOf { Parent = component.Urn });
            await program.OutputsAsync(component, ("url", Text("http://c")));
        });

        Assert.Equal(Text("http://c"), Resource("c").Outputs["url"]);
        Assert.Equal("urn:pulumi:dev::proj::test:index:Component$test:index:Thing::child", Resource("child").Urn);
    }

    [Fact]
    public async Task Outputs_for_something_that_is_not_registered_are_an_error()
    {
        await UpFailsAsync(
            program => program.Monitor.RegisterResourceOutputsAsync("urn:pulumi:dev::proj::test:index:Component::ghost", PropertyMap.Empty, default),
            "not a registered resource");
    }

    [Fact]
    public async Task Stack_outputs_are_replaced_by_a_good_run()
    {
        await UpOkAsync(program =>
        {
            program.Outputs["a"] = Text("1");
            program.Outputs["b"] = Text("2");
            return Task.CompletedTask;
        });
        await UpOkAsync(program =>
        {
            program.Outputs["b"] = Text("3");
            return Task.CompletedTask;
        });

        Assert.Equal(PropertyMap.Of(("b", Text("3"))), State().Resources[0].Outputs);
        Assert.Equal(PropertyMap.Of(("b", Text("3"))), await Stack().GetOutputsAsync());
    }

    [Fact]
    public async Task Stack_outputs_survive_a_program_that_fails()
    {
        await UpOkAsync(program =>
        {
            program.Outputs["a"] = Text("1");
            return Task.CompletedTask;
        });

        await UpFailsAsync(_ => throw new ProgramFailure("broken program"), "broken program");

        Assert.Equal(PropertyMap.Of(("a", Text("1"))), State().Resources[0].Outputs);
    }

    [Fact]
    public async Task Stack_outputs_of_a_failed_run_are_merged_over_the_old_ones()
    {
        await UpOkAsync(program =>
        {
            program.Outputs["a"] = Text("1");
            program.Outputs["b"] = Text("1");
            return Task.CompletedTask;
        });
        World.FailCreate("bad");

        await UpFailsAsync(
            async program =>
            {
                var bad = await program.ResourceAsync("bad");
                program.Outputs["a"] = Text("2");
                program.Outputs["b"] = bad.Output("address");
            },
            "no room");

        Assert.Equal(PropertyMap.Of(("a", Text("2")), ("b", Text("1"))), State().Resources[0].Outputs);
    }

    [Fact]
    public async Task An_error_that_the_program_logs_fails_the_run_and_nothing_is_deleted()
    {
        await UpOkAsync(program => program.ResourceAsync("a"));
        World.TakeCalls();

        await UpFailsAsync(
            program =>
            {
                program.Monitor.Log(new LogMessage(LogSeverity.Error, "I do not like this"));
                return Task.CompletedTask;
            },
            "I do not like this");

        Assert.Empty(World.TakeCalls());
        Assert.True(Has("a"));
    }

    [Fact]
    public async Task Times_are_tracked()
    {
        await UpOkAsync(program => program.ResourceAsync("a", null, ("size", Text("1"))));
        var created = Resource("a");
        Assert.NotNull(created.Created);
        Assert.Equal(created.Created, created.Modified);

        await UpOkAsync(program => program.ResourceAsync("a", null, ("size", Text("1"))));
        Assert.Equal(created.Modified, Resource("a").Modified);

        await UpOkAsync(program => program.ResourceAsync("a", null, ("size", Text("2"))));
        Assert.Equal(created.Created, Resource("a").Created);
        Assert.NotEqual(created.Modified, Resource("a").Modified);
    }

    [Fact]
    public async Task Expecting_no_changes_fails_when_there_are_some()
    {
        await UpOkAsync(program => program.ResourceAsync("a", null, ("size", Text("1"))));
        Options = Options with { ExpectNoChanges = true };

        Assert.True((await UpAsync(program => program.ResourceAsync("a", null, ("size", Text("1"))))).Succeeded);
        Assert.False((await PreviewAsync(program => program.ResourceAsync("a", null, ("size", Text("2"))))).Succeeded);
    }

    [Fact]
    public async Task Many_resources_run_in_parallel_but_never_more_than_asked_for()
    {
        var (running, most) = (0, 0);
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        World.OnCreate = async (_, _) =>
        {
            var now = Interlocked.Increment(ref running);
            InterlockedMax(ref most, now);
            if (now == 4)
            {
                gate.TrySetResult();
            }

            await gate.Task;
            Interlocked.Decrement(ref running);
            return null;
        };
        Options = Options with { Parallel = 4 };

        await UpOkAsync(program => Task.WhenAll(Enumerable.Range(0, 40).Select(i => program.Monitor.RegisterResourceAsync(
            new RegisterResourceRequest { Type = ResourceOf.DefaultType, Name = $"r{i}", Custom = true }, default))));

        Assert.Equal(4, most);
        Assert.Equal(42, State().Resources.Length);
    }

    private static void InterlockedMax(ref int target, int value)
    {
        for (var current = Volatile.Read(ref target); value > current; current = Volatile.Read(ref target))
        {
            if (Interlocked.CompareExchange(ref target, value, current) == current)
            {
                return;
            }
        }
    }
}
