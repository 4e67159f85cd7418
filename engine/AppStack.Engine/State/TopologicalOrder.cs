using System.Collections.Immutable;

namespace AppStack.Engine.State;

/// <summary>
/// Puts everything after what it refers to, moving as little as possible. Runs give that order by themselves, except where they left
/// things alone (failures, targets) that others, which they changed, refer to.
/// </summary>
internal static class TopologicalOrder
{
    public static ImmutableArray<ResourceState> Restore(ImmutableArray<ResourceState> resources)
    {
        if (IsOrdered(resources))
        {
            return resources;
        }

        var byUrn = new Dictionary<string, int>(resources.Length, StringComparer.Ordinal);
        for (var i = 0; i < resources.Length; i++)
        {
            // The live one of several with the same URN is what others refer to.
            if (!byUrn.TryGetValue(resources[i].Urn, out var known) || (resources[known].Delete && !resources[i].Delete))
            {
                byUrn[resources[i].Urn] = i;
            }
        }

        var visited = new bool[resources.Length];
        var ordered = ImmutableArray.CreateBuilder<ResourceState>(resources.Length);
        for (var i = 0; i < resources.Length; i++)
        {
            Visit(i);
        }

        return ordered.MoveToImmutable();

        void Visit(int index)
        {
            if (visited[index])
            {
                return;
            }

            visited[index] = true;
            foreach (var urn in References.Of(resources[index]))
            {
                if (byUrn.TryGetValue(urn, out var target))
                {
                    Visit(target);
                }
            }

            ordered.Add(resources[index]);
        }
    }

    private static bool IsOrdered(ImmutableArray<ResourceState> resources)
    {
        var earlier = new HashSet<string>(resources.Length, StringComparer.Ordinal);
        foreach (var state in resources)
        {
            foreach (var urn in References.Of(state))
            {
                if (!earlier.Contains(urn))
                {
                    return false;
                }
            }

            earlier.Add(state.Urn);
        }

        return true;
    }
}
