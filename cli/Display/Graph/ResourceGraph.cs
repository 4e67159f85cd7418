using System.Collections.Immutable;
using AppStack.Engine.State;

namespace AppStack.Cli.Display.Graph;

/// <summary>The resources of a stack as a person thinks of them: what is part of what, and what needs what.</summary>
internal sealed class ResourceGraph
{
    private ResourceGraph(ResourceNode root, ImmutableArray<(ResourceNode From, ResourceNode To)> edges)
    {
        Root = root;
        Edges = edges;
    }

    /// <summary>The stack itself; everything is somewhere below it.</summary>
    public ResourceNode Root { get; }

    /// <summary>From what is needed to what needs it; those that follow from others are left out.</summary>
    public ImmutableArray<(ResourceNode From, ResourceNode To)> Edges { get; }

    /// <summary>All nodes but the root, parents before children.</summary>
    public IEnumerable<ResourceNode> Nodes => Root.Descendants();

    /// <summary>Reads a state. The engine's own entries for providers, and what waits to be deleted, are left out; values are never looked at.</summary>
    /// <param name="stack">The stack's name.</param>
    /// <param name="snapshot">The state.</param>
    public static ResourceGraph Of(string stack, Snapshot snapshot)
    {
        var root = new ResourceNode("", Urns.StackType, stack, parent: null);
        var nodes = new Dictionary<string, ResourceNode>(StringComparer.Ordinal);
        var shown = snapshot.Resources.Where(state => !state.Delete && !Urns.IsProviderType(state.Type)).ToList();
        foreach (var state in shown)
        {
            nodes[state.Urn] = state.Type == Urns.StackType
                ? root
                : new ResourceNode(state.Urn, state.Type, state.Name, state.Parent is { } parent && nodes.TryGetValue(parent, out var above) ? above : root);
        }

        var needs = new Dictionary<ResourceNode, SortedSet<ResourceNode>>();
        foreach (var state in shown)
        {
            var node = nodes[state.Urn];
            foreach (var urn in state.Dependencies.Concat(state.PropertyDependencies.Values.SelectMany(urns => urns)))
            {
                // What is part of something needs it in a way that the boxes show already.
                if (nodes.TryGetValue(urn, out var needed) && !node.IsWithin(needed) && !needed.IsWithin(node))
                {
                    (needs.TryGetValue(node, out var set) ? set : needs[node] = new SortedSet<ResourceNode>(ResourceNode.ByUrn)).Add(needed);
                }
            }
        }

        return new ResourceGraph(root, [.. Essential(needs).OrderBy(edge => edge.From.Urn, StringComparer.Ordinal).ThenBy(edge => edge.To.Urn, StringComparer.Ordinal)]);
    }

    // Who needs b, which needs a, needs a anyway.
    private static IEnumerable<(ResourceNode From, ResourceNode To)> Essential(Dictionary<ResourceNode, SortedSet<ResourceNode>> needs)
    {
        var reachable = new Dictionary<ResourceNode, HashSet<ResourceNode>>();
        foreach (var (node, direct) in needs)
        {
            foreach (var needed in direct)
            {
                if (!direct.Any(other => other != needed && Reach(other).Contains(needed)))
                {
                    yield return (needed, node);
                }
            }
        }

        HashSet<ResourceNode> Reach(ResourceNode node)
        {
            if (!reachable.TryGetValue(node, out var all))
            {
                // Entered before it is complete, so that a cycle (which no valid state has) ends.
                reachable[node] = all = [];
                foreach (var needed in needs.GetValueOrDefault(node) ?? [])
                {
                    all.Add(needed);
                    all.UnionWith(Reach(needed));
                }
            }

            return all;
        }
    }
}
