using System.Collections.Concurrent;
using System.Collections.Immutable;
using AppStack.Engine.Events;
using AppStack.Engine.Execution;
using AppStack.Engine.Journal;
using AppStack.Engine.Model.Registration;
using AppStack.Engine.Model.Values;
using AppStack.Engine.Planning;
using AppStack.Engine.Plans;
using AppStack.Engine.Registration;
using AppStack.Engine.Secrets;
using AppStack.Engine.State;

namespace AppStack.Engine.Operations;

/// <summary>
/// One run over one stack: the program's counterpart. It leads each registration through registrar, planner and executor, and deletes at
/// the end what the program did not declare.
/// </summary>
/// <remarks>
/// Checks and diffs of different resources run concurrently. What concerns more than one resource - who claims which old state, what is
/// deleted before a replacement - happens under one gate, so that those decisions see a consistent picture.
/// </remarks>
internal sealed partial class Deployment : IResourceMonitor, IAsyncDisposable
{
    private const string NotATarget = "not a target";

    private readonly DeploymentSettings _settings;
    private readonly Snapshot _base;
    private readonly IJournal _journal;
    private readonly EventStream _events;
    private readonly SecretMasker _masker;
    private readonly RunStates _states;
    private readonly ProviderRegistry _providers;
    private readonly StepExecutor _executor;
    private readonly Registrar _registrar;
    private readonly OperationTargets _targets;
    private readonly SemaphoreSlim _gate = new(1);
    private readonly ConcurrentDictionary<string, Lazy<Task<string>>> _defaultProviders = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _incomplete = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _targeted = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _replaced = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<int, Task<bool>> _condemned = new();
    private readonly ConcurrentDictionary<string, Step> _awaitingOutputs = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> _started = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PendingOperationKind> _pending;
    private readonly BuiltInFunctions _builtIn;
    private readonly PlanKeeper _plans;
    private volatile bool _stopped;
    private volatile bool _failed;
    private volatile bool _strayed;
    private PropertyMap? _stackOutputs;

    public Deployment(DeploymentSettings settings, Snapshot @base, IJournal journal, EventStream events, SecretMasker masker, Func<string, Task<PropertyMap?>> readStackOutputs)
    {
        _settings = settings;
        _base = @base;
        _journal = journal;
        _events = events;
        _masker = masker;
        _states = new RunStates(@base);
        var options = settings.Options;
        _providers = new ProviderRegistry(
            settings.Providers.Add(new ProviderRegistration("pulumi", "", () => new PulumiProvider(readStackOutputs))), settings.NewId, options.Abort);
        _executor = new StepExecutor(journal, _states, _providers, events, settings.Time, settings.Preview, options.Parallel, options.Abort);
        _registrar = new Registrar(settings.Stack, settings.Project, _providers, DefaultProviderAsync);
        _targets = new OperationTargets(options.Targets, options.Excludes);
        _pending = PendingByUrn(@base);
        _plans = new PlanKeeper(settings.Plan, records: options.SavePlan is not null);
        _builtIn = new BuiltInFunctions(_states, readStackOutputs);
        foreach (var state in @base.Resources)
        {
            if (state.Custom && Urns.IsProviderType(state.Type))
            {
                _providers.Declare($"{state.Urn}::{state.Id}", Urns.ProviderPackage(state.Type), state.Inputs);
            }
        }
    }

    /// <summary>Whether every step that was wanted was done.</summary>
    public bool Succeeded => !_failed && !_stopped && !_events.HasErrors;

    public bool Stopped => _stopped;

    /// <summary>What the run has decided about each resource; empty unless a plan is to be saved.</summary>
    public ImmutableSortedDictionary<string, ResourcePlan> Plans => _plans.Made;

    // What is not as planned ends the run: whatever follows was planned for another one. So does a full disk: nothing can be announced any more.
    private bool StartsNothing => _stopped || _strayed || _journal.IsBroken || (_failed && !_settings.Options.ContinueOnError);

    /// <summary>Starts nothing more; what runs may finish.</summary>
    public void Stop()
    {
        if (!_stopped)
        {
            _stopped = true;
            _events.Send(new EngineEvent.Cancel());
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _providers.DisposeAsync();
        _executor.Dispose();
        _gate.Dispose();
    }

    /// <summary>Says why an operation ends after its refresh.</summary>
    public void TellNothingElseIsDone() => _events.Error("Nothing else was done, because not everything could be read. Mend what is said above, or run without --refresh.");

    /// <summary>Warns about operations that never reported back.</summary>
    /// <param name="hasProgram">Whether the run has a program, which may declare them again.</param>
    public void ReportPendingOperations(bool hasProgram)
    {
        foreach (var operation in _base.PendingOperations)
        {
            var (what, next) = operation.Kind switch
            {
                PendingOperationKind.Creating when !hasProgram => (
                    "created, and may exist",
                    "Look whether it does. `appstack refresh --import-pending-creates URN,ID` takes it into the state; once it is certainly gone, --clear-pending-creates of refresh or destroy forgets it"),
                PendingOperationKind.Creating => ("created, and may exist", "It is created again if the program still declares it"),
                PendingOperationKind.Updating => ("updated, and may be in between", "It is updated again"),
                PendingOperationKind.Deleting => ("deleted, and may be gone", "It is deleted again, and made anew if the program still declares it"),
                _ => ("read", "It is read again"),
            };
            _events.Warn($"An earlier run was interrupted while {operation.Resource.Urn} was being {what}. {next}.", operation.Resource.Urn);
        }
    }

    /// <summary>Ends a run with a program: deletes what the program did not declare, then settles the outputs of the stack.</summary>
    public async Task FinishAsync(int exitCode)
    {
        if (exitCode != 0)
        {
            _failed = true;
        }

        foreach (var urn in _awaitingOutputs.Keys.Where(urn => urn != _registrar.StackUrn).Order(StringComparer.Ordinal))
        {
            if (_awaitingOutputs.TryRemove(urn, out var step))
            {
                PutOutputs(step, outputs: null);
            }
        }

        var doomed = DeletionSelection.AfterProgram(_states, _targets, _settings.Options.TargetDependents);
        Report(doomed.Problems);
        if (Succeeded)
        {
            await DeleteAsync(doomed.Resources);
        }
        else if (doomed.Resources.Length > 0)
        {
            _events.Info($"{doomed.Resources.Length} resources that are not needed any more were left alone, because something before failed. A later run deletes them.");
        }

        FinishStack();
        ReportMissing();
        ReportWithoutMatch();
    }

    // Both what the program declares and what is there count: an alias is asked for by either name.
    private void ReportWithoutMatch()
    {
        string[] urns = [.. _registrar.Urns, .. _base.Resources.Select(state => state.Urn)];
        var replaced = new OperationTargets(_settings.Options.Replace, []);
        foreach (var problem in _targets.WithoutMatch(urns).Select(pattern => $"No resource matches the target {pattern}.")
            .Concat(replaced.WithoutMatch(urns).Select(pattern => $"No resource matches what is to be replaced: {pattern}.")))
        {
            _failed = true;
            _events.Error(problem);
        }
    }

    /// <summary>Deletes every resource, or those that are targets with what depends on them.</summary>
    public async Task DestroyAsync()
    {
        var doomed = DeletionSelection.Destruction(_states.Base(), _targets, _settings.Options.TargetDependents);
        Report(doomed.Problems);
        await DeleteAsync(doomed.Resources);
    }

    /// <summary>Reads every resource and takes over into state what is different.</summary>
    public async Task RefreshAsync()
    {
        var refresher = new Refresher(_journal, _states, _providers, _events, _settings, _targets);
        if (!await refresher.RunAsync(() => _stopped))
        {
            _failed = true;
        }
    }

    private static Dictionary<string, PendingOperationKind> PendingByUrn(Snapshot snapshot)
    {
        var pending = new Dictionary<string, PendingOperationKind>(StringComparer.Ordinal);
        foreach (var operation in snapshot.PendingOperations)
        {
            pending[operation.Resource.Urn] = operation.Kind;
        }

        return pending;
    }

    private void Report(ImmutableArray<DeletionSelection.Problem> problems)
    {
        foreach (var problem in problems)
        {
            _failed = true;
            _events.Error(problem.Message, problem.Urn);
        }
    }

    private RegisterResourceResponse Fail(string urn, string message)
    {
        _failed = true;
        _incomplete[urn] = "failed";
        _events.Error(message, urn);
        return new RegisterResourceResponse { Urn = urn, Result = RegistrationResult.Failed };
    }

    private RegisterResourceResponse Skip(Goal goal, string reason)
    {
        _incomplete[goal.Urn] = "skipped";
        _events.Log(new LogMessage(LogSeverity.Debug, $"skipped: {reason}", goal.Urn));
        return new RegisterResourceResponse { Urn = goal.Urn, Result = RegistrationResult.Skipped };
    }

    // A component ends when its outputs are known; without outputs, it keeps none.
    private void PutOutputs(Step step, PropertyMap? outputs)
    {
        if (_states.FindLive(step.Subject.Urn) is not { } live)
        {
            return;
        }

        var state = live.State;
        if (outputs is not null && !_failed && _plans.Settle(state.Urn, step.Old?.State.Outputs ?? PropertyMap.Empty, outputs) is { } violation)
        {
            Stray(state.Urn, violation);
            return;
        }

        if (outputs is not null && !outputs.Equals(state.Outputs))
        {
            state = state with { Outputs = outputs };
            _journal.Append(new JournalEntry { Put = [new(live.Number, state)] });
            _states.Put(live.Number, state);
        }

        var elapsed = _started.TryGetValue(state.Urn, out var started) ? _settings.Time.GetElapsedTime(started) : TimeSpan.Zero;
        _events.Send(new EngineEvent.ResourceOutputs(EventStream.Describe(step, state), _settings.Preview, elapsed));
    }

    private void FinishStack()
    {
        if (_registrar.StackUrn is not { } urn || !_awaitingOutputs.TryRemove(urn, out var step))
        {
            return;
        }

        var outputs = _stackOutputs;
        var former = step.Old?.State.Outputs ?? PropertyMap.Empty;
        if (!Succeeded)
        {
            // What failed gave no outputs: those of the last good run are still the best knowledge.
            var merged = former;
            foreach (var (name, value) in outputs ?? PropertyMap.Empty)
            {
                if (!value.ContainsUnknowns)
                {
                    merged = merged.With(name, value);
                }
            }

            outputs = merged;
        }

        PutOutputs(step, outputs ?? PropertyMap.Empty);
    }
}
