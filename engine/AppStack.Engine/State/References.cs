using System.Collections.Immutable;

namespace AppStack.Engine.State;

/// <summary>The places in which a resource names others.</summary>
internal static class References
{
    /// <summary>Every URN that must come before a resource, with repetitions.</summary>
    public static IEnumerable<string> Of(ResourceState state)
    {
        if (state.Parent is { } parent)
        {
            yield return parent;
        }

        if (state.Provider is { } reference && Urns.TryParseReference(reference, out var provider, out _))
        {
            yield return provider;
        }

        foreach (var dependency in state.Dependencies)
        {
            yield return dependency;
        }

        foreach (var (_, urns) in state.PropertyDependencies)
        {
            foreach (var dependency in urns)
            {
                yield return dependency;
            }
        }

        if (state.DeletedWith is { } deletedWith)
        {
            yield return deletedWith;
        }

        foreach (var replaceWith in state.ReplaceWith)
        {
            yield return replaceWith;
        }
    }

    /// <summary>The resource with references to renamed URNs rewritten.</summary>
    public static ResourceState Rename(ResourceState state, IReadOnlyDictionary<string, string> renamed)
    {
        if (renamed.Count == 0 || !Of(state).Any(renamed.ContainsKey))
        {
            return state;
        }

        return state with
        {
            Parent = state.Parent is { } parent ? New(parent) : null,
            Provider = state.Provider is { } reference && Urns.TryParseReference(reference, out var provider, out var id) ? $"{New(provider)}::{id}" : state.Provider,
            Dependencies = [.. state.Dependencies.Select(New)],
            PropertyDependencies = state.PropertyDependencies.ToImmutableSortedDictionary(
                pair => pair.Key, pair => pair.Value.Select(New).ToImmutableArray(), StringComparer.Ordinal),
            DeletedWith = state.DeletedWith is { } deletedWith ? New(deletedWith) : null,
            ReplaceWith = [.. state.ReplaceWith.Select(New)],
        };

        string New(string urn) => renamed.TryGetValue(urn, out var to) ? to : urn;
    }

    /// <summary>
    /// The resources without references to others that are gone: their parent becomes the nearest living ancestor, dependencies are dropped.
    /// </summary>
    public static ImmutableArray<ResourceState> Prune(ImmutableArray<ResourceState> resources, IReadOnlyDictionary<string, string?> goneToParent)
    {
        if (goneToParent.Count == 0)
        {
            return resources;
        }

        return [.. resources.Select(state => Of(state).Any(goneToParent.ContainsKey) ? PruneOne(state, goneToParent) : state)];
    }

    private static ResourceState PruneOne(ResourceState state, IReadOnlyDictionary<string, string?> goneToParent)
    {
        var parent = state.Parent;
        while (parent is not null && goneToParent.TryGetValue(parent, out var grandparent))
        {
            parent = grandparent;
        }

        return state with
        {
            Parent = parent,
            Dependencies = [.. state.Dependencies.Where(Lives)],
            PropertyDependencies = state.PropertyDependencies.ToImmutableSortedDictionary(
                pair => pair.Key, pair => pair.Value.Where(Lives).ToImmutableArray(), StringComparer.Ordinal),
            DeletedWith = state.DeletedWith is { } deletedWith && Lives(deletedWith) ? deletedWith : null,
            ReplaceWith = [.. state.ReplaceWith.Where(Lives)],
        };

        bool Lives(string urn) => !goneToParent.ContainsKey(urn);
    }
}
