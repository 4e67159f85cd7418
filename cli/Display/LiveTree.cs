using Spectre.Console;
using Spectre.Console.Rendering;

namespace AppStack.Cli.Display;

/// <summary>The picture of a running operation: the tree of what changes, and a line with the progress below it.</summary>
internal static class LiveTree
{
    private const string SpinnerFrames = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏";
    private const int SpinnerMilliseconds = 100;
    private const int BarWidth = 30;

    // The title, the empty line and the progress line.
    private const int LinesAroundTree = 4;

    /// <summary>Draws the picture.</summary>
    /// <param name="title">What runs: <c>Updating (local)</c>.</param>
    /// <param name="model">What happened so far.</param>
    /// <param name="began">When the operation began.</param>
    /// <param name="now">The moment to draw; decides the spinner and the running times.</param>
    /// <param name="height">Lines of the terminal.</param>
    public static IRenderable Draw(string title, ProgressModel model, DateTimeOffset began, DateTimeOffset now, int height)
    {
        var grid = new Grid { Expand = false };
        grid.AddColumn(new GridColumn().NoWrap().PadRight(2));
        grid.AddColumn(new GridColumn().NoWrap().PadRight(2));
        grid.AddColumn(new GridColumn().NoWrap());
        foreach (var (depth, row) in TreeLayout.Of(model, Math.Max(3, height - LinesAroundTree)))
        {
            grid.AddRow(Name(depth, row), State(row, now), Detail(row));
        }

        return new Rows(new Markup($"[bold]{Markup.Escape(title)}[/]"), grid, new Markup(Progress(model, began, now)));
    }

    /// <summary>The last picture, which stays on the screen.</summary>
    public static IRenderable DrawEnd(string title, ProgressModel model)
    {
        var grid = new Grid { Expand = false };
        grid.AddColumn(new GridColumn().NoWrap().PadRight(2));
        grid.AddColumn(new GridColumn().NoWrap().PadRight(2));
        grid.AddColumn(new GridColumn().NoWrap());
        foreach (var (depth, row) in TreeLayout.Of(model, int.MaxValue))
        {
            grid.AddRow(Name(depth, row), State(row, now: default), Detail(row));
        }

        return new Rows(new Markup($"[bold]{Markup.Escape(title)}[/]"), grid);
    }

    private static Markup Name(int depth, ResourceRow row) =>
        new($"[{StepWords.Colour(row.Kind)}]{StepWords.Sign(row.Kind)}[/] {new string(' ', depth * 2)}[grey]{Markup.Escape(row.Type)}[/] {Markup.Escape(row.Name)}");

    private static Markup State(ResourceRow row, DateTimeOffset now)
    {
        var colour = StepWords.Colour(row.Kind);
        return new Markup(row.State switch
        {
            ResourceState.Planned => $"[{colour}]{StepWords.Planned(row.Kind)}[/]",
            ResourceState.Running => $"[{colour}]{Spinner(now)} {StepWords.Running(row.Kind)}[/] [grey]{ElapsedText.Of(now - row.Started)}[/]",
            ResourceState.Failed => $"[red]{StepWords.Running(row.Kind)} failed[/] [grey]{ElapsedText.Of(row.Elapsed)}[/]",
            _ => row.IsInteresting ? $"[{colour}]{StepWords.Done(row.Kind)}[/] [grey]{ElapsedText.Of(row.Elapsed)}[/]" : "",
        });
    }

    private static Markup Detail(ResourceRow row)
    {
        var problems = row.Problems == 0 ? "" : $"[red]{row.Problems} {(row.Problems == 1 ? "message" : "messages")}[/] ";
        var text = row.Status.Length > 0 ? row.Status : row.Changes.IsEmpty ? "" : $"[diff: {string.Join(",", row.Changes)}]";
        return new Markup($"{problems}[grey]{Markup.Escape(text)}[/]");
    }

    private static string Progress(ProgressModel model, DateTimeOffset began, DateTimeOffset now)
    {
        var total = Math.Max(model.Expected, model.Order.Count);
        var filled = total == 0 ? 0 : (int)((long)BarWidth * Math.Min(model.Finished, total) / total);
        var running = model.Running.Count();
        var parts = new List<string> { $"{Math.Min(model.Finished, total)}/{total}", $"{running} running" };
        if (model.Failed > 0)
        {
            parts.Add($"[red]{model.Failed} failed[/]");
        }

        if (model.Cancelling)
        {
            parts.Add("[yellow]stopping: running steps finish[/]");
        }

        parts.Add(ElapsedText.Of(now - began));
        return $"[green]{new string('━', filled)}[/][grey]{new string('━', BarWidth - filled)}[/] {string.Join("  ", parts)}";
    }

    private static char Spinner(DateTimeOffset now) => SpinnerFrames[(int)(now.ToUnixTimeMilliseconds() / SpinnerMilliseconds % SpinnerFrames.Length)];
}
