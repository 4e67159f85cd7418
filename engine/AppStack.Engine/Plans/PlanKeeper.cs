using System.Collections.Immutable;
using AppStack.Engine.Events;
using AppStack.Engine.Model.Values;
using AppStack.Engine.Planning;
using AppStack.Engine.Registration;
using AppStack.Engine.State;

namespace AppStack.Engine.Plans;

/// <summary>
/// The plans of a run: it holds the run to the one that it was given, and writes down the one that it makes. Safe for concurrent use.
/// Methods that check give the violation, or <see langword="null"/> when all is as planned.
/// </summary>
/// <param name="constraint">What the run has to keep to, if anything.</param>
/// <param name="records">Whether to make a plan of the run.</param>
internal sealed class PlanKeeper(UpdatePlan? constraint, bool records)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, ImmutableArray<StepKind>> _left =
        constraint?.Resources.ToDictionary(plan => plan.Key, plan => plan.Value.Steps, StringComparer.Ordinal) ?? [];

    private readonly Dictionary<string, ResourcePlan> _made = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _renamed = new(StringComparer.Ordinal);

    /// <summary>What the run has decided.</summary>
    public ImmutableSortedDictionary<string, ResourcePlan> Made
    {
        get
        {
            lock (_lock)
            {
                return _made.ToImmutableSortedDictionary(StringComparer.Ordinal);
            }
        }
    }

    /// <summary>A resource that was found under an alias: what happens to its old state is part of its plan.</summary>
    public void Rename(string former, string now)
    {
        lock (_lock)
        {
            _renamed[former] = now;
        }
    }

    /// <summary>What the program wants of a resource.</summary>
    /// <param name="goal">The goal.</param>
    /// <param name="old">The resource in state.</param>
    /// <param name="oldInputs">The inputs to compare with; empty for a resource that is made anew.</param>
    /// <param name="inputs">The checked inputs; <see langword="null"/> for a resource that is imported.</param>
    public string? Want(Goal goal, ResourceState? old, PropertyMap oldInputs, PropertyMap? inputs)
    {
        if (records)
        {
            var made = GoalPlan.Of(goal, inputs is null ? PlanDiff.None : PlanDiff.Between(oldInputs, inputs));
            Change(goal.Urn, plan => plan with { Goal = made });
        }

        if (constraint is null)
        {
            return null;
        }

        GoalPlan planned;
        if (constraint.Resources.TryGetValue(goal.Urn, out var resource))
        {
            if (resource.Goal is not { } wanted)
            {
                return $"{goal.Urn} is not as planned: it was to be deleted ({Names(resource.Steps)}), but the program declares it.";
            }

            planned = wanted;
        }
        else if (old is not null)
        {
            planned = GoalPlan.Unchanged(old, goal);
        }
        else
        {
            // The step that follows is refused.
            return null;
        }

        var violations = GoalCheck.Violations(planned, goal, oldInputs, inputs);
        return violations.Count == 0 ? null : $"{goal.Urn} is not as planned: {string.Join("; ", violations)}.";
    }

    /// <summary>A step that is about to be taken.</summary>
    public string? Take(Step step) => Take(step.Subject.Urn, step.Kind);

    /// <inheritdoc cref="Take(Step)"/>
    public string? Take(string urn, StepKind kind)
    {
        lock (_lock)
        {
            urn = _renamed.GetValueOrDefault(urn, urn);
            if (records)
            {
                Change(urn, plan => plan with { Steps = plan.Steps.Add(kind) });
            }

            if (constraint is null)
            {
                return null;
            }

            if (!_left.TryGetValue(urn, out var planned))
            {
                return kind == StepKind.Same ? null : $"{kind.Name()} of {urn} is not in the plan: nothing was to happen to it.";
            }

            if (planned.IsEmpty)
            {
                return $"{kind.Name()} of {urn} is not in the plan: no more than {Names(constraint.Resources[urn].Steps)} was to happen to it.";
            }

            // It came, whether it is allowed or not.
            _left[urn] = StepConstraint.Rest(planned, kind);
            return StepConstraint.Allows(planned[0], kind) ? null : $"{kind.Name()} of {urn} is not in the plan: {planned[0].Name()} was expected.";
        }
    }

    /// <summary>The outputs that a provider gave.</summary>
    public void Note(string urn, PropertyMap outputs)
    {
        if (records)
        {
            Change(urn, plan => plan with { Outputs = outputs });
        }
    }

    /// <summary>The outputs that a component gave.</summary>
    public string? Settle(string urn, PropertyMap old, PropertyMap outputs)
    {
        if (records)
        {
            Change(urn, plan => plan with { Outputs = outputs, Goal = plan.Goal is { } goal ? goal with { Outputs = PlanDiff.Between(old, outputs) } : null });
        }

        if (constraint is null)
        {
            return null;
        }

        var planned = constraint.Resources.GetValueOrDefault(urn)?.Goal?.Outputs ?? PlanDiff.None;
        var violations = PlanDiffCheck.Violations(old, outputs, planned);
        return violations.Count == 0 ? null : $"The outputs of {urn} are not as planned: {string.Join("; ", violations)}.";
    }

    /// <summary>The planned steps that did not come. A deletion of something that was gone already is not missed.</summary>
    public IEnumerable<(string Urn, string Violation)> Missing(Func<string, bool> wasThere)
    {
        foreach (var (urn, left) in _left.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            if (!left.IsEmpty && (left is not [StepKind.Delete] || wasThere(urn)))
            {
                yield return (urn, $"The plan expected {Names(left)} of {urn}, but that did not come.");
            }
        }
    }

    private static string Names(ImmutableArray<StepKind> steps) => steps.IsEmpty ? "nothing" : string.Join(", ", steps.Select(step => step.Name()));

    private void Change(string urn, Func<ResourcePlan, ResourcePlan> change)
    {
        lock (_lock)
        {
            _made[urn] = change(_made.GetValueOrDefault(urn) ?? new ResourcePlan());
        }
    }
}
