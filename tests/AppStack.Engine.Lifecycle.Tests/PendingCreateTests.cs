using AppStack.Engine.Diagnostics;
using AppStack.Engine.Lifecycle.Tests.Harness;
using AppStack.Engine.Model.Providers;
using AppStack.Engine.State;

namespace AppStack.Engine.Lifecycle.Tests;

/// <summary>Resources of which nobody knows whether they exist, and the ways out.</summary>
public sealed class PendingCreateTests : LifecycleTest
{
    private const string Urn = "urn:pulumi:dev::proj::test:index:Thing::a";

    private async Task LeaveACreatePendingAsync()
    {
        World.OnCreate = (request, _) =>
        {
            if (request.Name != "a")
            {
                return Task.FromResult<CreateResult?>(null);
            }

            // It exists, but the answer never arrived.
            World.Things["a-id"] = request.Inputs.WithoutSecrets();
            throw ProviderException.Unknown("the connection broke");
        };
        await UpAsync(async program =>
        {
            await program.ResourceAsync("b");
            await program.ResourceAsync("a", null, ("size", Text("1")));
        });
        World.OnCreate = null;
        World.TakeCalls();
        Assert.Equal(PendingOperationKind.Creating, Assert.Single(State().PendingOperations).Kind);
    }

    [Fact]
    public async Task A_destroy_keeps_what_may_exist_and_names_the_ways_out()
    {
        await LeaveACreatePendingAsync();

        var result = await DestroyAsync();

        Assert.Equal(Urn, Assert.Single(result.Pending));
        var warning = Assert.Single(Warnings);
        Assert.Contains("--import-pending-creates", warning, StringComparison.Ordinal);
        Assert.Contains("--clear-pending-creates", warning, StringComparison.Ordinal);
        Assert.Empty(State().Resources);
    }

    [Fact]
    public async Task A_destroy_that_clears_them_leaves_an_empty_stack()
    {
        await LeaveACreatePendingAsync();
        Options = Options with { ClearPendingCreates = true };

        var result = await DestroyAsync();

        Assert.True(result.Succeeded);
        Assert.Empty(result.Pending);
        Assert.Empty(State().PendingOperations);
        await Workspace().RemoveStackAsync("dev", force: false);
    }

    [Fact]
    public async Task A_refresh_that_clears_them_leaves_the_rest()
    {
        await LeaveACreatePendingAsync();
        Options = Options with { ClearPendingCreates = true };

        Assert.True((await RefreshAsync()).Succeeded);

        Assert.Empty(State().PendingOperations);
        Assert.Equal((false, true), (Has("a"), Has("b")));
    }

    [Fact]
    public async Task A_preview_that_clears_them_changes_nothing()
    {
        await LeaveACreatePendingAsync();
        Options = Options with { ClearPendingCreates = true };

        Assert.True((await RefreshAsync(preview: true)).Succeeded);

        Assert.Single(State().PendingOperations);
    }

    [Fact]
    public async Task A_refresh_that_is_given_an_id_takes_it_into_state_and_the_next_up_has_nothing_to_do()
    {
        await LeaveACreatePendingAsync();
        Options = Options with { ImportPendingCreates = Options.ImportPendingCreates.Add(Urn, "a-id") };

        Assert.True((await RefreshAsync()).Succeeded, string.Join('\n', Errors));

        Assert.Empty(State().PendingOperations);
        Assert.Equal(("a-id", Text("1")), (Resource("a").Id, Resource("a").Outputs["size"]));
        Options = new();
        World.TakeCalls();
        await UpOkAsync(async program =>
        {
            await program.ResourceAsync("b");
            await program.ResourceAsync("a", null, ("size", Text("1")));
        });
        Assert.Empty(World.TakeCalls());
    }

    [Fact]
    public async Task An_id_of_something_that_does_not_exist_leaves_nothing()
    {
        await LeaveACreatePendingAsync();
        Options = Options with { ImportPendingCreates = Options.ImportPendingCreates.Add(Urn, "other-id") };

        Assert.True((await RefreshAsync()).Succeeded);

        Assert.Equal((false, 0), (Has("a"), State().PendingOperations.Length));
    }

    [Fact]
    public async Task An_id_for_what_is_not_pending_is_refused_before_anything_is_done()
    {
        await LeaveACreatePendingAsync();
        Options = Options with { ImportPendingCreates = Options.ImportPendingCreates.Add("urn:pulumi:dev::proj::test:index:Thing::b", "x"), ClearPendingCreates = true };

        var exception = await Assert.ThrowsAsync<StackException>(() => RefreshAsync());

        Assert.Contains("is not pending", exception.Message, StringComparison.Ordinal);
        Assert.Contains(Urn, exception.Message, StringComparison.Ordinal);
        Assert.Single(State().PendingOperations);
    }

    [Fact]
    public async Task An_id_for_a_pending_replacement_is_refused()
    {
        await UpOkAsync(program => program.ResourceAsync("a", null, ("immutable", Text("1"))));
        World.OnCreate = (_, _) => throw ProviderException.Unknown("the connection broke");
        await UpAsync(program => program.ResourceAsync("a", null, ("immutable", Text("2"))));
        Options = Options with { ImportPendingCreates = Options.ImportPendingCreates.Add(Urn, "x") };

        var exception = await Assert.ThrowsAsync<StackException>(() => RefreshAsync());

        Assert.Contains("its replacement", exception.Message, StringComparison.Ordinal);
    }
}
