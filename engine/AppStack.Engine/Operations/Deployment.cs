using System.Collections.Concurrent;
using System.Collections.Immutable;
using AppStack.Engine.Events;
using AppStack.Engine.Execution;
using AppStack.Engine.Journal;
using AppStack.Engine.Model.Providers;
using AppStack.Engine.Model.Registration;
using AppStack.Engine.Model.Values;
using AppStack.Engine.Planning;
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
internal sealed class Deployment : IResourceMonitor, IAsyncDisposable
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
    private volatile bool _stopped;
    private volatile bool _failed;
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

    /// <inheritdoc/>
    public async Task<RegisterResourceResponse> RegisterResourceAsync(RegisterResourceRequest request, CancellationToken cancellationToken)
    {
        // Whoever calls runs program code; the engine's work must not hold it up.
        await Task.Yield();
        Goal goal;
        try
        {
            _masker.LearnSecretsIn(request.Inputs);
            goal = await _registrar.ResolveAsync(request);
        }
        catch (PlanningException exception)
        {
            var urn = _registrar.UrnOf(_registrar.ParentOf(request.Parent, request.Type), request.Type, request.Name);
            return Fail(urn, exception.Message);
        }

        return await RunAsync(goal);
    }

    /// <inheritdoc/>
    public async Task RegisterResourceOutputsAsync(string urn, PropertyMap outputs, CancellationToken cancellationToken)
    {
        await Task.Yield();
        _masker.LearnSecretsIn(outputs);
        if (urn == _registrar.StackUrn)
        {
            _stackOutputs = outputs;
            return;
        }

        if (!_awaitingOutputs.TryRemove(urn, out var step))
        {
            if (!_incomplete.ContainsKey(urn))
            {
                _failed = true;
                _events.Error(
                    _registrar.IsKnown(urn) ? "Outputs were registered twice for this resource." : $"Outputs were registered for {urn}, which is not a registered resource.", urn);
            }

            return;
        }

        PutOutputs(step, outputs);
    }

    /// <inheritdoc/>
    public async Task<ReadResourceResponse> ReadResourceAsync(ReadResourceRequest request, CancellationToken cancellationToken)
    {
        await Task.Yield();
        Goal goal;
        try
        {
            goal = await _registrar.ResolveAsync(new RegisterResourceRequest
            {
                Type = request.Type,
                Name = request.Name,
                Custom = true,
                Parent = request.Parent,
                Inputs = request.Properties,
                Dependencies = request.Dependencies,
                Provider = request.Provider,
                SourcePosition = request.SourcePosition,
                Options = ResourceGoalOptions.Default with { Version = request.Version, AdditionalSecretOutputs = request.AdditionalSecretOutputs },
            });
        }
        catch (PlanningException exception)
        {
            var urn = _registrar.UrnOf(_registrar.ParentOf(request.Parent, request.Type), request.Type, request.Name);
            Fail(urn, exception.Message);
            return new ReadResourceResponse(urn, PropertyMap.Empty);
        }

        return await ReadAsync(goal, request.Id);
    }

    /// <inheritdoc/>
    public async Task<InvokeResponse> InvokeAsync(InvokeRequest request, CancellationToken cancellationToken)
    {
        await Task.Yield();
        _masker.LearnSecretsIn(request.Arguments);
        if (await _builtIn.TryInvokeAsync(request) is { } answered)
        {
            return answered;
        }

        var package = Urns.Package(request.Token);
        var reference = request.Provider ?? await DefaultProviderAsync(package, request.Version);
        var provider = await _providers.GetAsync(reference, type: "")
            ?? throw new PlanningException($"The function {request.Token} cannot be called in this preview: the configuration of its provider is not known yet.");
        return await provider.InvokeAsync(request.Token, request.Arguments, _settings.Options.Abort);
    }

    /// <inheritdoc/>
    public void Log(LogMessage message)
    {
        if (message.Severity == LogSeverity.Error)
        {
            _failed = true;
        }

        _events.Log(message with { Urn = message.Urn ?? _registrar.StackUrn });
    }

    /// <summary>Warns about operations that never reported back.</summary>
    public void ReportPendingOperations()
    {
        foreach (var operation in _base.PendingOperations)
        {
            var (what, next) = operation.Kind switch
            {
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

        var doomed = Doomed();
        if (Succeeded)
        {
            await DeleteAsync(doomed);
        }
        else if (doomed.Length > 0)
        {
            _events.Info($"{doomed.Length} resources that are not needed any more were left alone, because something before failed. A later run deletes them.");
        }

        FinishStack();
        foreach (var pattern in _targets.WithoutMatch([.. _registrar.Urns, .. _base.Resources.Select(state => state.Urn)]))
        {
            _failed = true;
            _events.Error($"No resource matches the target {pattern}.");
        }
    }

    /// <summary>Deletes every resource, or those that are targets with what depends on them.</summary>
    public async Task DestroyAsync()
    {
        await DeleteAsync(_targets.IsEverything ? _states.Base() : TargetedForDestruction());
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

    private async Task<RegisterResourceResponse> RunAsync(Goal goal)
    {
        var (old, refused) = await ClaimAsync(goal);
        if (refused is not null)
        {
            return refused;
        }

        if (_stopped || (_failed && !_settings.Options.ContinueOnError))
        {
            return Skip(goal, "the run is stopping");
        }

        if (IsUntouched(goal))
        {
            return LeaveAlone(goal, old);
        }

        if (Blocker(goal) is { } blocker)
        {
            return !_targets.IsEverything && goal.Custom && _incomplete[blocker] == NotATarget
                ? Fail(goal.Urn, $"{goal.Urn} is a target, but it needs {blocker}, which is none and does not exist yet. Make that a target, too.")
                : Skip(goal, $"it needs {blocker}, which is not complete");
        }

        if (!_settings.Preview && goal.Inputs.ContainsUnknowns)
        {
            return _failed
                ? Skip(goal, "its inputs are not known, because something before failed")
                : Fail(goal.Urn, "Its inputs hold values that are not known, although nothing failed before. That is an error in the program or the engine.");
        }

        _started[goal.Urn] = _settings.Time.GetTimestamp();
        try
        {
            var deletedByThisRun = false;
            if (old is not null && _condemned.TryGetValue(old.Number, out var deletion))
            {
                if (!await deletion)
                {
                    return Skip(goal, "what it replaces could not be deleted");
                }

                deletedByThisRun = true;
            }

            return await PlanAndExecuteAsync(goal, old, deletedByThisRun);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Whatever a provider throws while it is asked, it is this resource that cannot be dealt with.
            return Fail(goal.Urn, exception.Message);
        }
    }

    /// <summary>Finds the old state of a resource, and makes sure that no other registration has it.</summary>
    private async Task<(NumberedResource? Old, RegisterResourceResponse? Refused)> ClaimAsync(Goal goal)
    {
        await _gate.WaitAsync();
        try
        {
            if (!_registrar.Add(goal))
            {
                return (null, Fail(goal.Urn, $"The program declares two resources with the URN {goal.Urn}. Give one of them another name."));
            }

            foreach (var urn in goal.Aliases.Prepend(goal.Urn))
            {
                if (_states.FindBase(urn) is not { } old)
                {
                    continue;
                }

                if (!_states.See(old.Number))
                {
                    return (null, Fail(
                        goal.Urn, $"Two resources claim to be {urn}: this one, by an alias, and another. Remove the alias from the one that is new."));
                }

                if (urn != goal.Urn)
                {
                    _registrar.RememberFormerUrn(goal.Urn, urn);
                }

                return (old, null);
            }

            return (null, null);
        }
        finally
        {
            _gate.Release();
        }
    }

    // What has to be complete before this resource can be.
    private string? Blocker(Goal goal)
    {
        if (_incomplete.IsEmpty)
        {
            return null;
        }

        foreach (var urn in References.Of(goal.ToState(PropertyMap.Empty)))
        {
            if (_incomplete.ContainsKey(urn))
            {
                return urn;
            }
        }

        return null;
    }

    private bool IsUntouched(Goal goal)
    {
        if (_targets.IsEverything || !goal.Custom || Urns.IsDefaultProvider(goal.Urn, goal.Type))
        {
            return false;
        }

        if (_targets.Includes(goal.Urn)
            || (_settings.Options.TargetDependents && References.Of(goal.ToState(PropertyMap.Empty)).Any(_targeted.ContainsKey)))
        {
            _targeted[goal.Urn] = true;
            return false;
        }

        return true;
    }

    private RegisterResourceResponse LeaveAlone(Goal goal, NumberedResource? old)
    {
        if (old is null)
        {
            var skipped = Skip(goal, "it is not a target");
            _incomplete[goal.Urn] = NotATarget;
            return skipped;
        }

        var kept = old.State with { Urn = goal.Urn, Parent = goal.Parent };
        if (kept.Urn == old.State.Urn && kept.Parent == old.State.Parent)
        {
            _journal.Append(new JournalEntry { Keep = [old.Number] });
        }
        else
        {
            _journal.Append(new JournalEntry { Put = [new(old.Number, kept)], Renamed = [new(old.State.Urn, kept.Urn)] });
        }

        _states.Put(old.Number, kept);
        _events.Count(new Step { Kind = StepKind.Same, Old = old });
        return Respond(goal, kept);
    }

    private async Task<RegisterResourceResponse> PlanAndExecuteAsync(Goal goal, NumberedResource? old, bool deletedByThisRun)
    {
        var provider = goal.Custom ? await _providers.GetAsync(goal.Provider, goal.Type) : null;
        var reader = new ProviderAnswers(goal, provider, _settings, _providers, _replaced);
        if (reader.IsImport(old))
        {
            var import = await reader.ImportAsync(old, _states.NextNumber, _events);
            return await ExecuteAsync(goal, [import], condemned: []);
        }

        var comparable = old is { State: { External: false, PendingReplacement: false } state } && state.Custom == goal.Custom && !deletedByThisRun ? old.State : null;
        var inputs = await reader.CheckAsync(comparable, _events);
        if (inputs is null)
        {
            _failed = true;
            _incomplete[goal.Urn] = "failed";
            return new RegisterResourceResponse { Urn = goal.Urn, Result = RegistrationResult.Failed };
        }

        var difference = comparable is null ? Difference.None : await reader.DiffAsync(comparable, inputs);
        var planned = new PlannerInput
        {
            Goal = goal,
            Inputs = inputs,
            ReplacementInputs = comparable is not null && difference.Replace && goal.Custom ? await reader.CheckAsync(old: null, _events) : null,
            Old = old,
            Difference = difference,
            DeletedByThisRun = deletedByThisRun,
            Pending = _pending.TryGetValue(old?.State.Urn ?? goal.Urn, out var pending) ? pending : null,
            Preview = _settings.Preview,
            NewNumber = -1,
        };
        var condemned = ImmutableArray<NumberedResource>.Empty;
        ImmutableArray<Step> steps;
        var outcome = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (difference.Replace && old is not null)
        {
            await _gate.WaitAsync();
            try
            {
                if (goal.DeleteBeforeReplace ?? difference.DeleteBeforeReplace)
                {
                    condemned = await DependentReplacements.FindAsync(
                        old, _states.Base(), dependent => _registrar.IsKnown(dependent.Urn) || IsCondemned(dependent), DiffDependentAsync);
                }

                steps = Planner.Plan(planned with { CondemnedDependents = condemned, NewNumber = _states.NextNumber() });
                foreach (var dependent in condemned)
                {
                    _condemned[dependent.Number] = outcome.Task;
                }
            }
            finally
            {
                _gate.Release();
            }
        }
        else
        {
            // What follows concerns this resource alone.
            steps = Planner.Plan(planned with { NewNumber = old is null || !IsPlain(old, deletedByThisRun, planned) ? _states.NextNumber() : -1 });
        }

        try
        {
            return await ExecuteAsync(goal, steps, condemned, outcome);
        }
        finally
        {
            outcome.TrySetResult(false);
        }
    }

    // Whether a resource keeps its place in state: nothing new is made for it.
    private static bool IsPlain(NumberedResource old, bool deletedByThisRun, PlannerInput input) =>
        !deletedByThisRun
        && old.State is { PendingReplacement: false, External: false }
        && old.State.Custom == input.Goal.Custom
        && input.Pending != PendingOperationKind.Deleting;

    private bool IsCondemned(ResourceState state) => _states.FindBase(state.Urn) is { } found && _condemned.ContainsKey(found.Number);

    private async Task<DiffResult> DiffDependentAsync(ResourceState dependent, PropertyMap inputs)
    {
        if (await _providers.GetAsync(dependent.Provider, dependent.Type) is not { } provider)
        {
            return DiffResult.Undecided;
        }

        return await provider.DiffAsync(
            new DiffRequest(dependent.Urn, dependent.Type, dependent.Id, dependent.Inputs, dependent.Outputs, inputs, dependent.IgnoreChanges), _settings.Options.Abort);
    }

    private async Task<RegisterResourceResponse> ExecuteAsync(
        Goal goal, ImmutableArray<Step> steps, ImmutableArray<NumberedResource> condemned, TaskCompletionSource<bool>? deletions = null)
    {
        var condemnedLeft = condemned.Length;
        ResourceState? result = null;
        foreach (var step in steps)
        {
            if (step.Kind == StepKind.Replace)
            {
                _replaced[goal.Urn] = true;
            }

            if (!goal.Custom && step.New is not null)
            {
                _awaitingOutputs[goal.Urn] = step;
            }

            var outcome = await _executor.ExecuteAsync(step);
            if (!outcome.Succeeded)
            {
                _failed = true;
                _incomplete[goal.Urn] = "failed";
                return new RegisterResourceResponse { Urn = goal.Urn, Result = RegistrationResult.Failed };
            }

            result = outcome.State ?? result;
            if (step.AwaitsReplacement && --condemnedLeft == 0)
            {
                deletions?.TrySetResult(true);
            }
        }

        return Respond(goal, result);
    }

    private static RegisterResourceResponse Respond(Goal goal, ResourceState? state) => new()
    {
        Urn = goal.Urn,
        Id = state is { Custom: true, Id: { Length: > 0 } id } && id != PropertySignatures.Unknown ? id : null,
        Outputs = goal.Custom && state is not null ? state.Outputs : PropertyMap.Empty,
        Result = RegistrationResult.Success,
    };

    // A component ends when its outputs are known; without outputs, it keeps none.
    private void PutOutputs(Step step, PropertyMap? outputs)
    {
        if (_states.FindLive(step.Subject.Urn) is not { } live)
        {
            return;
        }

        var state = live.State;
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

    // What the program did not declare, and old resources whose replacements exist.
    private ImmutableArray<NumberedResource> Doomed()
    {
        var undeclared = _states.Base().Where(resource => resource.State.Delete || !_states.IsSeen(resource.Number));
        return _targets.IsEverything ? [.. undeclared] : DoomedTargets([.. undeclared]);
    }

    private ImmutableArray<NumberedResource> DoomedTargets(ImmutableArray<NumberedResource> undeclared)
    {
        var chosen = new Dictionary<int, NumberedResource>();
        var urns = new HashSet<string>(StringComparer.Ordinal);
        foreach (var resource in undeclared)
        {
            var state = resource.State;
            if (state.Delete
                || _targets.Includes(state.Urn)
                || Urns.IsDefaultProvider(state.Urn, state.Type)
                || (_settings.Options.TargetDependents && References.Of(state).Any(urns.Contains)))
            {
                chosen.Add(resource.Number, resource);
                urns.Add(state.Urn);
            }
        }

        // Whatever stays keeps what it needs.
        var needed = new HashSet<string>(_states.All().Where(resource => !chosen.ContainsKey(resource.Number)).SelectMany(resource => References.Of(resource.State)), StringComparer.Ordinal);
        foreach (var resource in undeclared.Reverse())
        {
            if (resource.State.Delete || !needed.Contains(resource.State.Urn) || !chosen.Remove(resource.Number))
            {
                continue;
            }

            needed.UnionWith(References.Of(resource.State));
            if (!Urns.IsDefaultProvider(resource.State.Urn, resource.State.Type))
            {
                _failed = true;
                _events.Error($"The target {resource.State.Urn} cannot be deleted: something that is no target depends on it. Use --target-dependents.", resource.State.Urn);
            }
        }

        return [.. chosen.Values.OrderBy(resource => resource.Number)];
    }

    private ImmutableArray<NumberedResource> TargetedForDestruction()
    {
        var resources = _states.Base();
        if (_settings.Options.Targets.IsEmpty)
        {
            return AllButExcluded(resources);
        }

        var chosen = new HashSet<string>(resources.Select(resource => resource.State.Urn).Where(_targets.Includes), StringComparer.Ordinal);
        foreach (var pattern in _targets.WithoutMatch([.. resources.Select(resource => resource.State.Urn)]))
        {
            _failed = true;
            _events.Error($"No resource matches the target {pattern}.");
        }

        var doomed = ImmutableArray.CreateBuilder<NumberedResource>();
        foreach (var resource in resources)
        {
            var depends = References.Of(resource.State).Any(chosen.Contains);
            if (chosen.Contains(resource.State.Urn))
            {
                doomed.Add(resource);
            }
            else if (depends && _settings.Options.TargetDependents)
            {
                chosen.Add(resource.State.Urn);
                doomed.Add(resource);
            }
            else if (depends)
            {
                _failed = true;
                _events.Error(
                    $"{resource.State.Urn} depends on a target but is none itself, so that the target cannot be deleted. Add it as a target, or use --target-dependents.",
                    resource.State.Urn);
            }
        }

        return _failed ? [] : doomed.ToImmutable();
    }

    // What is excluded stays, and so does all that it needs.
    private ImmutableArray<NumberedResource> AllButExcluded(ImmutableArray<NumberedResource> resources)
    {
        var kept = new HashSet<string>(StringComparer.Ordinal);
        var doomed = new List<NumberedResource>();
        foreach (var resource in resources.Reverse())
        {
            if (_targets.Includes(resource.State.Urn) && !kept.Contains(resource.State.Urn))
            {
                doomed.Add(resource);
                continue;
            }

            kept.Add(resource.State.Urn);
            kept.UnionWith(References.Of(resource.State));
        }

        doomed.Reverse();
        return [.. doomed];
    }

    private async Task DeleteAsync(ImmutableArray<NumberedResource> doomed)
    {
        var forbidden = DeletionPlanner.Protected(doomed);
        foreach (var urn in forbidden)
        {
            _failed = true;
            _events.Error(
                $"The resource {urn} cannot be deleted because it is protected. Remove `protect` from it in the program and run `appstack up`, or run `appstack state unprotect '{urn}'`.",
                urn);
        }

        if (forbidden.Length > 0)
        {
            return;
        }

        var deletions = DeletionPlanner.Plan(doomed);
        var done = new Task<bool>[deletions.Length];
        for (var i = 0; i < deletions.Length; i++)
        {
            var deletion = deletions[i];
            done[i] = DeleteOneAsync(deletion.Step, [.. deletion.After.Select(index => done[index])]);
        }

        if (Array.Exists(await Task.WhenAll(done), succeeded => !succeeded))
        {
            _failed = true;
        }
    }

    private async Task<bool> DeleteOneAsync(Step step, Task<bool>[] before)
    {
        if (Array.Exists(await Task.WhenAll(before), succeeded => !succeeded))
        {
            _events.Log(new LogMessage(LogSeverity.Debug, "skipped: something that depends on it could not be deleted", step.Subject.Urn));
            return false;
        }

        if (_stopped || (_failed && !_settings.Options.ContinueOnError))
        {
            return false;
        }

        try
        {
            if ((await _executor.ExecuteAsync(step)).Succeeded)
            {
                return true;
            }
        }
        catch (PlanningException exception)
        {
            _events.Error(exception.Message, step.Subject.Urn);
        }

        _failed = true;
        return false;
    }

    private async Task<ReadResourceResponse> ReadAsync(Goal goal, string id)
    {
        var (old, refused) = await ClaimAsync(goal);
        if (refused is not null || _stopped || Blocker(goal) is not null)
        {
            _incomplete[goal.Urn] = "skipped";
            return new ReadResourceResponse(goal.Urn, PropertyMap.Empty);
        }

        var wanted = goal.ToState(goal.Inputs) with { Id = id, External = true };
        if (id == PropertySignatures.Unknown)
        {
            return new ReadResourceResponse(goal.Urn, PropertyMap.Empty);
        }

        // Something else under this URN makes way, and is deleted or forgotten after the program; the same thing is only relinquished.
        var replaces = old is not null && old.State.Id != id;
        var step = new Step
        {
            Kind = replaces ? StepKind.ReadReplacement : StepKind.Read,
            Old = old,
            New = new NumberedResource(replaces || old is null ? _states.NextNumber() : old.Number, wanted with { Created = old?.State.Created, Modified = old?.State.Modified }),
        };
        var result = await _executor.ExecuteAsync(step);
        if (!result.Succeeded)
        {
            _failed = true;
            _incomplete[goal.Urn] = "failed";
        }

        return new ReadResourceResponse(goal.Urn, result.State?.Outputs ?? PropertyMap.Empty);
    }

    private Task<string> DefaultProviderAsync(string package, string? version)
    {
        var actual = version ?? _providers.Package(package).Version;
        return _defaultProviders.GetOrAdd($"{package}@{actual}", _ => new Lazy<Task<string>>(() => RegisterDefaultProviderAsync(package, actual))).Value;
    }

    private async Task<string> RegisterDefaultProviderAsync(string package, string version)
    {
        var inputs = _settings.ProviderConfig.GetValueOrDefault(package, PropertyMap.Empty).With("__internal", PropertyValue.Of(PropertyMap.Empty));
        if (version.Length > 0)
        {
            inputs = inputs.With("version", PropertyValue.Of(version));
        }

        var type = Urns.ProviderType(package);
        var name = version.Length == 0 ? "default" : "default_" + version.Replace('.', '_').Replace('-', '_').Replace('+', '_');
        var goal = new Goal { Urn = _registrar.UrnOf(parent: null, type, name), Type = type, Name = name, Custom = true, Inputs = inputs };
        var response = await RunAsync(goal);
        return response.Result == RegistrationResult.Success
            ? $"{response.Urn}::{response.Id ?? PropertySignatures.Unknown}"
            : throw new PlanningException($"The provider of the package '{package}' could not be set up.");
    }
}
