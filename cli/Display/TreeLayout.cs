using System.Collections.Immutable;

namespace AppStack.Cli.Display;

/// <summary>Puts resources below their parents.</summary>
internal static class TreeLayout
{
    /// <summary>The rows in the order of the tree, each with its depth. Only resources worth telling about, and what they stand under.</summary>
    /// <param name="model">What happened so far.</param>
    /// <param name="most">How many lines there are room for. When more would be shown, those that are done give way first.</param>
    public static ImmutableArray<(int Depth, ResourceRow Row)> Of(ProgressModel model, int most)
    {
        var shown = With(model, row => row.IsInteresting);
        if (shown.Count > most)
        {
            shown = With(model, row => row.State is ResourceState.Running or ResourceState.Failed);
        }

        var children = model.Order.Where(shown.Contains).ToLookup(urn => ParentOf(model, urn), StringComparer.Ordinal);
        var rows = ImmutableArray.CreateBuilder<(int, ResourceRow)>();
        Walk("", 0);
        return rows.Count > most ? [.. rows.Take(most)] : rows.ToImmutable();

        void Walk(string parent, int depth)
        {
            foreach (var urn in children[parent])
            {
                rows.Add((depth, model.Rows[urn]));
                Walk(urn, depth + 1);
            }
        }
    }

    private static HashSet<string> With(ProgressModel model, Func<ResourceRow, bool> wanted)
    {
        var shown = new HashSet<string>(StringComparer.Ordinal);
        foreach (var row in model.Rows.Values.Where(wanted))
        {
            for (var urn = row.Urn; urn.Length > 0 && shown.Add(urn);)
            {
                urn = ParentOf(model, urn);
            }
        }

        return shown;
    }

    private static string ParentOf(ProgressModel model, string urn) =>
        model.Rows[urn].Parent is { } parent && model.Rows.ContainsKey(parent) && parent != urn ? parent : "";
}
