using System.Globalization;
using AppStack.Engine.Backend;
using AppStack.Engine.Lifecycle.Tests.Harness;
using AppStack.Engine.Model.Providers;
using AppStack.Engine.Secrets;
using AppStack.Engine.State;

namespace AppStack.Engine.Lifecycle.Tests;

/// <summary>The machine dies at every single write of a run that creates, updates, replaces both ways and deletes.</summary>
public sealed class CrashTests : LifecycleTest
{
    private DyingMachine? _machine;

    public CrashTests()
    {
        // Ids are stable, as with real things that have names: creating twice is creating once.
        World.OnCreate = (request, _) =>
        {
            _machine?.ThrowIfDead();
            var id = request.Name + (request.Inputs.Find("immutable") is { } immutable ? $"-{((Model.Values.PropertyValue.Text)immutable).Value}" : "");
            World.Things[id] = request.Inputs.WithoutSecrets();
            return Task.FromResult<CreateResult?>(new CreateResult(id, request.Inputs));
        };
        World.OnUpdate = (_, _) =>
        {
            _machine?.ThrowIfDead();
            return Task.FromResult<UpdateResult?>(null);
        };
        World.OnDelete = (_, _) =>
        {
            _machine?.ThrowIfDead();
            return Task.CompletedTask;
        };
    }

    private static async Task Before(TestProgram program)
    {
        var a = await program.ResourceAsync("a", null, ("immutable", Text("1")));
        await program.ResourceAsync("b", ResourceOf.From("peer", a), ("peer", Text("1")));
        var first = await program.ResourceAsync("first", new ResourceOf { Goal = new() { DeleteBeforeReplace = true } }, ("immutable", Text("1")));
        await program.ResourceAsync("second", ResourceOf.From("immutable", first), ("immutable", Text("1")));
        await program.ResourceAsync("goes");
        program.Outputs["out"] = Text("1");
    }

    private static async Task After(TestProgram program)
    {
        var a = await program.ResourceAsync("a", null, ("immutable", Text("2")));
        await program.ResourceAsync("b", ResourceOf.From("peer", a), ("peer", Text("2")));
        var first = await program.ResourceAsync("first", new ResourceOf { Goal = new() { DeleteBeforeReplace = true } }, ("immutable", Text("2")));
        await program.ResourceAsync("second", ResourceOf.From("immutable", first), ("immutable", first.Id is null ? Model.Values.PropertyValue.Unknown.Instance : Text("2")));
        var component = await program.ComponentAsync("component");
        await program.ResourceAsync("new", new ResourceOf { Parent = component.Urn }, ("size", Text("1")));
        await program.OutputsAsync(component, ("url", Text("x")));
        program.Outputs["out"] = Text("2");
    }

    [Fact]
    public async Task Whatever_was_written_when_the_machine_died_nothing_is_lost_and_the_next_up_converges()
    {
        var survived = false;
        for (var dieAt = 1; !survived; dieAt++)
        {
            Assert.True(dieAt < 500, "The run never ends.");
            StackName = string.Create(CultureInfo.InvariantCulture, $"dev{dieAt}");
            World.Things.Clear();
            _machine = null;
            Files = new DiskFiles();
            Processes.CurrentProcess++;
            await UpOkAsync(Before);

            _machine = new DyingMachine(dieAt);
            Files = _machine;
            Processes.CurrentProcess++;
            try
            {
                survived = (await UpAsync(After)).Succeeded && !_machine.IsDead;
            }
            catch (Exception exception) when (_machine.IsDead)
            {
                _ = exception;
            }

            _machine = null;
            Files = new DiskFiles();
            Processes.CurrentProcess++;
            AssertNothingIsForgotten(dieAt);

            var recovery = await UpAsync(After);
            Assert.True(recovery.Succeeded, $"died at {dieAt}: {string.Join('\n', Errors)}");
            Assert.Empty(recovery.Pending);
            Assert.Equal(["a-2", "b", "first-2", "new", "second-2"], World.Things.Keys.Order(StringComparer.Ordinal));
            Assert.Equal(Text("2"), (await Stack().GetOutputsAsync())["out"]);

            World.TakeCalls();
            await UpOkAsync(After);
            Assert.Empty(World.TakeCalls());
            Assert.False(File.Exists(new BackendLayout(Directory, "proj").Journal(StackName)));
        }
    }

    [Fact]
    public async Task A_first_up_that_dies_is_taken_up_again()
    {
        var survived = false;
        for (var dieAt = 1; !survived; dieAt++)
        {
            Assert.True(dieAt < 500, "The run never ends.");
            StackName = string.Create(CultureInfo.InvariantCulture, $"dev{dieAt}");
            World.Things.Clear();
            _machine = new DyingMachine(dieAt);
            Files = _machine;
            Processes.CurrentProcess++;
            try
            {
                survived = (await UpAsync(Before)).Succeeded && !_machine.IsDead;
            }
            catch (Exception exception) when (_machine.IsDead)
            {
                _ = exception;
            }

            _machine = null;
            Files = new DiskFiles();
            Processes.CurrentProcess++;
            AssertNothingIsForgotten(dieAt);
            await UpOkAsync(Before);
            Assert.Equal(5, World.Things.Count);
        }
    }

    [Fact]
    public async Task An_export_after_a_crash_contains_what_the_journal_knows()
    {
        // Dies while writing the checkpoint at the end: everything was done.
        await UpOkAsync(_ => Task.CompletedTask);
        var store = new StateStore(new DiskFiles(), new BackendLayout(Directory, "proj"), "dev");
        for (var dieAt = 1; ; dieAt++)
        {
            _machine = new DyingMachine(dieAt);
            Files = _machine;
            Processes.CurrentProcess++;
            try
            {
                await UpAsync(program => program.ResourceAsync("a"));
            }
            catch (Exception exception) when (_machine.IsDead)
            {
                _ = exception;
            }

            if (World.Things.ContainsKey("a"))
            {
                break;
            }
        }

        Files = new DiskFiles();
        var before = store.ReadCheckpointBytes()!;
        Assert.Contains("Thing::a", await Stack().ExportAsync(showSecrets: false), StringComparison.Ordinal);
        Assert.Equal(before, store.ReadCheckpointBytes());
    }

    [Fact]
    public async Task A_journal_that_belongs_to_another_state_is_set_aside_and_reported()
    {
        await UpOkAsync(program => program.ResourceAsync("a"));
        var layout = new BackendLayout(Directory, "proj");
        await File.WriteAllTextAsync(layout.Journal("dev"), """{"journal":1,"base":"00","kind":"update","started":"2026-01-01T00:00:00Z"}""" + "\n");

        await UpOkAsync(program => program.ResourceAsync("a"));

        Assert.Contains(Notices, notice => notice.Contains("does not belong to the state", StringComparison.Ordinal));
        Assert.Single(System.IO.Directory.GetFiles(layout.Stacks, "dev.journal.*.orphan"));
    }

    [Fact]
    public async Task Wherever_the_disk_is_full_nothing_is_lost_and_the_next_up_converges_once_there_is_room()
    {
        var wasFull = true;
        for (var fullAt = 1; wasFull; fullAt++)
        {
            Assert.True(fullAt < 500, "The run never ends.");
            StackName = string.Create(CultureInfo.InvariantCulture, $"dev{fullAt}");
            World.Things.Clear();
            Files = new DiskFiles();
            await UpOkAsync(Before);

            var disk = new FullDisk(fullAt);
            Files = disk;
            var told = "";
            try
            {
                var run = await UpAsync(After);
                told = run.Succeeded ? "" : string.Join('\n', Errors);
                Assert.True(run.Succeeded || told.Contains("No space left", StringComparison.Ordinal), $"full at {fullAt}: {told}");
            }
            catch (IOException exception)
            {
                told = exception.Message;
            }

            wasFull = disk.IsFull;
            AssertNothingIsForgotten(fullAt);

            // Still full: the next command says so, and loses nothing either.
            if (wasFull)
            {
                await Assert.ThrowsAnyAsync<IOException>(() => UpAsync(After));
                AssertNothingIsForgotten(fullAt);
            }

            Files = new DiskFiles();
            var recovery = await UpAsync(After);
            Assert.True(recovery.Succeeded, $"full at {fullAt} ({told}): {string.Join('\n', Errors)}");
            Assert.Empty(recovery.Pending);
            Assert.Equal(["a-2", "b", "first-2", "new", "second-2"], World.Things.Keys.Order(StringComparer.Ordinal));
            Assert.DoesNotContain(Notices, notice => notice.Contains("does not belong", StringComparison.Ordinal));

            World.TakeCalls();
            await UpOkAsync(After);
            Assert.Empty(World.TakeCalls());
        }
    }

    [Fact]
    public async Task Wherever_the_disk_is_full_of_a_first_up_with_secrets_nothing_is_lost()
    {
        static async Task Declare(TestProgram program)
        {
            await program.ResourceAsync("a", null, ("size", Text("1")));
            await program.ResourceAsync("b", null, ("password", Secret("hunter2-value")));
        }

        var wasFull = true;
        for (var fullAt = 1; wasFull; fullAt++)
        {
            Assert.True(fullAt < 100, "The run never ends.");
            StackName = string.Create(CultureInfo.InvariantCulture, $"dev{fullAt}");
            World.Things.Clear();
            var disk = new FullDisk(fullAt);
            Files = disk;
            try
            {
                Assert.True((await UpAsync(Declare)).Succeeded || disk.IsFull);
            }
            catch (IOException)
            {
                Assert.True(disk.IsFull);
            }

            wasFull = disk.IsFull;
            AssertNothingIsForgotten(fullAt);
            Files = new DiskFiles();
            await UpOkAsync(Declare);
            Assert.Equal(["a", "b"], World.Things.Keys.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task Nothing_is_done_that_the_full_disk_has_no_room_to_announce()
    {
        await UpOkAsync(program => program.ResourceAsync("a"));
        World.TakeCalls();

        // The first growth is the lock, the second the journal.
        Files = new FullDisk(fullAt: 2);
        await UpFailsAsync(
            async program =>
            {
                await program.ResourceAsync("a");
                await program.ResourceAsync("b");
                await program.ResourceAsync("c");
            },
            "No space left");

        // The second resource is not even tried: it would fail for the same reason.
        Assert.Empty(World.TakeCalls());
        Assert.Single(Errors, error => error.StartsWith("creating", StringComparison.Ordinal));
    }

    private void AssertNothingIsForgotten(int dieAt)
    {
        var store = new StateStore(Files, new BackendLayout(Directory, "proj"), StackName);
        var snapshot = store.Load(SealedCodec.Instance)?.Snapshot ?? Snapshot.Empty;
        Assert.Empty(SnapshotIntegrity.Verify(snapshot));
        foreach (var id in World.Things.Keys)
        {
            var name = id.Split('-')[0];
            Assert.True(
                snapshot.Resources.Any(state => state.Id == id) || snapshot.PendingOperations.Any(operation => operation.Resource.Name == name),
                $"died at {dieAt}: {id} exists and the state does not know");
        }
    }
}
