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
        writer.WriteBoolean("passed", report.Passed);
        writer.WriteNumber("requests", report.Writes.Requests);
        writer.WriteNumber("failed", report.Writes.Failed);
        DrillJson.Failures(writer, report.Writes.Failures);
        DrillJson.Ms(writer, "longestGapMs", report.Writes.LongestGapMs);
        DrillJson.Ms(writer, "recoveryMs", report.RtoMs);
        DrillJson.Ms(writer, "rtoMs", report.RtoMs);
        DrillJson.Ms(writer, "rpoMs", report.Copy.RpoMs);
        DrillJson.Ms(writer, "archiveAgeMs", report.ArchiveAgeMs);
        writer.WriteNumber("acknowledged", report.Copy.Rows);
        writer.WriteNumber("lost", report.Copy.Lost);
        writer.WriteNumber("duplicated", report.Copy.Duplicated);
        writer.WriteNumber("changed", report.Copy.Changed);
        writer.WriteNumber("tooNew", report.Copy.TooNew);
        writer.WriteString("checksum", report.Copy.Checksum);
        writer.WriteString("copyChecksum", report.Copy.CopyChecksum);
        DrillJson.Steps(writer, report.Steps);
        DrillJson.Off(writer, report.OffAfterwards);
    });

    /// <summary>Writes the report as text.</summary>
    public static void Write(IAnsiConsole console, RestoreDrillReport report)
    {
        var copy = report.Copy;
        var table = new Table().Border(TableBorder.Simple).HideHeaders();
        table.AddColumns("", "");
        table.AddRow("moment", Markup.Escape(report.Moment));
        table.AddRow("copy on", Markup.Escape(report.Node));
        table.AddRow("rows acknowledged before", $"{copy.Rows}, {copy.Lost} lost, {copy.Changed} changed, {copy.Duplicated} twice");
        table.AddRow("rows from after", $"{copy.TooNew}");
        table.AddRow("checksum", copy.Checksum == copy.CopyChecksum ? $"{copy.Checksum[..16]}, equal" : $"{copy.Checksum[..16]}, in the copy {copy.CopyChecksum[..16]}");
        table.AddRow("recovery time (RTO)", string.Create(CultureInfo.InvariantCulture, $"{report.RtoMs / 1000:0.0} s, allowed are {RestoreDrillReport.LimitMs / 1000:0} s"));
        table.AddRow("recovery point (RPO)", string.Create(CultureInfo.InvariantCulture, $"{copy.RpoMs:0} ms before the moment; with all database nodes at once {report.ArchiveAgeMs / 1000:0.0} s"));
        table.AddRow("writer meanwhile", string.Create(CultureInfo.InvariantCulture, $"{report.Writes.Requests} statements, {report.Writes.Failed} failed, slowest {report.Writes.SlowestMs:0} ms"));
        console.Write(table);
        foreach (var check in report.OffAfterwards)
        {
            console.MarkupLine($"[red]still off:[/] {Markup.Escape(check.Line)}");
        }

        console.MarkupLine(report.Passed ? $"[green]{Scenario} passed[/]; the copy is removed, the platform is as before" : $"[red]{Scenario} did not pass[/]");
    }
}
