using System.Collections.Immutable;
using AppStack.Engine.Model.Providers;
using AppStack.Engine.Model.Values;
using AppStack.Engine.State;

namespace AppStack.Engine.Planning;

/// <summary>
/// Finds what has to be deleted before a resource that is deleted before its replacement exists: dependents that would be replaced in turn.
/// Their inputs are compared with the condemned outputs unknown; a dependent that only waits for the resource (<c>dependsOn</c>) stays.
/// </summary>
internal static class DependentReplacements
{
    /// <summary>Finds the dependents.</summary>
    /// <param name="root">The resource that is deleted first.</param>
    /// <param name="resources">The state, in its order.</param>
    /// <param name="isSettled">Whether this run has already seen a resource, which therefore cannot depend on the root any more.</param>
    /// <param name="diff">Asks the resource's provider.</param>
    /// <returns>The condemned dependents, those that depend on others first.</returns>
    public static async Task<ImmutableArray<NumberedResource>> FindAsync(
        NumberedResource root,
        IReadOnlyList<NumberedResource> resources,
        Func<ResourceState, bool> isSettled,
        Func<ResourceState, PropertyMap, Task<DiffResult>> diff)
    {
        var condemned = new HashSet<string>(StringComparer.Ordinal) { root.State.Urn };
        var found = new List<NumberedResource>();
        foreach (var candidate in resources)
        {
            var state = candidate.State;
            if (candidate.Number == root.Number || state.Delete || !state.Custom || state.External || isSettled(state))
            {
                continue;
            }

            if (await MustGoAsync(state, condemned, diff))
            {
                condemned.Add(state.Urn);
                found.Add(candidate);
            }
        }

        found.Reverse();
        return [.. found];
    }

    private static async Task<bool> MustGoAsync(ResourceState state, HashSet<string> condemned, Func<ResourceState, PropertyMap, Task<DiffResult>> diff)
    {
        if (state.Provider is { } reference && Urns.TryParseReference(reference, out var provider, out _) && condemned.Contains(provider))
        {
            return true;
        }

        if (state.DeletedWith is { } deletedWith && condemned.Contains(deletedWith))
        {
            return true;
        }

        var inputs = state.Inputs;
        var depends = false;
        foreach (var (property, urns) in state.PropertyDependencies)
        {
            if (inputs.ContainsKey(property) && urns.Any(condemned.Contains))
            {
                depends = true;
                inputs = inputs.With(property, PropertyValue.Unknown.Instance);
            }
        }

        if (!depends || state.PendingReplacement)
        {
            return false;
        }

        var answer = await diff(state, inputs);
        return answer.ReplaceKeys.Length > 0
            || answer.DetailedDiff.Values.Any(kind => kind is PropertyDiffKind.AddReplace or PropertyDiffKind.DeleteReplace or PropertyDiffKind.UpdateReplace)
            || ReplacesOnChange(state, inputs, answer);
    }

    // The option of the same name was recorded with the resource; the program has not said anything about it yet in this run.
    private static bool ReplacesOnChange(ResourceState state, PropertyMap inputs, DiffResult answer)
    {
        if (state.ReplaceOnChanges.Length == 0 || answer.Changes == DiffChanges.None)
        {
            return false;
        }

        var patterns = state.ReplaceOnChanges.Select(PropertyPath.Parse).ToArray();
        var detailed = answer.DetailedDiff.IsEmpty ? PropertyDiffer.Compare(state.Inputs, inputs) : answer.DetailedDiff;
        return detailed.Keys.Select(PropertyPath.Parse).Any(path => Array.Exists(patterns, pattern => pattern.Contains(path) || path.Contains(pattern)));
    }
}
