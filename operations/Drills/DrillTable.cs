using Spectre.Console;

namespace AppStack.Operations.Drills;

/// <summary>Draws a drill for people: one line per step while it runs, then what it cost beside what it may cost.</summary>
internal static class DrillTable
{
    public static void WriteProgress(IAnsiConsole console, DrillProgress progress)
    {
        var state = progress.Ms is { } ms ? $"done in {ms / 1000:0.00} s" : "...";
        var failed = progress.Failed == 0 ? "0 failed" : $"[red]{progress.Failed} failed[/]";
        console.MarkupLine($"[grey]{progress.Requests,7} requests[/], {failed}  {Markup.Escape(progress.Mode)}: {Markup.Escape(progress.Step)} {state}");
    }

    public static void Write(IAnsiConsole console, DrillReport report)
    {
        var table = new Table().Border(TableBorder.Simple);
        table.AddColumn("");
        foreach (var part in report.Parts)
        {
            table.AddColumn(new TableColumn(Markup.Escape(part.Mode)).RightAligned());
        }

        Row(table, report, "requests", part => $"{part.Load.Requests}");
        Row(table, report, "failed", part => Limited(part, "failed", $"{part.Load.Failed}") + Reasons(part));
        Row(table, report, "longest gap", part => Limited(part, "longestGapMs", Time(part.Load.LongestGapMs)));
        Row(table, report, "first to last failure", part => Limited(part, "failureSpanMs", Time(part.Load.FailureSpanMs)));
        Row(table, report, "recovery", part => Time(part.RecoveryMs));
        Row(table, report, "p50 / p99", part => $"{Time(part.Load.P50Ms)} / {Time(part.Load.P99Ms)}");
        Row(table, report, "slowest", part => Limited(part, "slowestMs", Time(part.Load.MaxMs)));
        Row(table, report, "load generator", part => $"{part.GeneratorCpuPercent:0} % of a core");
        console.Write(table);
        foreach (var check in report.OffAfterwards)
        {
            console.MarkupLine($"[red]still off:[/] {Markup.Escape(check.Line)}");
        }

        DrillErrors.Write(console, report.Error);
        console.MarkupLine(report.Passed
            ? $"[green]{Markup.Escape(report.Scenario)} passed[/] on {Markup.Escape(report.Node)}; the platform is as before"
            : $"[red]{Markup.Escape(report.Scenario)} did not pass[/] on {Markup.Escape(report.Node)}");
    }

    private static void Row(Table table, DrillReport report, string name, Func<DrillPartReport, string> cell) =>
        table.AddRow([name, .. report.Parts.Select(cell)]);

    private static string Limited(DrillPartReport part, string name, string value) =>
        part.Figures.FirstOrDefault(figure => figure.Name == name) is not { } figure ? value
        : figure.Ok ? $"[green]{value}[/] [grey](<= {figure.Limit:0})[/]"
        : $"[red]{value}[/] [grey](<= {figure.Limit:0})[/]";

    private static string Reasons(DrillPartReport part) =>
        part.Load.Failures.Count == 0 ? "" : $" [grey]{Markup.Escape(string.Join(", ", part.Load.Failures.Select(pair => $"{pair.Value} {pair.Key}")))}[/]";

    private static string Time(double ms) => ms < 10 ? $"{ms:0.0} ms" : $"{ms:0} ms";
}
