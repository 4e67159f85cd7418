using System.Text.Json;
using AppStack.Components.Monitoring;

namespace AppStack.Operations.Verification;

/// <summary>Judges what Prometheus and Alertmanager of a monitoring node said. Pure: the same output gives the same checks.</summary>
internal static class MonitoringEvaluator
{
    private const int MostToName = 5;

    /// <summary>The checks of a monitoring node that answered; none for others.</summary>
    public static IEnumerable<VerifyCheck> Evaluate(NodeExpectation node, ProbeOutput probe)
    {
        if (node.Monitoring is not { } monitoring)
        {
            yield break;
        }

        var health = probe[ProbeScript.Prometheus];
        yield return Check("prometheus", node, health.ExitCode == 0, health.FirstLine);
        yield return Judge("targets", node, probe[ProbeScript.Targets], answer => Targets(monitoring, answer));
        yield return Judge("rules", node, probe[ProbeScript.Rules], answer => Rules(monitoring, answer));
        yield return Judge("alertmanager", node, probe[ProbeScript.Watchdog], Alerts);
    }

    /// <summary>The alerts that a monitoring node knows of and has not hushed; none when it does not say.</summary>
    public static IReadOnlyList<RaisedAlert> Raised(ProbeOutput probe)
    {
        try
        {
            using var document = JsonDocument.Parse(probe[ProbeScript.Watchdog].Text);
            return [.. document.RootElement.EnumerateArray().Where(alert => !Hushed(alert)).Select(Alert).Where(alert => alert.Severity != AlertSeverity.None)];
        }
        catch (JsonException)
        {
            // The check of the same section says so.
            return [];
        }
    }

    // Whoever knows that a node is gone need not be told what else is missing on it.
    private static bool Hushed(JsonElement alert) => alert.TryGetProperty("status", out var status) && Text(status, "state") == "suppressed";

    private static RaisedAlert Alert(JsonElement alert)
    {
        var labels = alert.GetProperty("labels");
        var annotations = alert.TryGetProperty("annotations", out var found) ? found : default;
        return new(
            Text(labels, "alertname"),
            Enum.TryParse<AlertSeverity>(Text(labels, "severity"), ignoreCase: true, out var severity) ? severity : AlertSeverity.Warning,
            Text(labels, "node"),
            Text(labels, "cluster"),
            Text(annotations, "summary"),
            Text(annotations, "runbook"));
    }

    private static (bool Ok, string Detail) Targets(MonitoringExpectation monitoring, JsonElement answer)
    {
        var seen = answer.GetProperty("data").GetProperty("activeTargets").EnumerateArray().ToLookup(
            target => (Job: Text(target.GetProperty("labels"), "job"), Node: Text(target.GetProperty("labels"), "node")),
            target => (Health: Text(target, "health"), Error: Text(target, "lastError")));
        var off = monitoring.Targets
            .Select(expected => (expected, State: seen[expected].FirstOrDefault(("missing", ""))))
            .Where(found => found.State.Item1 != "up")
            .Select(found => $"{found.expected.Job} of {found.expected.Node} is {found.State.Item1}{(found.State.Item2.Length == 0 ? "" : $" ({found.State.Item2})")}")
            .ToList();
        var more = seen.Select(group => group.Key).Except(monitoring.Targets).Select(target => $"{target.Job} of {target.Node} is looked at, but not expected");
        return Told([.. off, .. more], $"{monitoring.Targets.Count} up");
    }

    private static (bool Ok, string Detail) Rules(MonitoringExpectation monitoring, JsonElement answer)
    {
        var groups = answer.GetProperty("data").GetProperty("groups").EnumerateArray().ToDictionary(group => Text(group, "name"), group => group.GetProperty("rules").EnumerateArray().ToList(), StringComparer.Ordinal);
        var wrong = monitoring.Rules
            .Where(expected => !groups.TryGetValue(expected.Key, out var rules) || rules.Count != expected.Value)
            .Select(expected => $"{expected.Key} has {(groups.TryGetValue(expected.Key, out var rules) ? rules.Count : 0)} rules, expected {expected.Value}");
        var failing = groups.SelectMany(group => group.Value)
            .Where(rule => Text(rule, "health") == "err")
            .Select(rule => $"{Text(rule, "name")} cannot be evaluated: {Text(rule, "lastError")}");
        return Told([.. wrong, .. failing], $"{monitoring.Rules.Values.Sum()} loaded");
    }

    // One alert is always raised: where it is, the others arrive, too.
    private static (bool Ok, string Detail) Alerts(JsonElement answer)
    {
        var alerts = answer.EnumerateArray().Select(alert => alert.GetProperty("labels")).ToList();
        var raised = alerts.Where(labels => Text(labels, "severity") != "none").Select(labels => $"{Text(labels, "alertname")} {Text(labels, "node")}".TrimEnd()).Distinct(StringComparer.Ordinal).ToList();
        return alerts.Exists(labels => Text(labels, "severity") == "none")
            ? (true, raised.Count == 0 ? "alerts arrive; none is raised" : $"alerts arrive; raised: {Some(raised)}")
            : (false, "the alert that is always raised has not arrived from Prometheus");
    }

    private static (bool Ok, string Detail) Told(IReadOnlyList<string> problems, string otherwise) => problems.Count == 0 ? (true, otherwise) : (false, Some(problems));

    private static string Some(IReadOnlyList<string> things) =>
        string.Join("; ", things.Take(MostToName)) + (things.Count > MostToName ? $"; and {things.Count - MostToName} more" : "");

    private static VerifyCheck Judge(string name, NodeExpectation node, ProbeSection section, Func<JsonElement, (bool Ok, string Detail)> judge)
    {
        if (section.ExitCode != 0)
        {
            return Check(name, node, ok: false, section.FirstLine);
        }

        try
        {
            using var document = JsonDocument.Parse(section.Text);
            var (ok, detail) = judge(document.RootElement);
            return Check(name, node, ok, detail);
        }
        catch (JsonException exception)
        {
            return Check(name, node, ok: false, $"the answer is not what was expected: {exception.Message}");
        }
    }

    private static string Text(JsonElement element, string key) => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(key, out var value) ? value.GetString() ?? "" : "";

    private static VerifyCheck Check(string name, NodeExpectation node, bool ok, string detail) => new(name, node.Name, ok, detail);
}
