namespace AppStack.Cli.Display;

/// <summary>A table of texts without frame: columns as wide as their widest cell, two spaces apart.</summary>
internal static class TextTable
{
    /// <summary>The table's lines; the heading first.</summary>
    public static IEnumerable<Styled> Of(IReadOnlyList<string> heading, IEnumerable<IReadOnlyList<string>> rows)
    {
        var all = rows.Prepend(heading).ToList();
        var widths = Enumerable.Range(0, heading.Count).Select(column => all.Max(row => row[column].Length)).ToArray();
        return all.Select((row, index) => new Styled(
            string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd(),
            index == 0 ? "bold" : ""));
    }
}
