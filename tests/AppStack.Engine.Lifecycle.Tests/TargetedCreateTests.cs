using AppStack.Engine.Lifecycle.Tests.Harness;
using AppStack.Engine.Model.Registration;
using AppStack.Engine.State;

namespace AppStack.Engine.Lifecycle.Tests;

/// <summary>New resources in an update with targets, and families of targets.</summary>
public sealed class TargetedCreateTests : LifecycleTest
{
    private static string Urn(string name) => $"urn:pulumi:dev::proj::test:index:Thing::{name}";

    [Fact]
    public async Task A_new_resource_that_is_a_target_is_created_and_nothing_else()
    {
        await UpOkAsync(program => program.ResourceAsync("old", null, ("size", Text("1"))));
        World.TakeCalls();
        Options = Options with { Targets = [Urn("new")] };

        await UpOkAsync(async program =>
        {
            await program.ResourceAsync("old", null, ("size", Text("2")));
            await program.ResourceAsync("new");
        });

        Assert.Equal(["create new"], World.TakeCalls());
        Assert.Equal(Text("1"), Resource("old").Inputs["size"]);
    }

    [Fact]
    public async Task A_new_resource_that_nothing_needs_is_left_for_later()
    {
        await UpOkAsync(program => program.ResourceAsync("old", null, ("size", Text("1"))));
        World.TakeCalls();
        Options = Options with { Targets = [Urn("old")] };

        await UpOkAsync(async program =>
        {
            await program.ResourceAsync("new");
            await program.ResourceAsync("old", null, ("size", Text("2")));
        });

        Assert.Equal(["update old"], World.TakeCalls());
        Assert.False(Has("new"));

        Options = new();
        await UpOkAsync(async program =>
        {
            await program.ResourceAsync("new");
            await program.ResourceAsync("old", null, ("size", Text("2")));
        });
        Assert.Equal(["create new"], World.TakeCalls());
    }

    [Fact]
    public async Task New_resources_that_only_each_other_need_are_left_for_later()
    {
        await UpOkAsync(program => program.ResourceAsync("old"));
        World.TakeCalls();
        Options = Options with { Targets = [Urn("old")] };

        await UpOkAsync(async program =>
        {
            var first = await program.ResourceAsync("first");
            await program.ResourceAsync("second", new ResourceOf { DependsOn = [first.Urn] });
            await program.ResourceAsync("old");
        });

        Assert.Empty(World.TakeCalls());
        Assert.Equal((false, false), (Has("first"), Has("second")));
    }

    [Fact]
    public async Task Children_of_a_component_go_with_it_when_dependents_are_asked_for()
    {
        await UpOkAsync(async program =>
        {
            var component = await program.ComponentAsync("c");
            await program.ResourceAsync("child", new ResourceOf { Parent = component.Urn });
            await program.ResourceAsync("other");
        });
        World.TakeCalls();
        Options = Options with { Targets = ["urn:pulumi:dev::proj::test:index:Component::c"], TargetDependents = true };

        Assert.True((await DestroyAsync()).Succeeded);

        Assert.Equal(["delete child"], World.TakeCalls());
        Assert.Equal((false, false, true), (Has("c"), Has("child"), Has("other")));
    }

    [Fact]
    public async Task What_is_no_target_keeps_its_state_to_the_letter()
    {
        async Task Declare(TestProgram program, string value)
        {
            var a = await program.ResourceAsync("a", null, ("size", Text(value)));
            await program.ResourceAsync("b", new ResourceOf { DependsOn = [a.Urn], Goal = new() { Protect = value == "2" } }, ("size", Text(value)));
            await program.ResourceAsync("t", null, ("size", Text(value)));
        }

        await UpOkAsync(program => Declare(program, "1"));
        var before = (Resource("a"), Resource("b"));
        Options = Options with { Targets = [Urn("t")] };

        await UpOkAsync(program => Declare(program, "2"));

        Assert.True(StateComparer.SameExceptPosition(before.Item1, Resource("a")));
        Assert.True(StateComparer.SameExceptPosition(before.Item2, Resource("b")));
        Assert.Equal(Text("2"), Resource("t").Inputs["size"]);
    }

    [Fact]
    public async Task A_chain_that_is_no_target_is_answered_from_state()
    {
        async Task Declare(TestProgram program, string value)
        {
            var a = await program.ResourceAsync("a", null, ("size", Text(value)));
            var b = await program.ResourceAsync("b", ResourceOf.From("peer", a), ("peer", a.Output("size")));
            await program.ResourceAsync("t", ResourceOf.From("peer", b), ("peer", b.Output("peer")));
        }

        await UpOkAsync(program => Declare(program, "1"));
        World.TakeCalls();
        Options = Options with { Targets = [Urn("t")] };

        await UpOkAsync(program => Declare(program, "2"));

        Assert.Empty(World.TakeCalls());
        Assert.Equal(RegistrationResult.Success, Program.Resources["t"].Result);
    }
}
