using System.Collections.Immutable;

namespace AppStack.Cli.Display;

/// <summary>A unified diff of two texts.</summary>
internal static class TextDiff
{
    private const int Context = 3;

    // The table of the longest common subsequence has lines x lines entries; beyond this a diff is not read by people anyway.
    private const int MostEntries = 4_000_000;

    /// <summary>The lines that differ, with three lines around them; a gap is one line <c>...</c>.</summary>
    public static ImmutableArray<(DiffSign Sign, string Text)> Of(string before, string after)
    {
        var old = Lines(before);
        var now = Lines(after);
        var head = 0;
        while (head < old.Length && head < now.Length && old[head] == now[head])
        {
            head++;
        }

        var tail = 0;
        while (tail < old.Length - head && tail < now.Length - head && old[^(tail + 1)] == now[^(tail + 1)])
        {
            tail++;
        }

        var all = new List<(DiffSign Sign, string Text)>();
        all.AddRange(old.Take(head).Select(line => (DiffSign.Same, line)));
        all.AddRange(Middle(old[head..^tail], now[head..^tail]));
        all.AddRange(old[^tail..].Select(line => (DiffSign.Same, line)));
        return Fold(all);
    }

    private static IEnumerable<(DiffSign Sign, string Text)> Middle(string[] old, string[] now)
    {
        if ((long)old.Length * now.Length > MostEntries)
        {
            return old.Select(line => (DiffSign.Removed, line)).Concat(now.Select(line => (DiffSign.Added, line)));
        }

        var common = new int[old.Length + 1, now.Length + 1];
        for (var i = old.Length - 1; i >= 0; i--)
        {
            for (var j = now.Length - 1; j >= 0; j--)
            {
                common[i, j] = old[i] == now[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }

        return Walk(old, now, common);
    }

    private static IEnumerable<(DiffSign Sign, string Text)> Walk(string[] old, string[] now, int[,] common)
    {
        for (int i = 0, j = 0; i < old.Length || j < now.Length;)
        {
            if (i < old.Length && j < now.Length && old[i] == now[j])
            {
                yield return (DiffSign.Same, old[i]);
                i++;
                j++;
            }
            else if (j >= now.Length || (i < old.Length && common[i + 1, j] >= common[i, j + 1]))
            {
                yield return (DiffSign.Removed, old[i++]);
            }
            else
            {
                yield return (DiffSign.Added, now[j++]);
            }
        }
    }

    private static ImmutableArray<(DiffSign Sign, string Text)> Fold(List<(DiffSign Sign, string Text)> all)
    {
        var near = new bool[all.Count];
        for (var i = 0; i < all.Count; i++)
        {
            if (all[i].Sign != DiffSign.Same)
            {
                near.AsSpan(Math.Max(0, i - Context)..Math.Min(all.Count, i + Context + 1)).Fill(value: true);
            }
        }

        var folded = ImmutableArray.CreateBuilder<(DiffSign, string)>();
        for (var i = 0; i < all.Count; i++)
        {
            if (near[i])
            {
                folded.Add(all[i]);
            }
            else if (i == 0 || near[i - 1])
            {
                folded.Add((DiffSign.Same, "..."));
            }
        }

        return folded.ToImmutable();
    }

    private static string[] Lines(string text) => text.Length == 0 ? [] : text.TrimEnd('\n').Split('\n');
}
