using System.Collections.Immutable;
using AppStack.Engine.Events;
using AppStack.Engine.Lifecycle.Tests.Harness;
using AppStack.Engine.Model.Providers;
using AppStack.Engine.Model.Registration;
using AppStack.Engine.Model.Values;

namespace AppStack.Engine.Lifecycle.Tests;

public sealed class ReplacementTests : LifecycleTest
{
    private static ResourceOf With(ResourceGoalOptions goal) => new() { Goal = goal };

    private static ResourceOf DeleteFirst => With(new() { DeleteBeforeReplace = true });

    [Fact]
    public async Task Delete_before_replace_by_option_deletes_first()
    {
        await UpOkAsync(program => program.ResourceAsync("a", DeleteFirst, ("immutable", Text("1"))));
        World.TakeCalls();

        var result = await UpOkAsync(program => program.ResourceAsync("a", DeleteFirst, ("immutable", Text("2"))));

        Assert.Equal(["delete a", "create a"], World.TakeCalls());
        Assert.Equal(["delete-replaced a", "replace a", "create-replacement a"], Steps());
        Assert.Equal(1, Count(result, StepKind.Replace));
        Assert.False(Resource("a").PendingReplacement);
    }

    [Fact]
    public async Task What_the_provider_has_to_say_about_a_replacement_is_heard()
    {
        await UpOkAsync(program => program.ResourceAsync("a", null, ("immutable", Text("1"))));
        World.OnDiff = request => FakeWorld.DefaultDiff(request) with { Notes = ["it must be replaced: field is immutable"] };

        await UpOkAsync(program => program.ResourceAsync("a", null, ("immutable", Text("2"))));

        Assert.Contains("it must be replaced: field is immutable", Diagnostics(LogSeverity.Info));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_replacement_answers_the_program_with_its_own_id_and_outputs(bool deleteFirst)
    {
        var options = With(new() { DeleteBeforeReplace = deleteFirst });
        await UpOkAsync(program => program.ResourceAsync("a", options, ("immutable", Text("1"))));
        await UpOkAsync(program => program.ResourceAsync("a", options, ("immutable", Text("2"))));

        Assert.Equal("a-2", Program.Resources["a"].Id);
        Assert.Equal(Text("2"), Program.Resources["a"].Outputs["immutable"]);
    }

    [Fact]
    public async Task Delete_before_replace_by_provider_deletes_first_and_the_option_false_wins()
    {
        World.OnDiff = request => FakeWorld.DefaultDiff(request) with { DeleteBeforeReplace = true };
        await UpOkAsync(program => program.ResourceAsync("a", null, ("immutable", Text("1"))));
        World.TakeCalls();

        await UpOkAsync(program => program.ResourceAsync("a", null, ("immutable", Text("2"))));
        Assert.Equal(["delete a", "create a"], World.TakeCalls());

        await UpOkAsync(program => program.ResourceAsync("a", With(new() { DeleteBeforeReplace = false }), ("immutable", Text("3"))));
        Assert.Equal(["create a", "delete a"], World.TakeCalls());
    }

    [Fact]
    public async Task Dependents_that_would_be_replaced_are_deleted_before_and_others_are_left_alone()
    {
        async Task Declare(TestProgram program, string value)
        {
            var a = await program.ResourceAsync("a", DeleteFirst, ("immutable", Text(value)));
            var replaced = await program.ResourceAsync("replaced", ResourceOf.From("immutableOf", a), ("immutableOf", Text(a.Id!)));
            await program.ResourceAsync("deeper", ResourceOf.From("immutableOf", replaced), ("immutableOf", Text(replaced.Id!)));
            await program.ResourceAsync("updated", ResourceOf.From("peer", a), ("peer", Text(a.Id!)));
            await program.ResourceAsync("waits", new ResourceOf { DependsOn = [a.Urn] });
        }

        await UpOkAsync(program => Declare(program, "1"));
        World.TakeCalls();
        await UpOkAsync(program => Declare(program, "2"));

        Assert.Equal(
            ["delete deeper", "delete replaced", "delete a", "create a", "create replaced", "create deeper", "update updated"], World.TakeCalls());
        Assert.DoesNotContain(State().Resources, state => state.PendingReplacement || state.Delete);
    }

    [Fact]
    public async Task A_protected_dependent_blocks_a_replacement_that_deletes_first()
    {
        async Task Declare(TestProgram program, string value)
        {
            var a = await program.ResourceAsync("a", DeleteFirst, ("immutable", Text(value)));
            await program.ResourceAsync("b", ResourceOf.From("immutableOf", a) with { Goal = new() { Protect = true } }, ("immutableOf", Text(a.Id ?? "?")));
        }

        await UpOkAsync(program => Declare(program, "1"));
        World.TakeCalls();

        await UpFailsAsync(program => Declare(program, "2"), "::b with it, but that one is protected");

        Assert.Empty(World.TakeCalls());
    }

    [Fact]
    public async Task A_dependent_with_replace_on_changes_is_deleted_first_too()
    {
        var options = new ResourceGoalOptions { ReplaceOnChanges = ["peer"] };
        async Task Declare(TestProgram program, string value)
        {
            var a = await program.ResourceAsync("a", DeleteFirst, ("immutable", Text(value)));
            await program.ResourceAsync("b", ResourceOf.From("peer", a) with { Goal = options }, ("peer", Text(a.Id!)));
        }

        await UpOkAsync(program => Declare(program, "1"));
        World.TakeCalls();
        await UpOkAsync(program => Declare(program, "2"));

        Assert.Equal(["delete b", "delete a", "create a", "create b"], World.TakeCalls());
    }

    [Fact]
    public async Task A_dependent_that_is_not_declared_any_more_goes_with_the_replacement()
    {
        await UpOkAsync(async program =>
        {
            var a = await program.ResourceAsync("a", DeleteFirst, ("immutable", Text("1")));
            await program.ResourceAsync("b", ResourceOf.From("immutableOf", a), ("immutableOf", Text(a.Id!)));
        });
        World.TakeCalls();

        await UpOkAsync(program => program.ResourceAsync("a", DeleteFirst, ("immutable", Text("2"))));

        Assert.Equal(["delete b", "delete a", "create a"], World.TakeCalls());
        Assert.False(Has("b"));
    }

    [Fact]
    public async Task A_failed_creation_after_the_deletion_leaves_a_pending_replacement_that_the_next_up_completes()
    {
        async Task Declare(TestProgram program, string value)
        {
            var a = await program.ResourceAsync("a", DeleteFirst, ("immutable", Text(value)));
            await program.ResourceAsync("b", ResourceOf.From("immutableOf", a), ("immutableOf", a.Id is null ? PropertyValue.Unknown.Instance : Text(a.Id)));
        }

        await UpOkAsync(program => Declare(program, "1"));
        World.FailCreate("a");
        Assert.False((await UpAsync(program => Declare(program, "2"))).Succeeded);
        Assert.True(Resource("a").PendingReplacement);
        Assert.True(Resource("b").PendingReplacement);

        World.Heal();
        World.TakeCalls();
        await UpOkAsync(program => Declare(program, "2"));

        Assert.Equal(["create a", "create b"], World.TakeCalls());
        Assert.Equal(2, World.Things.Count);
        Assert.DoesNotContain(State().Resources, state => state.PendingReplacement || state.Delete);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("3")]
    public async Task A_pending_replacement_resumes_with_the_same_or_other_inputs(string resumed)
    {
        await UpOkAsync(program => program.ResourceAsync("a", DeleteFirst, ("immutable", Text("1"))));
        World.FailCreate("a");
        await UpAsync(program => program.ResourceAsync("a", DeleteFirst, ("immutable", Text("2"))));
        World.Heal();
        World.TakeCalls();

        await UpOkAsync(program => program.ResourceAsync("a", DeleteFirst, ("immutable", Text(resumed))));

        Assert.Equal(["create a"], World.TakeCalls());
        Assert.Equal(Text(resumed), Resource("a").Inputs["immutable"]);
    }

    [Fact]
    public async Task A_pending_replacement_that_is_not_declared_any_more_is_forgotten()
    {
        await UpOkAsync(program => program.ResourceAsync("a", DeleteFirst, ("immutable", Text("1"))));
        World.FailCreate("a");
        await UpAsync(program => program.ResourceAsync("a", DeleteFirst, ("immutable", Text("2"))));
        World.Heal();
        World.TakeCalls();

        await UpOkAsync(_ => Task.CompletedTask);

        Assert.Empty(World.TakeCalls());
        Assert.False(Has("a"));
    }

    [Fact]
    public async Task A_failed_create_before_delete_replacement_keeps_the_old_resource()
    {
        await UpOkAsync(program => program.ResourceAsync("a", null, ("immutable", Text("1"))));
        World.FailCreate("a");

        Assert.False((await UpAsync(program => program.ResourceAsync("a", null, ("immutable", Text("2"))))).Succeeded);

        Assert.True(Resource("a") is { Id: "a-1", Delete: false, PendingReplacement: false });
        Assert.Single(World.Things);
    }

    [Theory]
    [InlineData("size", true)]
    [InlineData("*", true)]
    [InlineData("nested.x", false)]
    [InlineData("other", false)]
    public async Task Replace_on_changes_promotes_the_paths_it_names(string path, bool replaces)
    {
        var options = With(new() { ReplaceOnChanges = [path] });
        await UpOkAsync(program => program.ResourceAsync("a", options, ("size", Text("1"))));

        await UpOkAsync(program => program.ResourceAsync("a", options, ("size", Text("2"))));

        Assert.Equal(replaces, Steps().Contains("replace a"));
    }

    [Fact]
    public async Task Replace_on_changes_of_list_elements_is_honoured()
    {
        var options = With(new() { ReplaceOnChanges = ["triggers[*]"] });
        PropertyValue List(string item) => PropertyValue.Of([Text("same"), Text(item)]);
        await UpOkAsync(program => program.ResourceAsync("a", options, ("triggers", List("1"))));

        await UpOkAsync(program => program.ResourceAsync("a", options, ("triggers", List("2"))));

        Assert.Contains("replace a", Steps());
        var step = Events.OfType<EngineEvent.ResourcePre>().First(happened => happened.Step.Kind == StepKind.Replace).Step;
        Assert.Equal(["triggers[1]"], step.ReplaceKeys.AsEnumerable());
        Assert.Equal(PropertyDiffKind.UpdateReplace, step.DetailedDiff["triggers[1]"]);
    }

    [Fact]
    public async Task A_changed_replacement_trigger_replaces_and_a_first_one_does_not()
    {
        ResourceOf Trigger(PropertyValue? value) => With(new() { ReplacementTrigger = value });
        await UpOkAsync(program => program.ResourceAsync("a", Trigger(value: null)));
        await UpOkAsync(program => program.ResourceAsync("a", Trigger(Text("1"))));
        Assert.Empty(Steps());

        await UpOkAsync(program => program.ResourceAsync("a", Trigger(Text("2"))));
        Assert.Contains("replace a", Steps());

        await UpOkAsync(program => program.ResourceAsync("a", Trigger(Secret("2"))));
        Assert.DoesNotContain("replace a", Steps());
    }

    [Fact]
    public async Task A_component_is_replaced_by_its_trigger_and_so_is_what_is_replaced_with_it()
    {
        async Task Declare(TestProgram program, string trigger)
        {
            var component = await program.ComponentAsync("component", With(new() { ReplacementTrigger = Text(trigger) }));
            await program.ResourceAsync("child", new ResourceOf { Parent = component.Urn });
            await program.ResourceAsync("partner", With(new() { ReplaceWith = [component.Urn] }));
        }

        await UpOkAsync(program => Declare(program, "1"));
        World.TakeCalls();

        await UpOkAsync(program => Declare(program, "2"));

        Assert.Equal(["create partner", "delete partner"], World.TakeCalls());
        Assert.Single(State().Resources, state => state.Name == "component");
        await UpOkAsync(program => Declare(program, "2"));
        Assert.Empty(Steps());
    }

    [Fact]
    public async Task An_unknown_replacement_trigger_replaces_in_a_preview()
    {
        ResourceOf Trigger(PropertyValue value) => With(new() { ReplacementTrigger = value });
        await UpOkAsync(program => program.ResourceAsync("a", Trigger(Text("1"))));

        await PreviewAsync(program => program.ResourceAsync("a", Trigger(PropertyValue.Unknown.Instance)));

        Assert.Contains("replace a", Steps());
    }

    [Fact]
    public async Task Replace_with_follows_its_partner()
    {
        async Task Declare(TestProgram program, string value)
        {
            var a = await program.ResourceAsync("a", null, ("immutable", Text(value)));
            await program.ResourceAsync("b", With(new() { ReplaceWith = [a.Urn] }));
        }

        await UpOkAsync(program => Declare(program, "1"));
        await UpOkAsync(program => Declare(program, "1"));
        Assert.Empty(Steps());

        await UpOkAsync(program => Declare(program, "2"));
        Assert.Contains("replace b", Steps());
    }

    [Fact]
    public async Task A_replacement_that_is_asked_for_happens_without_a_change()
    {
        await UpOkAsync(program => program.ResourceAsync("a"));
        Options = Options with { Replace = [Resource("a").Urn] };

        await UpOkAsync(program => program.ResourceAsync("a"));

        Assert.Contains("replace a", Steps());
    }

    [Fact]
    public async Task Detailed_diffs_of_the_provider_decide_about_replacement()
    {
        World.OnDiff = _ => new DiffResult
        {
            Changes = DiffChanges.Some,
            DetailedDiff = ImmutableSortedDictionary.Create<string, PropertyDiffKind>(StringComparer.Ordinal).Add("size", PropertyDiffKind.UpdateReplace),
        };
        await UpOkAsync(program => program.ResourceAsync("a", null, ("size", Text("1"))));
        await UpOkAsync(program => program.ResourceAsync("a", null, ("size", Text("2"))));

        Assert.Contains("replace a", Steps());
    }

    [Fact]
    public async Task A_provider_that_cannot_tell_leaves_the_comparison_to_the_engine()
    {
        World.OnDiff = _ => DiffResult.Undecided;
        await UpOkAsync(program => program.ResourceAsync("a", null, ("size", Text("1"))));

        await UpOkAsync(program => program.ResourceAsync("a", null, ("size", Secret("1"))));
        Assert.Empty(Steps());

        await UpOkAsync(program => program.ResourceAsync("a", null, ("size", Text("2"))));
        Assert.Equal(["update a"], Steps());
    }

    [Fact]
    public async Task A_difference_that_the_provider_always_sees_updates_every_time()
    {
        World.OnDiff = _ => new DiffResult { Changes = DiffChanges.Some };
        await UpOkAsync(program => program.ResourceAsync("a"));

        var result = await UpOkAsync(program => program.ResourceAsync("a"));

        Assert.Equal(1, Count(result, StepKind.Update));
    }

    [Fact]
    public async Task Ignored_changes_do_not_count()
    {
        var ignore = With(new() { IgnoreChanges = ["size", "nested.inner", "list[0]"] });
        (string, PropertyValue)[] Inputs(string value) =>
        [
            ("size", Text(value)),
            ("nested", PropertyValue.Of(PropertyMap.Of(("inner", Text(value)), ("kept", Text("k"))))),
            ("list", PropertyValue.Of([Text(value), Text("x")])),
        ];
        await UpOkAsync(program => program.ResourceAsync("a", ignore, Inputs("1")));
        await UpOkAsync(program => program.ResourceAsync("a", ignore, Inputs("2")));

        Assert.Empty(Steps());
        Assert.Equal(Text("1"), Resource("a").Inputs["size"]);
    }

    [Fact]
    public async Task An_ignored_property_that_is_new_stays_out_and_one_that_is_gone_stays_in()
    {
        var ignore = With(new() { IgnoreChanges = ["old", "new"] });
        await UpOkAsync(program => program.ResourceAsync("a", ignore, ("old", Text("1"))));
        await UpOkAsync(program => program.ResourceAsync("a", ignore, ("new", Text("1"))));

        Assert.Empty(Steps());
        Assert.Equal(["old"], Resource("a").Inputs.Keys);
    }

    [Theory]
    [InlineData("a..b")]
    [InlineData("a[")]
    [InlineData("a[x]")]
    [InlineData("[\"a]")]
    public async Task Malformed_paths_are_refused(string path)
    {
        await UpFailsAsync(program => program.ResourceAsync("a", With(new() { IgnoreChanges = [path] })), "property path");
    }

    [Fact]
    public async Task A_component_that_becomes_a_resource_is_replaced()
    {
        await UpOkAsync(program => program.ComponentAsync("a", new ResourceOf { Type = "test:index:Both" }));
        await UpOkAsync(program => program.ResourceAsync("a", new ResourceOf { Type = "test:index:Both" }));

        Assert.True(Resource("a") is { Custom: true, Id: "a-1" });
    }
}
