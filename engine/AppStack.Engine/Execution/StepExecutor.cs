using System.Collections.Immutable;
using AppStack.Engine.Events;
using AppStack.Engine.Journal;
using AppStack.Engine.Model.Providers;
using AppStack.Engine.Model.Values;
using AppStack.Engine.Planning;
using AppStack.Engine.State;

namespace AppStack.Engine.Execution;

/// <summary>
/// Carries out steps. It decides nothing: what a step does follows from its kind, what is written from how it ended. An operation that
/// changes something is in the journal, on disk, before it starts.
/// </summary>
internal sealed class StepExecutor : IDisposable
{
    // What a provider gets beyond the program's time limit to report by itself that it ran out of time, before it is told to end.
    private static readonly TimeSpan ReportGrace = TimeSpan.FromSeconds(15);

    // What it gets to end what it runs once it was told to, before it is given up on. Ending a command on a node takes a few seconds.
    private static readonly TimeSpan EndGrace = TimeSpan.FromSeconds(15);

    private readonly IJournal _journal;
    private readonly RunStates _states;
    private readonly ProviderRegistry _providers;
    private readonly EventStream _events;
    private readonly TimeProvider _time;
    private readonly bool _preview;
    private readonly CancellationToken _abort;
    private readonly SemaphoreSlim _workers;
    private int _operations;

    public StepExecutor(
        IJournal journal, RunStates states, ProviderRegistry providers, EventStream events, TimeProvider time, bool preview, int parallel, CancellationToken abort)
    {
        _journal = journal;
        _states = states;
        _providers = providers;
        _events = events;
        _time = time;
        _preview = preview;
        _abort = abort;
        _workers = new SemaphoreSlim(Math.Max(parallel, 1));
    }

    public void Dispose() => _workers.Dispose();

    /// <summary>Carries out one step and reports it.</summary>
    public async Task<StepResult> ExecuteAsync(Step step)
    {
        var shown = EventStream.Shows(step);
        if (!AsksProvider(step))
        {
            return Local(step, shown);
        }

        await _workers.WaitAsync();
        try
        {
            return await RemoteAsync(step, shown);
        }
        finally
        {
            _workers.Release();
        }
    }

    private static bool AsksProvider(Step step) => step.Kind switch
    {
        StepKind.Same or StepKind.Replace or StepKind.RemovePendingReplace or StepKind.Discard or StepKind.DiscardReplaced => false,
        StepKind.Import or StepKind.ImportReplacement => false,
        StepKind.Delete or StepKind.DeleteReplaced => !step.StateOnly,
        _ => step.Subject.Custom,
    };

    // Steps that nobody outside has to hear of: nothing can go wrong, nothing has to be announced.
    private StepResult Local(Step step, bool shown)
    {
        var started = _time.GetTimestamp();
        if (shown)
        {
            _events.Send(new EngineEvent.ResourcePre(EventStream.Describe(step, result: null), _preview));
        }

        var state = step.Kind switch
        {
            StepKind.Same => Same(step),
            StepKind.Create or StepKind.CreateReplacement or StepKind.Import or StepKind.ImportReplacement =>
                Commit(step, Stamp(step.New!.State, isNew: true), operation: null),
            StepKind.Update => Commit(step, Stamp(step.New!.State, isNew: false), operation: null),
            StepKind.Replace => null,
            _ => Remove(step, operation: null),
        };
        _events.Count(step);

        // A component's outputs come later; people want to hear of it once it has them.
        if (shown && (step.Subject.Custom || step.New is null || step.Kind == StepKind.Replace))
        {
            _events.Send(new EngineEvent.ResourceOutputs(EventStream.Describe(step, state), _preview, _time.GetElapsedTime(started)));
        }

        return new StepResult(state, Succeeded: true);
    }

    private async Task<StepResult> RemoteAsync(Step step, bool shown)
    {
        var started = _time.GetTimestamp();
        if (shown)
        {
            _events.Send(new EngineEvent.ResourcePre(EventStream.Describe(step, result: null), _preview));
        }

        int? operation = null;
        try
        {
            operation = await BeginAsync(step);
            var state = step.Kind switch
            {
                StepKind.Create or StepKind.CreateReplacement => Commit(step, await CreateAsync(step.New!.State), operation),
                StepKind.Update => Commit(step, await UpdateAsync(step), operation),
                StepKind.Delete or StepKind.DeleteReplaced => await DeleteAsync(step, operation),
                StepKind.Read or StepKind.ReadReplacement => Commit(step, await ReadAsync(step), operation),
                _ => throw new InvalidOperationException($"The step {step.Kind} is not carried out here."),
            };
            _events.Count(step);
            if (shown)
            {
                _events.Send(new EngineEvent.ResourceOutputs(EventStream.Describe(step, state), _preview, _time.GetElapsedTime(started)));
            }

            return new StepResult(state, Succeeded: true);
        }
        catch (Exception exception)
        {
            return Fail(step, exception, operation, shown, _time.GetElapsedTime(started));
        }
    }

    private async Task<int?> BeginAsync(Step step)
    {
        // Nothing outside changes when a provider resource is made: it need not be announced.
        if (_preview || Urns.IsProviderType(step.Subject.Type))
        {
            return null;
        }

        var kind = step.Kind switch
        {
            StepKind.Create or StepKind.CreateReplacement => PendingOperationKind.Creating,
            StepKind.Update => PendingOperationKind.Updating,
            StepKind.Delete or StepKind.DeleteReplaced => PendingOperationKind.Deleting,
            _ => PendingOperationKind.Reading,
        };
        var operation = Interlocked.Increment(ref _operations);
        try
        {
            await _journal.AppendDurablyAsync(new JournalEntry { Begin = new(operation, kind, step.Subject) });
        }
        catch (IOException)
        {
            // It was not started: what cannot be written down must not happen.
            _journal.Append(new JournalEntry { End = new(operation, Known: true) });
            throw;
        }

        return operation;
    }

    private StepResult Fail(Step step, Exception exception, int? operation, bool shown, TimeSpan elapsed)
    {
        var outcome = exception switch
        {
            ProviderException provider => provider.Outcome,
            OperationCanceledException => ProviderOutcome.Unknown,
            _ => ProviderOutcome.Failed,
        };
        ResourceState? state = null;
        if (outcome == ProviderOutcome.PartialFailure && exception is ProviderException partial && step.New is { } wanted)
        {
            // It exists but is not whole. After an update the old inputs stay, so that the next run sees the difference again.
            var inputs = step.Kind == StepKind.Update ? step.Old!.State.Inputs : wanted.State.Inputs;
            state = Stamp(wanted.State, isNew: step.Kind != StepKind.Update) with
            {
                Id = partial.Id ?? wanted.State.Id,
                Inputs = inputs,
                Outputs = SecretMarking.Apply(partial.Outputs, wanted.State.Inputs, wanted.State.AdditionalSecretOutputs),
                InitErrors = partial.Reasons,
            };
            Commit(step, state, operation);
        }
        else if (operation is { } begun)
        {
            _journal.Append(new JournalEntry { End = new(begun, Known: outcome != ProviderOutcome.Unknown) });
        }

        if (shown)
        {
            _events.Send(new EngineEvent.ResourceFailed(EventStream.Describe(step, state), outcome, elapsed));
        }

        _events.Error(Explain(step, exception, outcome), step.Subject.Urn);
        return StepResult.Failed;
    }

    private static string Explain(Step step, Exception exception, ProviderOutcome outcome)
    {
        var verb = step.Kind switch
        {
            StepKind.Create or StepKind.CreateReplacement => "creating",
            StepKind.Update => "updating",
            StepKind.Delete or StepKind.DeleteReplaced => "deleting",
            _ => "reading",
        };
        var subject = $"{verb} {step.Subject.Urn}";
        return outcome switch
        {
            ProviderOutcome.Unknown =>
                $"{subject}: it is not known whether this took place: {exception.Message} It stays in the state as a pending operation; the next `up` takes it up again.",
            ProviderOutcome.PartialFailure =>
                $"{subject}: it exists but is not whole: {exception.Message} The next `up` updates it.",
            _ => $"{subject}: {exception.Message}",
        };
    }

    private ResourceState Same(Step step)
    {
        var (old, wanted) = (step.Old!, step.New!.State);
        if (wanted.Custom && Urns.IsProviderType(wanted.Type))
        {
            _providers.Declare($"{wanted.Urn}::{wanted.Id}", Urns.ProviderPackage(wanted.Type), wanted.Inputs);
        }

        if (StateComparer.SameExceptPosition(old.State, wanted))
        {
            _journal.Append(new JournalEntry { Keep = [old.Number] });
            _states.Put(old.Number, old.State);
            return old.State;
        }

        return Commit(step, wanted, operation: null);
    }

    /// <summary>Writes down what a resource has become.</summary>
    private ResourceState Commit(Step step, ResourceState state, int? operation)
    {
        _events.Learn(state);
        var number = step.New!.Number;
        var entry = new JournalEntry { End = End(operation), Put = [new(number, state)] };
        if (step.Old is { } old)
        {
            if (old.Number != number)
            {
                // A replacement: the old resource goes with this entry when it was deleted before, else it waits for its deletion.
                if (step.OldIsGone)
                {
                    entry = entry with { Drop = [old.Number] };
                    _states.Set(old.Number, state: null);
                }
                else
                {
                    var doomed = old.State with { Delete = true };
                    entry = entry with { Set = [new(old.Number, doomed)] };
                    _states.Set(old.Number, doomed);
                }
            }

            if (old.State.Urn != state.Urn)
            {
                entry = entry with { Renamed = [new(old.State.Urn, state.Urn)] };
            }
        }

        if (state.Custom && Urns.IsProviderType(state.Type))
        {
            _providers.Declare($"{state.Urn}::{state.Id}", Urns.ProviderPackage(state.Type), state.Inputs);
        }

        _journal.Append(entry);
        _states.Put(number, state);
        return state;
    }

    private ResourceState? Remove(Step step, int? operation)
    {
        var old = step.Old!;
        if (step.AwaitsReplacement)
        {
            var awaiting = old.State with { PendingReplacement = true };
            _journal.Append(new JournalEntry { End = End(operation), Set = [new(old.Number, awaiting)] });
            _states.Set(old.Number, awaiting);
            return null;
        }

        // The replacement that follows drops it in one entry with what it creates; until then it holds the place of its dependents' references.
        if (step.Kind != StepKind.RemovePendingReplace || !step.ReplacementFollows)
        {
            _journal.Append(new JournalEntry { End = End(operation), Drop = [old.Number] });
            _states.Set(old.Number, state: null);
        }

        return null;
    }

    private static JournalEntry.EndMark? End(int? operation) => operation is { } begun ? new JournalEntry.EndMark(begun, Known: true) : null;

    private ResourceState Stamp(ResourceState state, bool isNew)
    {
        var now = Timestamps.Format(_time.GetUtcNow());
        return state with { Created = isNew ? now : state.Created, Modified = now };
    }

    private async Task<ResourceState> CreateAsync(ResourceState wanted)
    {
        if (await _providers.GetAsync(wanted.Provider, wanted.Type) is not { } provider)
        {
            return Stamp(wanted, isNew: true);
        }

        var result = await LimitAsync(
            wanted.Timeouts.Create,
            cancellation => provider.CreateAsync(
                new CreateRequest(
                    wanted.Urn, wanted.Type, wanted.Name, wanted.Inputs, StateTimeouts.ToTimeSpan(wanted.Timeouts.Create), _preview, new OperationLog(_events, wanted.Urn)),
                cancellation));
        if (!_preview && result.Id.Length == 0)
        {
            throw new ProviderException("the provider gave no id for what it created");
        }

        return Stamp(wanted, isNew: true) with { Id = result.Id, Outputs = SecretMarking.Apply(result.Outputs, wanted.Inputs, wanted.AdditionalSecretOutputs) };
    }

    private async Task<ResourceState> UpdateAsync(Step step)
    {
        var (old, wanted) = (step.Old!.State, step.New!.State);
        if (await _providers.GetAsync(wanted.Provider, wanted.Type) is not { } provider)
        {
            return Stamp(wanted with { Outputs = PropertyMap.Empty }, isNew: false);
        }

        var result = await LimitAsync(
            wanted.Timeouts.Update,
            cancellation => provider.UpdateAsync(
                new UpdateRequest(
                    wanted.Urn, wanted.Type, old.Id, old.Inputs, old.Outputs, wanted.Inputs, wanted.IgnoreChanges,
                    StateTimeouts.ToTimeSpan(wanted.Timeouts.Update), _preview, new OperationLog(_events, wanted.Urn)),
                cancellation));
        return Stamp(wanted, isNew: false) with
        {
            Outputs = SecretMarking.Apply(result.Outputs, wanted.Inputs, wanted.AdditionalSecretOutputs),
            InitErrors = [],
        };
    }

    private async Task<ResourceState?> DeleteAsync(Step step, int? operation)
    {
        var old = step.Old!.State;
        if (!_preview && await _providers.GetAsync(old.Provider, old.Type) is { } provider)
        {
            await LimitAsync(
                old.Timeouts.Delete,
                async cancellation =>
                {
                    await provider.DeleteAsync(
                        new DeleteRequest(
                            old.Urn, old.Type, old.Id, old.Inputs, old.Outputs, StateTimeouts.ToTimeSpan(old.Timeouts.Delete), new OperationLog(_events, old.Urn)),
                        cancellation);
                    return true;
                });
        }

        return Remove(step, operation);
    }

    private async Task<ResourceState> ReadAsync(Step step)
    {
        var wanted = step.New!.State;
        if (await _providers.GetAsync(wanted.Provider, wanted.Type) is not { } provider)
        {
            return wanted;
        }

        var result = await LimitAsync(
            wanted.Timeouts.Read,
            cancellation => provider.ReadAsync(
                new ReadRequest(wanted.Urn, wanted.Type, wanted.Id, PropertyMap.Empty, wanted.Inputs, new OperationLog(_events, wanted.Urn)), cancellation));
        if (result.Id.Length == 0)
        {
            throw new ProviderException($"there is no {wanted.Type} with the id '{wanted.Id}'");
        }

        // Reading makes nothing: it has the times of before, and was modified when it reads differently.
        var read = wanted with { Id = result.Id, Outputs = SecretMarking.Apply(result.Outputs, wanted.Inputs, wanted.AdditionalSecretOutputs) };
        return step.Old is { State: var old } && !(old.Inputs.Equals(read.Inputs) && old.Outputs.Equals(read.Outputs)) ? Stamp(read, isNew: false) : read;
    }

    // A provider that does not come back is given up on, and what it did is unknown. Until then it is waited for: were the run over, nobody
    // would end what it has started.
    private async Task<T> LimitAsync<T>(double seconds, Func<CancellationToken, Task<T>> operation)
    {
        var limit = seconds > 0 ? TimeSpan.FromSeconds(seconds) : Timeout.InfiniteTimeSpan;
        using var expired = new CancellationTokenSource(seconds > 0 ? limit + ReportGrace : limit, _time);
        using var told = CancellationTokenSource.CreateLinkedTokenSource(expired.Token, _abort);
        using var givenUp = new CancellationTokenSource(Timeout.InfiniteTimeSpan, _time);
        await using var telling = told.Token.Register(() => givenUp.CancelAfter(EndGrace));
        try
        {
            return await operation(told.Token).WaitAsync(givenUp.Token);
        }
        catch (OperationCanceledException exception) when (expired.IsCancellationRequested && !_abort.IsCancellationRequested)
        {
            throw ProviderException.Unknown($"it took longer than the time limit of {limit.TotalSeconds} s.", exception);
        }
        catch (OperationCanceledException exception) when (givenUp.IsCancellationRequested)
        {
            throw ProviderException.Unknown($"it was broken off and did not end within {EndGrace.TotalSeconds} s; what it started may still run.", exception);
        }
    }
}
