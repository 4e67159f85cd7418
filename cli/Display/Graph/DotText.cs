using System.Text;

namespace AppStack.Cli.Display.Graph;

/// <summary>A graph in Graphviz' language: parents as clusters, arrows from what is needed to what needs it.</summary>
internal static class DotText
{
    /// <summary>The text.</summary>
    public static string Of(ResourceGraph graph)
    {
        var ids = graph.Nodes.Select((node, index) => (node, index)).ToDictionary(pair => pair.node, pair => $"r{pair.index}");
        var text = new StringBuilder();
        text.Append("digraph ").Append(Quote(graph.Root.Name)).Append(" {\n");
        text.Append("  compound=true; rankdir=LR; fontname=\"monospace\";\n");
        text.Append("  node [shape=box, style=\"rounded,filled\", fontname=\"monospace\", fontsize=10];\n");
        foreach (var child in graph.Root.Children)
        {
            Write(text, child, ids, "  ");
        }

        foreach (var (from, to) in graph.Edges)
        {
            var (tail, head) = (Leaf(from), Leaf(to));
            text.Append("  ").Append(ids[tail]).Append(" -> ").Append(ids[head]);
            var ends = new List<string>();
            if (tail != from)
            {
                ends.Add($"ltail=cluster_{ids[from]}");
            }

            if (head != to)
            {
                ends.Add($"lhead=cluster_{ids[to]}");
            }

            text.Append(ends.Count == 0 ? ";\n" : $" [{string.Join(", ", ends)}];\n");
        }

        return text.Append("}\n").ToString();
    }

    private static void Write(StringBuilder text, ResourceNode node, Dictionary<ResourceNode, string> ids, string margin)
    {
        var colour = Quote(PackageColours.Of(node.Package));
        if (node.Children.Count == 0)
        {
            text.Append(margin).Append(ids[node]).Append($" [label={Label(node)}, tooltip={Quote(node.Urn)}, fillcolor={colour}];\n");
            return;
        }

        text.Append(margin).Append("subgraph cluster_").Append(ids[node]).Append(" {\n");
        text.Append(margin).Append($"  label={Label(node)}; tooltip={Quote(node.Urn)}; style=\"rounded\"; color={colour};\n");
        foreach (var child in node.Children)
        {
            Write(text, child, ids, margin + "  ");
        }

        text.Append(margin).Append("}\n");
    }

    // Graphviz draws arrows between nodes only; those of a cluster are cut at its edge.
    private static ResourceNode Leaf(ResourceNode node) => node.Children.Count == 0 ? node : Leaf(node.Children[0]);

    // The line break is Graphviz' own, so it must not be escaped.
    private static string Label(ResourceNode node) => $"\"{Escape(node.Name)}\\n{Escape(node.Type)}\"";

    private static string Quote(string text) => $"\"{Escape(text)}\"";

    private static string Escape(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
