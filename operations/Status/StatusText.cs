using Spectre.Console;

namespace AppStack.Operations.Status;

/// <summary>
/// Draws the map for a terminal: the way from the top to the bottom, a line for each box, and below those that are off what is wrong and what to do.
/// A narrow terminal shows fewer columns.
/// </summary>
internal static class StatusText
{
    private const string Gap = "  ";
    private const string Line = "│";

    // The way, the longest word of a state, and what stands between.
    private const int Before = 12;

    public static void Write(IAnsiConsole console, StatusMap map)
    {
        console.MarkupLine($"[bold]{Markup.Escape(map.Environment)}[/]  {Word(map.State)} [{Colour(map.State)}]{Markup.Escape(StatusWords.Verdict(map))}[/]");
        console.MarkupLine($"[grey]{Markup.Escape(StatusWords.Seen(map))}[/]");
        console.WriteLine();
        var told = new HashSet<(string, string)>();
        Problems(console, "", map.Elsewhere, told);
        var boxes = map.Stages.SelectMany(stage => stage.Boxes).ToList();
        var widths = Widths(console.Profile.Width, boxes);
        foreach (var (stage, i) in map.Way.Select((stage, i) => (stage, i)))
        {
            Stage(console, stage, i == 0 ? "┌" : "▼", i == map.Way.Length - 1 ? " " : Line, widths, told);
            if (i + 1 < map.Way.Length)
            {
                console.MarkupLine($"[grey]{Line}{(map.Way[i + 1].Way.Length == 0 ? "" : $" {Markup.Escape(map.Way[i + 1].Way)}")}[/]");
            }
        }

        foreach (var stage in map.Beside)
        {
            console.WriteLine();
            Stage(console, stage, " ", " ", widths, told);
        }
    }

    private static void Stage(IAnsiConsole console, StatusStage stage, string sign, string way, int[] widths, HashSet<(string, string)> told)
    {
        console.MarkupLine($"[grey]{sign}[/] [bold]{Markup.Escape(stage.Title)}[/]");
        Problems(console, way, stage.Problems, told);
        foreach (var box in stage.Boxes)
        {
            var cells = Cells(box).Zip(widths, (cell, width) => width == 0 ? "" : cell.PadRight(width)).Where(cell => cell.Length > 0).ToList();
            var name = cells[0].Replace($"({box.Now})", box.Now == "leader" ? $"[bold]({box.Now})[/]" : $"[grey]({Markup.Escape(box.Now)})[/]", StringComparison.Ordinal);
            var rest = string.Join(Gap, cells.Skip(1)).TrimEnd();
            console.MarkupLine($"[grey]{way}[/] {Word(box.State)}{new string(' ', Before - 2 - StatusWords.Of(box.State).Length)}{name}{(rest.Length == 0 ? "" : $"{Gap}[grey]{Markup.Escape(rest)}[/]")}".TrimEnd());
            Problems(console, way, box.Problems, told);
        }
    }

    private static void Problems(IAnsiConsole console, string way, IEnumerable<StatusProblem> problems, HashSet<(string, string)> told)
    {
        foreach (var problem in problems)
        {
            Indented(console, way, $"[{Colour(problem.State)}]{(problem.IsAlert ? "alert " : "")}{Markup.Escape(problem.Name)}:[/] {Markup.Escape(problem.Detail)}");
            if (!told.Add((problem.Name, problem.Detail)))
            {
                // Of two boxes, as a session is of both ends: what to do was said at the first.
                continue;
            }

            Indented(console, way, Markup.Escape($"-> {problem.Remedy.Advice}{(problem.Remedy.Command.Length == 0 ? "" : $": {problem.Remedy.Command}")}; {problem.Remedy.Runbook}"));
        }
    }

    // Wrapped lines begin where the first one does.
    private static void Indented(IAnsiConsole console, string way, string markup)
    {
        var grid = new Grid().AddColumn(new GridColumn { Width = Before, NoWrap = true, Padding = new(0, 0) }).AddColumn(new GridColumn { Padding = new(0, 0) });
        console.Write(grid.AddRow($"[grey]{way}[/]", markup));
    }

    private static string[] Cells(StatusBox box) => [box.Now.Length == 0 ? box.Name : $"{box.Name} ({box.Now})", box.Runs, box.Place, box.Addresses];

    /// <summary>The widths of the columns; 0: there is no room for it.</summary>
    private static int[] Widths(int room, List<StatusBox> boxes)
    {
        var left = room - Before;
        return [.. Enumerable.Range(0, 4).Select(column => boxes.Select(box => Cells(box)[column].Length).DefaultIfEmpty(0).Max()).Select((width, column) =>
        {
            if (column > 0 && width + Gap.Length > left)
            {
                left = 0;
                return 0;
            }

            left -= width + Gap.Length;
            return width;
        })];
    }

    private static string Word(StatusState state) => $"[{Colour(state)}]{StatusWords.Of(state).ToUpperInvariant()}[/]";

    private static string Colour(StatusState state) => state switch
    {
        StatusState.Ok => "green",
        StatusState.Warning => "yellow",
        StatusState.Off => "red",
        _ => "grey",
    };
}
