using System.Collections.Immutable;
using AppStack.Engine.Journal;

namespace AppStack.Engine.State;

/// <summary>
/// Folds the journal of a run over the state that the run started from. A pure function: the same base and entries always give the same
/// state, in memory at the end of a run or from disk after a crash.
/// </summary>
/// <remarks>
/// The order of the result: what this run put or kept, in the order in which it did so, then what it has not touched, in the old order.
/// A resource is put after all it depends on, and what was not touched depends only on untouched or on earlier resources, so the order
/// stays topological.
/// </remarks>
internal static class SnapshotReducer
{
    public static Snapshot Fold(Snapshot @base, IEnumerable<JournalEntry> entries)
    {
        var count = @base.Resources.Length;
        var states = new List<ResourceState?>(@base.Resources);
        var moved = new List<bool>(new bool[count]);
        var touched = new List<int>(count);
        var pending = new SortedDictionary<int, JournalEntry.BeginMark>();
        var settled = new HashSet<string>(StringComparer.Ordinal);
        var made = new HashSet<string>(StringComparer.Ordinal);
        var renamed = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            if (entry.End is { } end && pending.Remove(end.Operation, out var begun))
            {
                if (!end.Known)
                {
                    // Nobody knows what happened: it goes on being pending, whatever else this run does.
                    pending.Add(end.Operation, begun);
                }
                else if (begun.Kind is PendingOperationKind.Creating or PendingOperationKind.Importing && !entry.Put.IsEmpty)
                {
                    made.Add(begun.Resource.Urn);
                }
            }

            foreach (var (number, state) in entry.Set)
            {
                Grow(states, moved, number);
                states[number] = state;
            }

            foreach (var number in entry.Drop)
            {
                Grow(states, moved, number);
                if (states[number] is { } dropped)
                {
                    settled.Add(dropped.Urn);
                }

                states[number] = null;
            }

            foreach (var number in entry.Keep)
            {
                Move(states, moved, touched, number);
            }

            foreach (var (number, state) in entry.Put)
            {
                Move(states, moved, touched, number);
                states[number] = state;
                settled.Add(state.Urn);
            }

            foreach (var (from, to) in entry.Renamed)
            {
                renamed[from] = to;
            }

            if (entry.Begin is { } begin)
            {
                pending[begin.Operation] = begin;
            }
        }

        var result = ImmutableArray.CreateBuilder<ResourceState>(states.Count);
        foreach (var number in touched)
        {
            if (states[number] is { } state)
            {
                result.Add(state);
            }
        }

        for (var number = 0; number < states.Count; number++)
        {
            if (!moved[number] && states[number] is { } state)
            {
                result.Add(state);
            }
        }

        // What may have been made earlier is settled by making it again; that its predecessor of the same URN was changed or deleted says
        // nothing about it.
        var operations = @base.PendingOperations
            .Where(operation => !(operation.Kind == PendingOperationKind.Creating ? made : settled).Contains(operation.Resource.Urn))
            .Concat(pending.Values.Select(begin => new PendingOperation(begin.Kind, begin.Resource)));
        return @base with
        {
            Resources = TopologicalOrder.Restore(Normalise(result.DrainToImmutable(), renamed)),
            PendingOperations = [.. operations],
        };
    }

    /// <summary>Rewrites references to URNs that have changed; a URN that some resource still has is never rewritten.</summary>
    private static ImmutableArray<ResourceState> Normalise(ImmutableArray<ResourceState> resources, Dictionary<string, string> renamed)
    {
        if (renamed.Count > 0)
        {
            foreach (var state in resources)
            {
                renamed.Remove(state.Urn);
            }
        }

        return [.. resources.Select(state => References.Rename(state.Aliases.Length > 0 ? state with { Aliases = [] } : state, renamed))];
    }

    private static void Move(List<ResourceState?> states, List<bool> moved, List<int> touched, int number)
    {
        Grow(states, moved, number);
        if (!moved[number])
        {
            moved[number] = true;
            touched.Add(number);
        }
    }

    private static void Grow(List<ResourceState?> states, List<bool> moved, int number)
    {
        while (states.Count <= number)
        {
            states.Add(null);
            moved.Add(false);
        }
    }
}
