using System.Collections.Concurrent;
using System.Collections.Immutable;
using AppStack.Engine.Events;
using AppStack.Engine.Execution;
using AppStack.Engine.Journal;
using AppStack.Engine.Model.Providers;
using AppStack.Engine.Model.Registration;
using AppStack.Engine.Planning;
using AppStack.Engine.State;

namespace AppStack.Engine.Operations;

/// <summary>Reads what exists and brings the state up to date with it. Nothing outside is changed, so nothing is announced beforehand.</summary>
internal sealed class Refresher(
    IJournal journal, RunStates states, ProviderRegistry providers, EventStream events, DeploymentSettings settings, OperationTargets targets)
{
    private readonly ConcurrentBag<int> _gone = [];

    public async Task<bool> RunAsync(Func<bool> stopped)
    {
        using var workers = new SemaphoreSlim(Math.Max(settings.Options.Parallel, 1));
        var resources = states.Base();
        var results = await Task.WhenAll(resources.Where(IsRefreshed).Select(async resource =>
        {
            await workers.WaitAsync();
            try
            {
                return stopped() || await RefreshAsync(resource);
            }
            finally
            {
                workers.Release();
            }
        }));
        Prune(resources);
        return Array.TrueForAll(results, succeeded => succeeded);
    }

    private bool IsRefreshed(NumberedResource resource) =>
        resource.State is { Custom: true, Delete: false, PendingReplacement: false } state && !Urns.IsProviderType(state.Type) && targets.Includes(state.Urn);

    private async Task<bool> RefreshAsync(NumberedResource resource)
    {
        var started = settings.Time.GetTimestamp();
        var old = resource.State;
        var step = new Step { Kind = StepKind.Refresh, Old = resource, New = resource };
        events.Send(new EngineEvent.ResourcePre(EventStream.Describe(step, result: null), settings.Preview));
        try
        {
            var state = await ReadAsync(old);
            if (state is not null)
            {
                events.Learn(state);
            }

            if (state is null)
            {
                _gone.Add(resource.Number);
                states.Set(resource.Number, state: null);
            }
            else if (!ReferenceEquals(state, old))
            {
                journal.Append(new JournalEntry { Set = [new(resource.Number, state)] });
                states.Set(resource.Number, state);
            }

            // People and history hear what came of it.
            var came = step with
            {
                Kind = state is null ? StepKind.Delete : ReferenceEquals(state, old) ? StepKind.Same : StepKind.Update,
                New = state is null ? null : resource,
                Detailed = state is null ? step.Detailed : PropertyDiffer.Compare(old.Outputs, state.Outputs),
            };
            events.Count(came);
            events.Send(new EngineEvent.ResourceOutputs(EventStream.Describe(came, state), settings.Preview, settings.Time.GetElapsedTime(started)));
            return true;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Whatever a provider throws, it is this resource that cannot be read.
            events.Send(new EngineEvent.ResourceFailed(EventStream.Describe(step, result: null), ProviderOutcome.Failed, settings.Time.GetElapsedTime(started)));
            events.Error($"refreshing {old.Urn}: {exception.Message}", old.Urn);
            return false;
        }
    }

    /// <summary>The resource as it is: the same object when nothing differs, <see langword="null"/> when it does not exist any more.</summary>
    private async Task<ResourceState?> ReadAsync(ResourceState old)
    {
        if (await providers.GetAsync(old.Provider, old.Type) is not { } provider)
        {
            return old;
        }

        ResourceState state;
        try
        {
            var read = await provider.ReadAsync(
                new ReadRequest(old.Urn, old.Type, old.Id, old.Inputs, old.Outputs, new OperationLog(events, old.Urn)), settings.Options.Abort);
            if (read.Id.Length == 0)
            {
                return null;
            }

            var inputs = read.Inputs ?? old.Inputs;
            state = old with
            {
                Id = read.Id,
                Inputs = inputs,
                Outputs = SecretMarking.Apply(read.Outputs, inputs, old.AdditionalSecretOutputs),
                InitErrors = [],
            };
        }
        catch (ProviderException partial) when (partial.Outcome == ProviderOutcome.PartialFailure)
        {
            events.Warn($"{old.Urn} exists but is not whole: {partial.Message}", old.Urn);
            state = old with
            {
                Id = partial.Id ?? old.Id,
                Outputs = SecretMarking.Apply(partial.Outputs, old.Inputs, old.AdditionalSecretOutputs),
                InitErrors = partial.Reasons,
            };
        }

        return StateComparer.SameExceptPosition(old, state) ? old : state with { Modified = Timestamps.Format(settings.Time.GetUtcNow()) };
    }

    // Nothing may refer to what is gone, whenever the machine dies: what goes and what referred to it are one entry.
    private void Prune(ImmutableArray<NumberedResource> before)
    {
        var left = states.Base();
        var urns = left.Select(resource => resource.State.Urn).ToHashSet(StringComparer.Ordinal);
        var gone = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var resource in before.Where(resource => !urns.Contains(resource.State.Urn)))
        {
            gone[resource.State.Urn] = resource.State.Parent;
        }

        if (_gone.IsEmpty)
        {
            return;
        }

        var pruned = References.Prune([.. left.Select(resource => resource.State)], gone);
        var changed = ImmutableArray.CreateBuilder<JournalEntry.NumberedState>();
        for (var i = 0; i < left.Length; i++)
        {
            if (!ReferenceEquals(pruned[i], left[i].State))
            {
                changed.Add(new(left[i].Number, pruned[i]));
                states.Set(left[i].Number, pruned[i]);
            }
        }

        journal.Append(new JournalEntry { Drop = [.. _gone.Order()], Set = changed.ToImmutable() });
    }
}
