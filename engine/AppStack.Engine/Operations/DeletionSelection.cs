using System.Collections.Immutable;
using AppStack.Engine.Execution;
using AppStack.Engine.Planning;
using AppStack.Engine.State;

namespace AppStack.Engine.Operations;

/// <summary>Which resources an operation deletes, and why it may not delete some that it should.</summary>
internal sealed record DeletionSelection(ImmutableArray<NumberedResource> Resources, ImmutableArray<DeletionSelection.Problem> Problems)
{
    /// <summary>A resource that cannot be deleted, or a pattern that names none.</summary>
    public sealed record Problem(string Message, string? Urn = null);

    /// <summary>Chooses what the program did not declare, and old resources whose replacements exist.</summary>
    public static DeletionSelection AfterProgram(RunStates states, OperationTargets targets, bool targetDependents)
    {
        ImmutableArray<NumberedResource> undeclared = [.. states.Base().Where(resource => resource.State.Delete || !states.IsSeen(resource.Number))];
        return targets.IsEverything ? new DeletionSelection(undeclared, []) : Undeclared(undeclared, states, targets, targetDependents);
    }

    /// <summary>Chooses every resource, or the targets with what depends on them.</summary>
    public static DeletionSelection Destruction(ImmutableArray<NumberedResource> resources, OperationTargets targets, bool targetDependents)
    {
        if (targets.IsEverything)
        {
            return new DeletionSelection(resources, []);
        }

        return targets.NamesTargets ? Targeted(resources, targets, targetDependents) : AllButExcluded(resources, targets);
    }

    private static DeletionSelection Undeclared(
        ImmutableArray<NumberedResource> undeclared, RunStates states, OperationTargets targets, bool targetDependents)
    {
        var chosen = new Dictionary<int, NumberedResource>();
        var urns = new HashSet<string>(StringComparer.Ordinal);
        foreach (var resource in undeclared)
        {
            var state = resource.State;
            if (state.Delete
                || targets.Includes(state.Urn)
                || Urns.IsDefaultProvider(state.Urn, state.Type)
                || (targetDependents && References.Of(state).Any(urns.Contains)))
            {
                chosen.Add(resource.Number, resource);
                urns.Add(state.Urn);
            }
        }

        // Whatever stays keeps what it needs.
        var needed = new HashSet<string>(
            states.All().Where(resource => !chosen.ContainsKey(resource.Number)).SelectMany(resource => References.Of(resource.State)), StringComparer.Ordinal);
        var problems = ImmutableArray.CreateBuilder<Problem>();
        foreach (var resource in undeclared.Reverse())
        {
            var state = resource.State;
            if (state.Delete || !needed.Contains(state.Urn) || !chosen.Remove(resource.Number))
            {
                continue;
            }

            needed.UnionWith(References.Of(state));
            if (!Urns.IsDefaultProvider(state.Urn, state.Type))
            {
                problems.Add(new Problem(
                    $"The target {state.Urn} cannot be deleted: something that is no target depends on it. Use --target-dependents.", state.Urn));
            }
        }

        return new DeletionSelection([.. chosen.Values.OrderBy(resource => resource.Number)], problems.ToImmutable());
    }

    private static DeletionSelection Targeted(ImmutableArray<NumberedResource> resources, OperationTargets targets, bool targetDependents)
    {
        var chosen = new HashSet<string>(resources.Select(resource => resource.State.Urn).Where(targets.Includes), StringComparer.Ordinal);
        var problems = ImmutableArray.CreateBuilder<Problem>();
        foreach (var pattern in targets.WithoutMatch([.. resources.Select(resource => resource.State.Urn)]))
        {
            problems.Add(new Problem($"No resource matches the target {pattern}."));
        }

        var doomed = ImmutableArray.CreateBuilder<NumberedResource>();
        foreach (var resource in resources)
        {
            var depends = References.Of(resource.State).Any(chosen.Contains);
            if (chosen.Contains(resource.State.Urn))
            {
                doomed.Add(resource);
            }
            else if (depends && targetDependents)
            {
                chosen.Add(resource.State.Urn);
                doomed.Add(resource);
            }
            else if (depends)
            {
                problems.Add(new Problem(
                    $"{resource.State.Urn} depends on a target but is none itself, so that the target cannot be deleted. Add it as a target, or use --target-dependents.",
                    resource.State.Urn));
            }
        }

        return new DeletionSelection(problems.Count > 0 ? [] : doomed.ToImmutable(), problems.ToImmutable());
    }

    // What is excluded stays, and so does all that it needs.
    private static DeletionSelection AllButExcluded(ImmutableArray<NumberedResource> resources, OperationTargets targets)
    {
        var kept = new HashSet<string>(StringComparer.Ordinal);
        var doomed = new List<NumberedResource>();
        foreach (var resource in resources.Reverse())
        {
            if (targets.Includes(resource.State.Urn) && !kept.Contains(resource.State.Urn))
            {
                doomed.Add(resource);
                continue;
            }

            kept.Add(resource.State.Urn);
            kept.UnionWith(References.Of(resource.State));
        }

        doomed.Reverse();
        return new DeletionSelection([.. doomed], []);
    }
}
