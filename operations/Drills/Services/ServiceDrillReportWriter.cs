using Spectre.Console;

namespace AppStack.Operations.Drills.Services;

/// <summary>Writes the report of a service's drill: as one JSON object for programs, as lines for people.</summary>
public static class ServiceDrillReportWriter
{
    /// <summary>Writes the report, indented.</summary>
    public static string ToJson(ServiceDrillReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return DrillJson.Object(writer =>
        {
            writer.WriteString("scenario", report.Scenario);
            writer.WriteString("environment", report.Environment);
            DrillJson.Verdict(writer, report.Passed, report.Error);
            writer.WriteNumber("requests", report.Load.Requests);
            writer.WriteNumber("failed", report.Load.Failed);
            DrillJson.Failures(writer, report.Load.Failures);
            DrillJson.Ms(writer, "longestGapMs", report.Load.LongestGapMs);
            DrillJson.Ms(writer, "recoveryMs", report.RecoveryMs);
            writer.WriteNumber("acknowledged", report.Acknowledged);
            DrillJson.Count(writer, "lost", report.Audit?.Lost);
            DrillJson.Count(writer, "duplicated", report.Audit?.Duplicated);
            DrillJson.Ms(writer, "p50Ms", report.Load.P50Ms);
            DrillJson.Ms(writer, "p99Ms", report.Load.P99Ms);
            DrillJson.Ms(writer, "slowestMs", report.Load.MaxMs);
            DrillJson.Figures(writer, report.Figures);
            DrillJson.Steps(writer, report.Steps);
            writer.WriteStartArray("firstFailed");
            foreach (var failed in report.FirstFailed)
            {
                writer.WriteStartObject();
                writer.WriteString("what", failed.What);
                writer.WriteString("key", failed.Key);
                writer.WriteString("reason", failed.Reason);
                writer.WriteString("at", failed.At);
                DrillJson.Ms(writer, "tookMs", failed.TookMs);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            DrillJson.Texts(writer, "complaints", report.Complaints);
            DrillJson.Off(writer, report.OffAfterwards);
        });
    }

    /// <summary>Writes the report for people.</summary>
    public static void Write(IAnsiConsole console, ServiceDrillReport report)
    {
        ArgumentNullException.ThrowIfNull(console);
        ArgumentNullException.ThrowIfNull(report);
        var load = report.Load;
        console.MarkupLine($"{load.Requests} requests, {load.Failed} failed; p50 {load.P50Ms:0.0} ms, p99 {load.P99Ms:0} ms, slowest {load.MaxMs:0} ms; longest time without an answer {load.LongestGapMs:0} ms");
        console.MarkupLine($"{report.Acknowledged} documents acknowledged, {(report.Audit is { } audit ? $"{audit.Lost} lost, {audit.Duplicated} twice" : "which of them are there is not known")}");
        foreach (var (reason, count) in load.Failures)
        {
            console.MarkupLine($"[grey]{count} failed: {Markup.Escape(reason)}[/]");
        }

        foreach (var failed in report.FirstFailed)
        {
            console.MarkupLine($"[grey]{failed.At:HH:mm:ss.fff} {failed.What} {Markup.Escape(failed.Key)}: {Markup.Escape(failed.Reason)} after {failed.TookMs:0} ms[/]");
        }

        foreach (var figure in report.Figures)
        {
            console.MarkupLine($"[{(figure.Ok ? "green" : "red")}]{figure.Name} {figure.Value:0}[/] [grey](<= {figure.Limit:0})[/]");
        }

        foreach (var line in report.Complaints.Concat(report.OffAfterwards.Select(check => $"still off: {check.Line}")))
        {
            console.MarkupLine($"[red]{Markup.Escape(line)}[/]");
        }

        DrillErrors.Write(console, report.Error);
        console.MarkupLine(report.Passed ? $"[green]{report.Scenario} passed[/]; the platform is as before" : $"[red]{report.Scenario} did not pass[/]");
    }
}
