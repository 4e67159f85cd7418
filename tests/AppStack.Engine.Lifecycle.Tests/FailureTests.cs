using AppStack.Engine.Events;
using AppStack.Engine.Lifecycle.Tests.Harness;
using AppStack.Engine.Model.Providers;
using AppStack.Engine.Model.Registration;
using AppStack.Engine.Model.Values;
using AppStack.Engine.State;

namespace AppStack.Engine.Lifecycle.Tests;

public sealed class FailureTests : LifecycleTest
{
    private static ResourceOf Limited(int seconds) => new() { Goal = new() { Timeouts = new OperationTimeouts(Create: seconds == 0 ? null : TimeSpan.FromSeconds(seconds)) } };

    private static async Task Chain(TestProgram program, string value)
    {
        var a = await program.ResourceAsync("a", null, ("size", Text(value)));
        await program.ResourceAsync("b", ResourceOf.From("peer", a), ("peer", a.Result == RegistrationResult.Success ? Text(value) : PropertyValue.Unknown.Instance));
        await program.ResourceAsync("c", null, ("size", Text(value)));
    }

    [Fact]
    public async Task After_a_failed_create_dependents_are_skipped_and_the_rest_goes_on()
    {
        World.FailCreate("a");

        await UpFailsAsync(program => Chain(program, "1"), "creating urn:pulumi:dev::proj::test:index:Thing::a: no room");

        Assert.Equal(RegistrationResult.Failed, Program.Resources["a"].Result);
        Assert.Equal(RegistrationResult.Skipped, Program.Resources["b"].Result);
        Assert.Equal(RegistrationResult.Success, Program.Resources["c"].Result);
        Assert.False(Has("b"));

        World.Heal();
        World.TakeCalls();
        await UpOkAsync(program => Chain(program, "1"));
        Assert.Equal(["create a", "create b"], World.TakeCalls());
    }

    [Fact]
    public async Task After_a_failed_update_dependents_stay_as_they_were()
    {
        await UpOkAsync(program => Chain(program, "1"));
        World.FailUpdate("a");
        World.TakeCalls();

        Assert.False((await UpAsync(program => Chain(program, "2"))).Succeeded);

        Assert.Equal(["update a", "update c"], World.TakeCalls());
        Assert.Equal(Text("1"), Resource("a").Inputs["size"]);
        Assert.Equal(Text("1"), Resource("b").Inputs["peer"]);
        Assert.Equal(Text("2"), Resource("c").Inputs["size"]);

        World.Heal();
        await UpOkAsync(program => Chain(program, "2"));
        Assert.Equal(Text("2"), Resource("b").Inputs["peer"]);
    }

    [Fact]
    public async Task Without_continue_on_error_nothing_new_is_started_after_a_failure()
    {
        World.FailCreate("a");
        Options = Options with { ContinueOnError = false };

        await UpFailsAsync(program => Chain(program, "1"), "no room");

        Assert.Equal(["create a"], World.TakeCalls());
    }

    [Fact]
    public async Task Nothing_is_deleted_in_a_run_in_which_something_failed()
    {
        await UpOkAsync(program => program.ResourceAsync("old"));
        World.FailCreate("new");
        World.TakeCalls();

        await UpFailsAsync(program => program.ResourceAsync("new"), "no room");

        Assert.Equal(["create new"], World.TakeCalls());
        Assert.True(Has("old"));
    }

    [Fact]
    public async Task Children_of_something_that_failed_are_skipped()
    {
        World.FailCreate("parent");

        Assert.False((await UpAsync(async program =>
        {
            var parent = await program.ResourceAsync("parent");
            await program.ResourceAsync("child", new ResourceOf { Parent = parent.Urn });
        })).Succeeded);

        Assert.Equal(RegistrationResult.Skipped, Program.Resources["child"].Result);
    }

    [Fact]
    public async Task A_provider_that_cannot_be_configured_fails_its_resources_only()
    {
        World.OnCheckConfig = request => new CheckResult(request.NewInputs, [new CheckFailure("region", "is not known")]);

        await UpFailsAsync(
            async program =>
            {
                var provider = await program.ProviderAsync("p", configuration: ("region", Text("mars")));
                await program.ResourceAsync("a", new ResourceOf { Provider = provider });
                await program.ResourceAsync("b", new ResourceOf { Type = "other:index:Thing" });
            },
            "property 'region': is not known");

        Assert.False(Has("a"));
        Assert.True(Has("b"));
    }

    [Fact]
    public async Task An_unexpected_exception_of_a_provider_is_a_failure_of_that_step()
    {
        World.FailCreate("a", () => new InvalidOperationException("bug in the provider"));

        await UpFailsAsync(program => Chain(program, "1"), "bug in the provider");

        Assert.True(Has("c"));
        Assert.Empty(State().PendingOperations);
    }

    [Fact]
    public async Task An_exception_while_checking_is_a_failure_of_that_resource()
    {
        World.OnCheck = request => request.Urn.EndsWith("::a", StringComparison.Ordinal) ? throw new InvalidOperationException("bug in check") : null;

        await UpFailsAsync(program => Chain(program, "1"), "bug in check");

        Assert.True(Has("c"));
    }

    [Fact]
    public async Task An_operation_of_unknown_outcome_stays_pending_and_is_done_again()
    {
        World.FailCreate("a", () => ProviderException.Unknown("the connection was lost"));
        var result = await UpFailsAsync(program => Chain(program, "1"), "it is not known whether this took place: the connection was lost");
        Assert.Equal(Program.Resources["a"].Urn, Assert.Single(result.Pending));
        Assert.Equal(Engine.State.PendingOperationKind.Creating, Assert.Single(State().PendingOperations).Kind);

        World.Heal();
        World.TakeCalls();
        await UpOkAsync(program => Chain(program, "1"));

        Assert.Contains(Warnings, warning => warning.Contains("may exist", StringComparison.Ordinal));
        Assert.Equal(["create a", "create b"], World.TakeCalls());
        Assert.Empty(State().PendingOperations);
    }

    [Fact]
    public async Task An_update_of_unknown_outcome_is_done_again_even_without_a_difference()
    {
        await UpOkAsync(program => Chain(program, "1"));
        World.FailUpdate("a", () => ProviderException.Unknown("the connection was lost"));
        await UpAsync(program => Chain(program, "2"));
        World.Heal();
        World.TakeCalls();

        // The program goes back to what state says, but what exists may be half way.
        await UpOkAsync(program => Chain(program, "1"));

        Assert.Contains("update a", World.TakeCalls());
        Assert.Empty(State().PendingOperations);
    }

    [Fact]
    public async Task A_deletion_of_unknown_outcome_is_done_again()
    {
        await UpOkAsync(program => program.ResourceAsync("a"));
        World.OnDelete = (_, _) => throw ProviderException.Unknown("the connection was lost");
        Assert.False((await UpAsync(_ => Task.CompletedTask)).Succeeded);
        Assert.Equal(Engine.State.PendingOperationKind.Deleting, Assert.Single(State().PendingOperations).Kind);
        World.Heal();
        World.TakeCalls();

        await UpOkAsync(_ => Task.CompletedTask);

        Assert.Equal(["delete a"], World.TakeCalls());
        Assert.Empty(State().PendingOperations);
        Assert.False(Has("a"));
    }

    [Fact]
    public async Task What_was_being_deleted_and_is_wanted_again_is_deleted_and_made_anew()
    {
        await UpOkAsync(program => program.ResourceAsync("a"));
        World.OnDelete = (_, _) => throw ProviderException.Unknown("the connection was lost");
        await UpAsync(_ => Task.CompletedTask);
        World.Heal();
        World.TakeCalls();

        await UpOkAsync(program => program.ResourceAsync("a"));

        Assert.Equal(["delete a", "create a"], World.TakeCalls());
        Assert.Empty(State().PendingOperations);
    }

    [Fact]
    public async Task A_replacement_that_may_exist_stays_known_when_what_it_was_to_replace_is_deleted()
    {
        await UpOkAsync(program => program.ResourceAsync("a", null, ("immutable", Text("1"))));
        World.FailCreate("a", () => ProviderException.Unknown("lost"));
        await UpAsync(program => program.ResourceAsync("a", null, ("immutable", Text("2"))));
        World.Heal();

        await UpOkAsync(_ => Task.CompletedTask);

        Assert.DoesNotContain(State().Resources, state => state.Name == "a");
        var pending = Assert.Single(State().PendingOperations);
        Assert.Equal((Engine.State.PendingOperationKind.Creating, "a"), (pending.Kind, pending.Resource.Name));
    }

    [Fact]
    public async Task A_pending_create_is_kept_by_refresh_and_by_previews()
    {
        World.FailCreate("a", () => ProviderException.Unknown("lost"));
        await UpAsync(program => Chain(program, "1"));
        World.Heal();

        Assert.True((await RefreshAsync()).Succeeded);
        Assert.Single(State().PendingOperations);

        var preview = await PreviewAsync(program => Chain(program, "1"));
        Assert.True(preview.Succeeded);
        Assert.Single(preview.Pending);
    }

    [Fact]
    public async Task A_time_limit_is_passed_on_and_enforced()
    {
        TimeSpan? seen = null;
        World.OnCreate = (request, _) =>
        {
            seen = request.Timeout;
            return Task.FromResult<CreateResult?>(null);
        };

        await UpOkAsync(program => program.ResourceAsync("a", new ResourceOf { Goal = new() { Timeouts = new OperationTimeouts(Create: TimeSpan.FromMinutes(5)) } }));

        Assert.Equal(TimeSpan.FromMinutes(5), seen);
        Assert.Equal(300, Resource("a").Timeouts.Create);
    }

    [Fact]
    public async Task Time_limits_of_updates_and_deletions_are_passed_on()
    {
        var seen = new Dictionary<string, TimeSpan?>(StringComparer.Ordinal);
        World.OnUpdate = (request, _) =>
        {
            seen["update"] = request.Timeout;
            return Task.FromResult<UpdateResult?>(null);
        };
        World.OnDelete = (request, _) =>
        {
            seen["delete"] = request.Timeout;
            return Task.CompletedTask;
        };
        var limited = new ResourceOf { Goal = new() { Timeouts = new OperationTimeouts(Update: TimeSpan.FromSeconds(2), Delete: TimeSpan.FromSeconds(3)) } };

        await UpOkAsync(program => program.ResourceAsync("a", limited, ("size", Text("1"))));
        await UpOkAsync(program => program.ResourceAsync("a", limited, ("size", Text("2"))));
        await UpOkAsync(_ => Task.CompletedTask);

        Assert.Equal(TimeSpan.FromSeconds(2), seen["update"]);
        Assert.Equal(TimeSpan.FromSeconds(3), seen["delete"]);
    }

    [Fact]
    public async Task A_graceful_stop_finishes_what_runs_and_starts_nothing_more()
    {
        using var stop = new CancellationTokenSource();
        World.OnCreate = async (_, _) =>
        {
            await stop.CancelAsync();
            return null;
        };

        var result = await UpAsync(
            async program =>
            {
                await program.ResourceAsync("a");
                await program.ResourceAsync("b");
            },
            stop.Token);

        Assert.True(result is { Cancelled: true, Succeeded: false });
        Assert.Equal(["create a"], World.TakeCalls());
        Assert.True(Has("a"));
        Assert.Contains(Events, happened => happened is EngineEvent.Cancel);
    }

    [Fact]
    public async Task An_abort_reaches_running_operations_whose_outcome_is_then_unknown()
    {
        using var abort = new CancellationTokenSource();
        Options = Options with { Abort = abort.Token };
        World.OnCreate = async (_, cancellation) =>
        {
            await abort.CancelAsync();
            await Task.Delay(Timeout.Infinite, cancellation);
            return null;
        };

        var result = await UpAsync(program => program.ResourceAsync("a"));

        Assert.False(result.Succeeded);
        Assert.Single(State().PendingOperations);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(60)]
    public async Task An_abort_waits_until_the_provider_has_ended_what_it_ran(int limit)
    {
        var time = new ManualTime();
        Time = time;
        using var abort = new CancellationTokenSource();
        Options = Options with { Abort = abort.Token };
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        World.OnCreate = async (_, cancellation) =>
        {
            begun.SetResult();
            await Task.Delay(Timeout.Infinite, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await end.Task;
            World.Record("ended");
            throw new OperationCanceledException(cancellation);
        };
        var running = UpAsync(program => program.ResourceAsync("a", Limited(limit)));
        await begun.Task;

        var waiting = time.TimerOf(TimeSpan.FromSeconds(15));
        await abort.CancelAsync();
        Assert.Same(waiting, await Task.WhenAny(waiting, running));
        end.SetResult();
        await running;

        Assert.Equal(["create a", "ended"], World.TakeCalls());
        Assert.Equal(PendingOperationKind.Creating, Assert.Single(State().PendingOperations).Kind);
    }

    [Fact]
    public async Task A_provider_that_hangs_is_told_to_end_after_the_time_limit_and_then_given_up_on()
    {
        var time = new ManualTime();
        Time = time;
        var begun = new TaskCompletionSource<CancellationToken>(TaskCreationOptions.RunContinuationsAsynchronously);
        World.OnCreate = async (_, cancellation) =>
        {
            begun.SetResult(cancellation);
            await Task.Delay(Timeout.Infinite, CancellationToken.None);
            return null;
        };
        var running = UpAsync(program => program.ResourceAsync("a", Limited(60)));
        var told = await begun.Task;

        // The provider knows the limit, and gets a while beyond it to say that it kept to it.
        time.Advance(TimeSpan.FromSeconds(74));
        Assert.False(told.IsCancellationRequested);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(told.IsCancellationRequested);
        time.Advance(TimeSpan.FromSeconds(15));

        Assert.False((await running).Succeeded);
        Assert.Contains(Errors, error => error.Contains("the time limit of 60 s", StringComparison.Ordinal));
        Assert.Equal(PendingOperationKind.Creating, Assert.Single(State().PendingOperations).Kind);
    }

    [Fact]
    public async Task A_provider_that_ignores_an_abort_is_given_up_on()
    {
        var time = new ManualTime();
        Time = time;
        using var abort = new CancellationTokenSource();
        Options = Options with { Abort = abort.Token };
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        World.OnCreate = async (_, _) =>
        {
            begun.SetResult();
            await Task.Delay(Timeout.Infinite, CancellationToken.None);
            return null;
        };
        var running = UpAsync(program => program.ResourceAsync("a"));
        await begun.Task;

        await abort.CancelAsync();
        time.Advance(TimeSpan.FromSeconds(15));

        Assert.False((await running).Succeeded);
        Assert.Contains(Errors, error => error.Contains("did not end", StringComparison.Ordinal));
        Assert.Single(State().PendingOperations);
    }

    [Fact]
    public async Task Errors_of_a_preview_do_not_stop_it()
    {
        await UpOkAsync(program => program.ResourceAsync("a", new ResourceOf { Goal = new() { Protect = true } }, ("immutable", Text("1"))));

        var result = await PreviewAsync(async program =>
        {
            await program.ResourceAsync("a", new ResourceOf { Goal = new() { Protect = true } }, ("immutable", Text("2")));
            await program.ResourceAsync("b");
        });

        Assert.False(result.Succeeded);
        Assert.Contains(Errors, error => error.Contains("it is protected", StringComparison.Ordinal));

        // What would happen is shown all the same: it tells why.
        Assert.Equal(["create-replacement a", "replace a", "create b"], Steps());
    }
}
