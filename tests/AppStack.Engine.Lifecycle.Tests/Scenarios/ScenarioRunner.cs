using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using AppStack.Engine.Backend;
using AppStack.Engine.Diagnostics;
using AppStack.Engine.Events;
using AppStack.Engine.Lifecycle.Tests.Harness;
using AppStack.Engine.Model.Providers;
using AppStack.Engine.Model.Registration;
using AppStack.Engine.Model.Values;
using AppStack.Engine.Operations;
using AppStack.Engine.Planning;
using AppStack.Engine.State;

namespace AppStack.Engine.Lifecycle.Tests.Scenarios;

/// <summary>
/// Carries a scenario out and checks it after every run: the state is consistent, and whatever exists is in it, as a resource or as a
/// pending operation. At the end one healthy <c>up</c> makes the world what the program says, and another has nothing to do.
/// </summary>
internal sealed class ScenarioRunner(string projectDirectory)
{
    private readonly FakeWorld _world = new();
    private readonly MemoryFiles _disk = new();
    private readonly TestProcesses _processes = new();
    private readonly TestProgramHost _host = new();
    private readonly List<EngineEvent> _events = [];

    // Things of which the state does not know the id: whoever creates them again finds them, as with real things that have names.
    private readonly ConcurrentDictionary<string, string> _unconfirmed = new(StringComparer.Ordinal);
    private Fault[] _faults = new Fault[Scenario.Names];
    private DyingMachine? _machine;

    public async Task CheckAsync(Scenario scenario)
    {
        _world.OnCreate = (request, _) => CreateAsync(request);
        _world.OnUpdate = (request, _) => UpdateAsync(request);
        _world.OnDelete = (request, _) => DeleteAsync(request);
        for (var i = 0; i < scenario.Runs.Length; i++)
        {
            var run = scenario.Runs[i];
            _faults = run.Faults;
            _machine = run.DiesAt > 0 ? new DyingMachine(run.DiesAt, _disk) : null;
            try
            {
                await RunAsync(run);
            }
            catch (Exception exception) when (_machine is { IsDead: true })
            {
                _ = exception;
            }
            catch (StackException exception) when (exception.Message.StartsWith("There is no stack", StringComparison.Ordinal))
            {
                Demand(_world.Things.IsEmpty, $"run {i + 1}: the stack is gone but things exist");
            }

            _machine = null;
            CheckNothingForgotten($"after run {i + 1}");
        }

        await ConvergeAsync(scenario.Runs[^1].Program);
    }

    private async Task ConvergeAsync(Declaration[] program)
    {
        var up = new Run(Verb.Up, program, new Fault[Scenario.Names], Target: 0, WithDependents: false, DiesAt: 0);
        _faults = up.Faults;
        var healthy = await RunAsync(up);
        Demand(healthy.Succeeded, $"the healthy up failed: {Errors()}");

        // What may have been made stays known until somebody looks, when nothing makes it again: it is not declared any more, or it was the
        // replacement of something that is as it is declared.
        var there = ReadState().Resources.Select(state => state.Urn).ToHashSet(StringComparer.Ordinal);
        var left = healthy.Pending.Where(urn => program[Index(Urns.Name(urn))].Declared && !there.Contains(urn)).ToArray();
        Demand(left.Length == 0, $"the healthy up left pending operations: {string.Join(", ", left)}");
        CheckNothingForgotten("after the healthy up");
        var expected = Enumerable.Range(0, Scenario.Names).Where(index => program[index].Declared)
            .Select(index => string.Create(CultureInfo.InvariantCulture, $"r{index} size {program[index].Size} immutable {program[index].Immutable}"));
        var actual = _world.Things.Where(thing => !_unconfirmed.Values.Contains(thing.Key)).Select(thing => $"{NameOf(thing.Key)} size {TextOf(thing.Value, "size")} immutable {TextOf(thing.Value, "immutable")}").Order(StringComparer.Ordinal);
        Demand(expected.SequenceEqual(actual, StringComparer.Ordinal), $"the world is not as the program says: {string.Join("; ", actual)}");

        _world.TakeCalls();
        var second = await RunAsync(up);
        Demand(second.Succeeded, $"the second up failed: {Errors()}");
        var calls = _world.TakeCalls();
        Demand(calls.Length == 0, $"the second up had something to do: {string.Join(", ", calls)}");
        Demand(
            second.Changes.All(change => change.Key == StepKind.Same || change.Value == 0),
            $"the second up had changes: {string.Join(", ", second.Changes.Select(change => $"{change.Value} {change.Key}"))}");
    }

    private Task<OperationResult> RunAsync(Run run)
    {
        _processes.CurrentProcess++;
        _events.Clear();
        _host.Body = program => DeclareAsync(program, run.Program);
        var stack = new Workspace(new WorkspaceOptions
        {
            ProjectDirectory = projectDirectory,
            Providers = [new ProviderRegistration(_world.Package, _world.Version, () => new FakeProvider(_world))],
            Environment = name => name == "PULUMI_CONFIG_PASSPHRASE" ? "test" : null,
            Host = _host,
            Files = _machine is null ? _disk : _machine,
            Processes = _processes,
        }).Stack("dev");
        var options = new OperationOptions
        {
            Parallel = 1,
            Refresh = run.Verb == Verb.UpRefresh,
            Targets = run.Verb is Verb.UpTarget or Verb.DestroyTarget ? [string.Create(CultureInfo.InvariantCulture, $"*::r{run.Target}")] : [],
            TargetDependents = run.WithDependents,
        };
        return run.Verb switch
        {
            Verb.Preview => stack.PreviewAsync(NoExitCode, options, _events.Add, CancellationToken.None),
            Verb.Refresh => stack.RefreshAsync(options, preview: false, _events.Add, CancellationToken.None),
            Verb.Destroy or Verb.DestroyTarget => stack.DestroyAsync(options, preview: false, _events.Add, CancellationToken.None),
            _ => stack.UpAsync(NoExitCode, options, _events.Add, CancellationToken.None),
        };
    }

    private static async Task DeclareAsync(TestProgram program, Declaration[] declarations)
    {
        var made = new TestResource?[declarations.Length];
        for (var i = 0; i < declarations.Length; i++)
        {
            var declaration = declarations[i];
            if (!declaration.Declared)
            {
                continue;
            }

            var source = declaration.Needs > 0 && i >= declaration.Needs ? made[i - declaration.Needs] : null;
            if (source is { Result: not RegistrationResult.Success })
            {
                // The SDK does not run what waits for the outputs of something that failed.
                made[i] = source;
                continue;
            }

            var options = new ResourceOf { Goal = new() { DeleteBeforeReplace = declaration.DeleteFirst ? true : null } };
            (string, PropertyValue)[] inputs = [("size", Number(declaration.Size)), ("immutable", Number(declaration.Immutable))];
            if (source is not null && declaration.Flows)
            {
                options = options with { PropertyDependencies = options.PropertyDependencies.Add("immutableSource", [source.Urn]) };
                inputs = [.. inputs, ("immutableSource", source.Id is null ? PropertyValue.Unknown.Instance : PropertyValue.Of(source.Id))];
            }
            else if (source is not null)
            {
                options = options with { DependsOn = [source.Urn] };
            }

            made[i] = await program.ResourceAsync(string.Create(CultureInfo.InvariantCulture, $"r{i}"), options, inputs);
        }
    }

    private Task<CreateResult?> CreateAsync(CreateRequest request)
    {
        _machine?.ThrowIfDead();
        var fault = FaultOf(request.Name);
        Before(fault);
        if (!_unconfirmed.TryRemove(request.Name, out var id))
        {
            id = _world.NewId(request.Name);
        }

        _world.Things[id] = request.Inputs;
        return fault switch
        {
            Fault.LeavesHalf => throw ProviderException.Partial(id, request.Inputs, ["half"]),
            Fault.DoneButUnknown => throw ProviderException.Unknown("no answer"),
            _ => Task.FromResult<CreateResult?>(new CreateResult(id, request.Inputs)),
        };
    }

    private Task<UpdateResult?> UpdateAsync(UpdateRequest request)
    {
        _machine?.ThrowIfDead();
        var fault = FaultOf(Urns.Name(request.Urn));
        Before(fault);
        _world.Things[request.Id] = request.NewInputs;
        return fault switch
        {
            Fault.LeavesHalf => throw ProviderException.Partial(request.Id, request.NewInputs, ["half"]),
            Fault.DoneButUnknown => throw ProviderException.Unknown("no answer"),
            _ => Task.FromResult<UpdateResult?>(new UpdateResult(request.NewInputs)),
        };
    }

    private Task DeleteAsync(DeleteRequest request)
    {
        _machine?.ThrowIfDead();
        var fault = FaultOf(Urns.Name(request.Urn));
        Before(fault == Fault.LeavesHalf ? Fault.Fails : fault);
        _world.Things.TryRemove(request.Id, out _);
        return fault == Fault.DoneButUnknown ? throw ProviderException.Unknown("no answer") : Task.CompletedTask;
    }

    // What goes wrong before anything is done.
    private static void Before(Fault fault)
    {
        switch (fault)
        {
            case Fault.Fails:
                throw new ProviderException("no");
            case Fault.Throws:
                throw new InvalidOperationException("a bug of the provider");
            case Fault.NotDoneAndUnknown:
                throw ProviderException.Unknown("no answer");
        }
    }

    private void CheckNothingForgotten(string when)
    {
        var snapshot = ReadState();
        var problems = SnapshotIntegrity.Verify(snapshot);
        Demand(problems.IsEmpty, $"{when}: the state is not consistent: {string.Join("; ", problems)}");
        var known = snapshot.Resources.Select(state => state.Id).ToHashSet(StringComparer.Ordinal);
        _unconfirmed.Clear();
        foreach (var id in _world.Things.Keys.Where(id => !known.Contains(id)))
        {
            var name = NameOf(id);
            Demand(
                snapshot.PendingOperations.Any(pending => pending.Resource.Name == name && pending.Kind == PendingOperationKind.Creating),
                $"{when}: {id} exists, and the state knows neither it nor an operation that makes it");
            _unconfirmed[name] = id;
        }
    }

    private Snapshot ReadState() => LifecycleTest.Read(new StateStore(_disk, new BackendLayout(projectDirectory, "proj"), "dev"));

    private Fault FaultOf(string name) => _faults[Index(name)];

    private static int Index(string name) => int.Parse(name.AsSpan(1), CultureInfo.InvariantCulture);

    private static string NameOf(string id) => id.Split('-')[0];

    private static PropertyValue Number(int value) => PropertyValue.Of(value.ToString(CultureInfo.InvariantCulture));

    private static string TextOf(PropertyMap properties, string name) => properties.Find(name) is PropertyValue.Text text ? text.Value : "?";

    private string Errors() => string.Join(
        "; ", _events.OfType<EngineEvent.Diagnostic>().Where(happened => happened.Message.Severity == LogSeverity.Error).Select(happened => happened.Message.Message));

    private static Task<int> NoExitCode() => Task.FromResult(0);

    private static void Demand(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new ScenarioFailedException(otherwise);
        }
    }
}

/// <summary>Something that must hold for every scenario does not.</summary>
internal sealed class ScenarioFailedException(string message) : Exception(message);
