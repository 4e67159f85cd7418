using System.Collections.Immutable;
using AppStack.Engine.Events;
using AppStack.Engine.Journal;
using AppStack.Engine.Model.Providers;
using AppStack.Engine.Model.Registration;
using AppStack.Engine.Model.Values;
using AppStack.Engine.Planning;
using AppStack.Engine.Registration;
using AppStack.Engine.State;

namespace AppStack.Engine.Operations;

// The way of one resource from its goal to its steps.
internal sealed partial class Deployment
{
    private async Task<RegisterResourceResponse> RunAsync(Goal goal)
    {
        var (old, refused) = await ClaimAsync(goal);
        if (refused is not null)
        {
            return refused;
        }

        if (StartsNothing)
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
                    _plans.Rename(urn, goal.Urn);
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
        PlanNothing(goal, old?.State);
        if (_plans.Take(goal.Urn, StepKind.Same) is { } violation)
        {
            return Stray(goal.Urn, violation);
        }

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
            RequirePlanned(_plans.Want(goal, old?.State, PropertyMap.Empty, inputs: null));
            var import = await reader.ImportAsync(old, _states.NextNumber, _events);
            RequirePlanned([import]);
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

        RequirePlanned(_plans.Want(goal, old?.State, comparable?.Inputs ?? PropertyMap.Empty, inputs));
        var difference = comparable is null ? Difference.None : await reader.DiffAsync(comparable, inputs, _events);
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
        Forbid(planned);
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
            RequirePlanned(steps);
            return await ExecuteAsync(goal, steps, condemned, outcome);
        }
        finally
        {
            outcome.TrySetResult(false);
        }
    }

    // In a preview people see what would be done all the same, because that tells why it must not be.
    private void Forbid(PlannerInput planned)
    {
        var error = Planner.ProtectedFromReplacement(planned);
        var warning = error is null ? Planner.BoundToItsId(planned) : null;
        if (!_settings.Preview && (error ?? warning) is { } objection)
        {
            throw new PlanningException(objection);
        }

        if (error is not null)
        {
            _failed = true;
            _events.Error(error, planned.Goal.Urn);
        }

        if (warning is not null)
        {
            _events.Warn(warning, planned.Goal.Urn);
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

        if (goal.Custom && result is not null)
        {
            _plans.Note(goal.Urn, result.Outputs);
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
}
