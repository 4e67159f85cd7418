using System.Globalization;
using Spectre.Console;

namespace AppStack.Operations.Drills.Restore;

/// <summary>Writes the report of the drill <c>restore</c>: as one JSON object for programs, as text for people.</summary>
internal static class RestoreDrillReportWriter
{
    /// <summary>The drill's name.</summary>
    public const string Scenario = "restore";

    /// <summary>Writes the report, indented.</summary>
    public static string ToJson(RestoreDrillReport report) => DrillJson.Object(writer =>
    {
        writer.WriteString("scenario", Scenario);
        writer.WriteString("environment", report.Environment);
        writer.WriteString("node", report.Node);
        writer.WriteString("moment", report.Moment);
        DrillJson.Verdict(writer, report.Passed, report.Error);
        writer.WriteNumber("requests", report.Writes.Requests);
        writer.WriteNumber("failed", report.Writes.Failed);
        DrillJson.Failures(writer, report.Writes.Failures);
        DrillJson.Ms(writer, "longestGapMs", report.Writes.LongestGapMs);
        DrillJson.Ms(writer, "recoveryMs", report.RtoMs);
        DrillJson.Ms(writer, "rtoMs", report.RtoMs);
        DrillJson.Ms(writer, "rpoMs", report.Copy?.RpoMs);
        DrillJson.Ms(writer, "archiveAgeMs", report.ArchiveAgeMs);
        writer.WriteNumber("acknowledged", report.Acknowledged);
        DrillJson.Count(writer, "lost", report.Copy?.Lost);
        DrillJson.Count(writer, "duplicated", report.Copy?.Duplicated);
        DrillJson.Count(writer, "changed", report.Copy?.Changed);
        DrillJson.Count(writer, "tooNew", report.Copy?.TooNew);
        writer.WriteString("checksum", report.Copy?.Checksum);
        writer.WriteString("copyChecksum", report.Copy?.CopyChecksum);
        DrillJson.Steps(writer, report.Steps);
        DrillJson.Off(writer, report.OffAfterwards);
    });

    /// <summary>Writes the report as text.</summary>
    public static void Write(IAnsiConsole console, RestoreDrillReport report)
    {
        var table = new Table().Border(TableBorder.Simple).HideHeaders();
        table.AddColumns("", "");
        table.AddRow("moment", Markup.Escape(report.Moment));
        table.AddRow("copy on", Markup.Escape(report.Node));
        if (report.Copy is { } copy)
        {
            table.AddRow("rows acknowledged before", $"{copy.Rows}, {copy.Lost} lost, {copy.Changed} changed, {copy.Duplicated} twice");
            table.AddRow("rows from after", $"{copy.TooNew}");
            table.AddRow("checksum", copy.Checksum == copy.CopyChecksum ? $"{copy.Checksum[..16]}, equal" : $"{copy.Checksum[..16]}, in the copy {copy.CopyChecksum[..16]}");
        }

        table.AddRow("recovery time (RTO)", string.Create(CultureInfo.InvariantCulture, $"{Seconds(report.RtoMs)}, allowed are {RestoreDrillReport.LimitMs / 1000:0} s"));
        table.AddRow("recovery point (RPO)", string.Create(CultureInfo.InvariantCulture, $"{Seconds(report.Copy?.RpoMs)} before the moment; with all database nodes at once {Seconds(report.ArchiveAgeMs)}"));
        table.AddRow("writer meanwhile", string.Create(CultureInfo.InvariantCulture, $"{report.Writes.Requests} statements, {report.Writes.Failed} failed, slowest {report.Writes.SlowestMs:0} ms"));
        console.Write(table);
        foreach (var check in report.OffAfterwards)
        {
            console.MarkupLine($"[red]still off:[/] {Markup.Escape(check.Line)}");
        }

        DrillErrors.Write(console, report.Error);
        console.MarkupLine(report.Passed ? $"[green]{Scenario} passed[/]; the copy is removed, the platform is as before" : $"[red]{Scenario} did not pass[/]");
    }

    private static string Seconds(double? ms) => ms is { } value && double.IsFinite(value) ? string.Create(CultureInfo.InvariantCulture, $"{value / 1000:0.0} s") : "unknown";
}
