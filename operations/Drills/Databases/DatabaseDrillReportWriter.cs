using System.Text.Json;
using Spectre.Console;

namespace AppStack.Operations.Drills.Databases;

/// <summary>Writes a database drill's report: as one JSON object for programs, as a table for people.</summary>
public static class DatabaseDrillReportWriter
{
    /// <summary>Writes the report, indented.</summary>
    public static string ToJson(DatabaseDrillReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return DrillJson.Object(writer =>
        {
            writer.WriteString("scenario", report.Scenario);
            writer.WriteString("environment", report.Environment);
            DrillJson.Verdict(writer, report.Passed, report.Error);
            writer.WriteNumber("requests", report.Writes.Requests);
            writer.WriteNumber("failed", report.Writes.Failed);
            DrillJson.Ms(writer, "longestGapMs", report.LongestGapMs);
            DrillJson.Ms(writer, "recoveryMs", report.RecoveryMs);
            DrillJson.Ms(writer, "modelMs", report.ModelMs);
            Margin(writer, report.HasMargin, report.MarginMs);
            writer.WriteNumber("acknowledged", report.Acknowledged);
            DrillJson.Count(writer, "lost", report.Audit?.Lost);
            DrillJson.Count(writer, "duplicated", report.Audit?.Duplicated);
            DrillJson.Count(writer, "unacknowledged", report.Audit?.Unacknowledged);
            DrillJson.Steps(writer, report.Parts.SelectMany(part => part.Steps));
            writer.WriteStartArray("parts");
            foreach (var part in report.Parts)
            {
                Part(writer, part);
            }

            writer.WriteEndArray();
            DrillJson.Off(writer, report.OffAfterwards);
        });
    }

    /// <summary>Writes the report as a table.</summary>
    public static void Write(IAnsiConsole console, DatabaseDrillReport report)
    {
        ArgumentNullException.ThrowIfNull(console);
        ArgumentNullException.ThrowIfNull(report);
        var table = new Table().Border(TableBorder.Simple);
        table.AddColumns("", "statements", "failed", "writes back after", "longest gap", "p50 / p99 / slowest", "margin");
        foreach (var part in report.Parts)
        {
            var writes = part.Writes;
            var verdict = part.Passed ? "green" : "red";
            table.AddRow(
                $"[{verdict}]{Markup.Escape(part.Name)}[/]",
                $"{writes.Requests}",
                $"{writes.Failed}",
                $"{writes.RecoveryMs:0} ms",
                $"{writes.LongestGapMs:0} ms",
                $"{writes.P50Ms:0.0} / {writes.P99Ms:0} / {writes.SlowestMs:0} ms",
                part.MarginMs is { } margin ? $"{margin:0} ms" : part.HasMargin ? "unknown" : "");
        }

        console.Write(table);
        foreach (var (reason, count) in report.Writes.Failures)
        {
            console.MarkupLine($"[grey]{count} failed: {Markup.Escape(reason)}[/]");
        }

        foreach (var figure in report.Parts.SelectMany(part => part.Figures).Where(figure => !figure.Ok))
        {
            console.MarkupLine($"[red]{figure.Name} is {figure.Value:0}, allowed are {figure.Limit:0}[/]");
        }

        foreach (var complaint in report.Parts.SelectMany(part => part.Complaints.Select(complaint => $"{part.Name}: {complaint}")))
        {
            console.MarkupLine($"[red]{Markup.Escape(complaint)}[/]");
        }

        console.MarkupLine($"{report.Acknowledged} rows acknowledged, " +
            (report.Audit is { } audit ? $"{audit.Lost} lost, {audit.Duplicated} twice, {audit.Unacknowledged} there though their statement failed; " : "which of them are there is not known; ") +
            $"the time line of the settings allows {report.ModelMs / 1000:0.0} s");
        foreach (var check in report.OffAfterwards)
        {
            console.MarkupLine($"[red]still off:[/] {Markup.Escape(check.Line)}");
        }

        DrillErrors.Write(console, report.Error);
        console.MarkupLine(report.Passed ? $"[green]{Markup.Escape(report.Scenario)} passed[/]; the platform is as before" : $"[red]{Markup.Escape(report.Scenario)} did not pass[/]");
    }

    private static void Part(Utf8JsonWriter writer, DatabaseDrillPartReport part)
    {
        writer.WriteStartObject();
        writer.WriteString("name", part.Name);
        writer.WriteBoolean("passed", part.Passed);
        writer.WriteNumber("requests", part.Writes.Requests);
        writer.WriteNumber("failed", part.Writes.Failed);
        DrillJson.Failures(writer, part.Writes.Failures);
        DrillJson.Ms(writer, "longestGapMs", part.Writes.LongestGapMs);
        DrillJson.Ms(writer, "recoveryMs", part.Writes.RecoveryMs);
        Margin(writer, part.HasMargin, part.MarginMs);
        DrillJson.Ms(writer, "p50Ms", part.Writes.P50Ms);
        DrillJson.Ms(writer, "p99Ms", part.Writes.P99Ms);
        DrillJson.Ms(writer, "slowestMs", part.Writes.SlowestMs);
        DrillJson.Figures(writer, part.Figures);
        DrillJson.Texts(writer, "complaints", part.Complaints);
        writer.WriteEndObject();
    }

    private static void Margin(Utf8JsonWriter writer, bool measured, double? margin)
    {
        if (measured)
        {
            DrillJson.Ms(writer, "marginMs", margin);
        }
    }
}
