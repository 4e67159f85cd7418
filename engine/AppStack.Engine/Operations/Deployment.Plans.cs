using System.Collections.Immutable;
using AppStack.Engine.Model.Registration;
using AppStack.Engine.Model.Values;
using AppStack.Engine.Planning;
using AppStack.Engine.Plans;
using AppStack.Engine.Registration;
using AppStack.Engine.State;

namespace AppStack.Engine.Operations;

// Saved plans: what is not as planned is refused before its effect, and ends the run.
internal sealed partial class Deployment
{
    private void RequirePlanned(ImmutableArray<Step> steps)
    {
        // All are looked at, so that the plan which is recorded has them all.
        string? first = null;
        foreach (var step in steps)
        {
            first ??= _plans.Take(step);
        }

        RequirePlanned(first);
    }

    private void RequirePlanned(string? violation)
    {
        if (violation is not null)
        {
            _strayed = true;
            throw new PlanningException(violation);
        }
    }

    private RegisterResourceResponse Stray(string urn, string violation)
    {
        _strayed = true;
        return Fail(urn, violation);
    }

    // What is not a target stays as it is, whatever the program wants of it.
    private void PlanNothing(Goal goal, ResourceState? old)
    {
        if (_settings.Options.SavePlan is not null)
        {
            _plans.Want(old is null ? goal : goal with { Inputs = old.Inputs }, old, old?.Inputs ?? PropertyMap.Empty, old?.Inputs ?? goal.Inputs);
        }
    }

    private bool ArePlanned(ImmutableArray<DeletionPlanner.Deletion> deletions)
    {
        foreach (var deletion in deletions)
        {
            if (_plans.Take(deletion.Step) is { } violation)
            {
                Stray(deletion.Step.Subject.Urn, violation);
            }
        }

        return !_strayed;
    }

    // Only after a run in which all went well: what failed is told, and what did not come because of it need not be.
    private void ReportMissing()
    {
        if (!Succeeded)
        {
            return;
        }

        var before = _base.Resources.Select(state => state.Urn).ToHashSet(StringComparer.Ordinal);
        foreach (var (urn, violation) in _plans.Missing(before.Contains))
        {
            Stray(urn, violation);
        }
    }
}
