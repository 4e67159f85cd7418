using System.Collections.Immutable;
using AppStack.Engine.Events;
using AppStack.Engine.State;

namespace AppStack.Engine.Planning;

/// <summary>Decides what is deleted after the program has run, and in which order.</summary>
internal static class DeletionPlanner
{
    /// <summary>A deletion, and which of the others have to be complete before it.</summary>
    internal sealed record Deletion(Step Step, ImmutableArray<int> After);

    /// <summary>Puts deletions in order.</summary>
    /// <param name="doomed">What is to go, in the order of the state (everything after what it depends on).</param>
    /// <returns>The deletions in an order in which each comes after those it waits for: dependents first.</returns>
    public static ImmutableArray<Deletion> Plan(ImmutableArray<NumberedResource> doomed)
    {
        var reversed = doomed.Reverse().ToImmutableArray();
        var byUrn = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        for (var i = 0; i < reversed.Length; i++)
        {
            if (!byUrn.TryGetValue(reversed[i].State.Urn, out var indexes))
            {
                byUrn.Add(reversed[i].State.Urn, indexes = []);
            }

            indexes.Add(i);
        }

        var waits = new SortedSet<int>[reversed.Length];
        for (var i = 0; i < reversed.Length; i++)
        {
            foreach (var urn in References.Of(reversed[i].State))
            {
                if (byUrn.TryGetValue(urn, out var targets))
                {
                    // Only what comes later in this order: an old and a new resource of one URN may both be going.
                    foreach (var target in targets.Where(target => target > i))
                    {
                        (waits[target] ??= []).Add(i);
                    }
                }
            }
        }

        return [.. reversed.Select((resource, i) => new Deletion(ToStep(resource, byUrn), waits[i] is { } after ? [.. after] : []))];
    }

    /// <summary>The URNs of what must not be deleted.</summary>
    public static ImmutableArray<string> Protected(ImmutableArray<NumberedResource> doomed) =>
        [.. doomed.Where(resource => resource.State is { Protect: true, Delete: false }).Select(resource => resource.State.Urn)];

    private static Step ToStep(NumberedResource resource, Dictionary<string, List<int>> doomed)
    {
        var state = resource.State;
        var kind = (state.PendingReplacement, state.External, state.Delete) switch
        {
            (true, _, _) => StepKind.RemovePendingReplace,
            (_, true, true) => StepKind.DiscardReplaced,
            (_, true, false) => StepKind.Discard,
            (_, _, true) => StepKind.DeleteReplaced,
            _ => StepKind.Delete,
        };
        var goesWithAnother = state.DeletedWith is { } other && doomed.ContainsKey(other);
        return new Step
        {
            Kind = kind,
            Old = resource,
            StateOnly = !state.Custom || state.External || state.RetainOnDelete || state.PendingReplacement || goesWithAnother,
        };
    }
}
