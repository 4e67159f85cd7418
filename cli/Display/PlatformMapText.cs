using System.Collections.Immutable;
using AppStack.Stacks;

namespace AppStack.Cli.Display;

/// <summary>What runs where, in the order of a request's way, and what to try.</summary>
internal static class PlatformMapText
{
    /// <summary>The lines.</summary>
    public static IEnumerable<Styled> Of(PlatformMap map)
    {
        yield return new("");
        foreach (var line in TextTable.Of(["NODE", "RUNS", "SITE", "ADDRESSES"], map.Nodes.Select(node => new[] { node.Name, node.Runs, node.Place, node.Addresses })))
        {
            yield return line;
        }

        foreach (var line in Of(map.Try))
        {
            yield return line;
        }
    }

    /// <summary>The lines of what to try; none when there is nothing.</summary>
    public static IEnumerable<Styled> Of(ImmutableArray<PlatformHint> hints)
    {
        if (hints.IsEmpty)
        {
            yield break;
        }

        yield return new("");
        yield return new("Try:", "bold");
        var width = hints.Max(hint => hint.What.Length);
        foreach (var hint in hints)
        {
            yield return new($"  {hint.What.PadRight(width)}  {hint.Command}");
        }
    }
}
