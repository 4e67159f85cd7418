using AppStack.Engine.Lifecycle.Tests.Harness;
using AppStack.Engine.Model.Registration;
using AppStack.Engine.Model.Values;

namespace AppStack.Engine.Lifecycle.Tests;

public sealed class TargetTests : LifecycleTest
{
    private static string Urn(string name) => $"urn:pulumi:dev::proj::test:index:Thing::{name}";

    private static async Task Family(TestProgram program, string value)
    {
        var a = await program.ResourceAsync("a", null, ("size", Text(value)));
        var b = await program.ResourceAsync("b", ResourceOf.From("peer", a), ("peer", a.Result == RegistrationResult.Success ? Text(value) : PropertyValue.Unknown.Instance));
        await program.ResourceAsync("c", new ResourceOf { DependsOn = [b.Urn] }, ("size", Text(value)));
    }

    [Fact]
    public async Task Only_targets_are_updated()
    {
        await UpOkAsync(program => Family(program, "1"));
        World.TakeCalls();
        Options = Options with { Targets = [Urn("b")] };

        await UpOkAsync(program => Family(program, "2"));

        Assert.Equal(["update b"], World.TakeCalls());
        Assert.Equal(Text("1"), Resource("a").Inputs["size"]);
        Assert.Equal(Text("1"), Program.Resources["a"].Outputs["size"]);
    }

    [Fact]
    public async Task Patterns_name_targets()
    {
        await UpOkAsync(program => Family(program, "1"));
        World.TakeCalls();
        Options = Options with { Targets = ["**::a", "*::c"] };

        await UpOkAsync(program => Family(program, "2"));

        Assert.Equal(["update a", "update c"], World.TakeCalls());
    }

    [Fact]
    public async Task Excluded_resources_are_left_alone()
    {
        await UpOkAsync(program => Family(program, "1"));
        World.TakeCalls();
        Options = Options with { Excludes = [Urn("a"), Urn("b")] };

        await UpOkAsync(program => Family(program, "2"));

        Assert.Equal(["update c"], World.TakeCalls());
    }

    [Fact]
    public async Task A_target_that_does_not_exist_is_an_error()
    {
        Options = Options with { Targets = [Urn("ghost")] };

        await UpFailsAsync(program => Family(program, "1"), $"No resource matches the target {Urn("ghost")}");
    }

    [Fact]
    public async Task A_new_resource_that_is_no_target_is_not_created_and_a_target_that_needs_it_fails()
    {
        await UpOkAsync(_ => Task.CompletedTask);
        Options = Options with { Targets = [Urn("a")] };
        await UpOkAsync(program => Family(program, "1"));
        Assert.Equal(["create a"], World.TakeCalls());

        Options = Options with { Targets = [Urn("c")] };
        await UpFailsAsync(program => Family(program, "1"), $"{Urn("c")} is a target, but it needs {Urn("b")}");
        Assert.Empty(World.TakeCalls());
    }

    [Fact]
    public async Task What_is_not_declared_any_more_is_deleted_only_if_it_is_a_target()
    {
        await UpOkAsync(program => Family(program, "1"));
        World.TakeCalls();
        Options = Options with { Targets = [Urn("c")] };

        await UpOkAsync(_ => Task.CompletedTask);

        Assert.Equal(["delete c"], World.TakeCalls());
        Assert.True(Has("a"));
    }

    [Fact]
    public async Task A_target_is_not_deleted_while_something_depends_on_it()
    {
        await UpOkAsync(program => Family(program, "1"));
        World.TakeCalls();
        Options = Options with { Targets = [Urn("b")] };

        Assert.False((await DestroyAsync()).Succeeded);

        Assert.Contains(Errors, error => error.Contains("--target-dependents", StringComparison.Ordinal));
        Assert.Empty(World.TakeCalls());
    }

    [Fact]
    public async Task A_target_is_destroyed_with_its_dependents_when_asked_for()
    {
        await UpOkAsync(program => Family(program, "1"));
        World.TakeCalls();
        Options = Options with { Targets = [Urn("b")], TargetDependents = true };

        Assert.True((await DestroyAsync()).Succeeded);

        Assert.Equal(["delete c", "delete b"], World.TakeCalls());
        Assert.True(Has("a"));
        Assert.True(Has("proj-dev"));
    }

    [Fact]
    public async Task Destroying_with_exclusions_keeps_what_the_excluded_need()
    {
        await UpOkAsync(program => Family(program, "1"));
        World.TakeCalls();
        Options = Options with { Excludes = [Urn("b")] };

        Assert.True((await DestroyAsync()).Succeeded);

        Assert.Equal(["delete c"], World.TakeCalls());
        Assert.True(Has("a"));
        Assert.True(Has("b"));
    }

    [Fact]
    public async Task Resources_left_alone_keep_an_order_in_which_state_is_consistent()
    {
        await UpOkAsync(async program =>
        {
            var x = await program.ResourceAsync("x");
            await program.ResourceAsync("y", new ResourceOf { DependsOn = [x.Urn] });
        });
        Options = Options with { Targets = [Urn("z")] };

        // y is declared before x now, but stays as it was: depending on x.
        await UpOkAsync(async program =>
        {
            var y = await program.ResourceAsync("y");
            await program.ResourceAsync("z", new ResourceOf { DependsOn = [y.Urn] });
        });

        Assert.Equal(Urn("x"), Assert.Single(Resource("y").Dependencies));
    }

    [Fact]
    public async Task An_explicit_provider_that_is_no_target_still_serves_its_resources()
    {
        async Task Declare(TestProgram program, string value)
        {
            var provider = await program.ProviderAsync("p", configuration: ("region", Text("north")));
            await program.ResourceAsync("a", new ResourceOf { Provider = provider }, ("size", Text(value)));
        }

        await UpOkAsync(program => Declare(program, "1"));
        World.TakeCalls();
        Options = Options with { Targets = [Urn("a")] };

        await UpOkAsync(program => Declare(program, "2"));

        Assert.Equal(["update a"], World.TakeCalls());
    }
}
