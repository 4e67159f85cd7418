using System.Globalization;
using System.Text.Json;
using AppStack.Components.Postgres.Backups;

namespace AppStack.Operations.Verification;

/// <summary>Judges what a backup node said. Pure: the same output gives the same checks.</summary>
internal static class BackupEvaluator
{
    /// <summary>The checks of a node that answered, one for each cluster whose backups it keeps.</summary>
    public static IEnumerable<VerifyCheck> Evaluate(NodeExpectation node, ProbeOutput probe)
    {
        if (node.BackedUp.Count == 0)
        {
            return [];
        }

        var info = probe[ProbeScript.Backups];
        try
        {
            if (info.ExitCode == 0)
            {
                using var report = JsonDocument.Parse(info.Text);
                var units = Units(probe[ProbeScript.BackupTimers].Text);
                return [.. node.BackedUp.Select(cluster => Backup(node, cluster, report.RootElement, units))];
            }
        }
        catch (JsonException)
        {
            // Said below, with what came instead.
        }

        return node.BackedUp.Select(cluster => Fail(node, cluster, info.FirstLine));
    }

    private static VerifyCheck Backup(NodeExpectation node, string cluster, JsonElement report, IReadOnlyDictionary<string, Unit> units)
    {
        var stanza = report.GetProperty("stanzas").EnumerateArray().FirstOrDefault(found => found.GetProperty("name").GetString() == cluster);
        if (stanza.ValueKind == JsonValueKind.Undefined || stanza.GetProperty("backup").GetArrayLength() == 0)
        {
            return Fail(node, cluster, "there is no backup; run `appstack up`");
        }

        var status = stanza.GetProperty("status");
        var last = stanza.GetProperty("backup").EnumerateArray().Last();
        var ended = DateTimeOffset.FromUnixTimeSeconds(last.GetProperty("timestamp").GetProperty("stop").GetInt64());
        var segments = stanza.GetProperty("archive").EnumerateArray().LastOrDefault();
        var upTo = segments.ValueKind == JsonValueKind.Object ? segments.GetProperty("max").GetString() : null;
        var seen = string.Create(
            CultureInfo.InvariantCulture,
            $"{last.GetProperty("label").GetString()} of {ended:yyyy-MM-dd HH:mm} UTC, {last.GetProperty("info").GetProperty("repository").GetProperty("delta").GetInt64() / 1024.0 / 1024:0.0} MiB; WAL up to {upTo ?? "nothing"}");
        var gaps = report.GetProperty("gaps").TryGetProperty(cluster, out var missing) ? missing.EnumerateArray().Select(gap => gap.GetString()!).ToList() : [];
        var needed = last.GetProperty("archive").GetProperty("start").GetString()!;
        var open = gaps.Find(gap => string.CompareOrdinal(gap[8..], needed[8..]) > 0);
        var own = units.Where(unit => unit.Key.StartsWith($"appstack-backup-{cluster}-", StringComparison.Ordinal) || unit.Key.StartsWith($"appstack-backup@{cluster}-", StringComparison.Ordinal)).ToList();
        var failed = own.Where(unit => unit.Value.Failed).Select(unit => $"{unit.Key} failed; journalctl -u {unit.Key} on the node says why").Order(StringComparer.Ordinal).FirstOrDefault();
        var running = own.Any(unit => unit.Key.Contains('@', StringComparison.Ordinal) && unit.Value.Active);
        var due = own.Select(unit => unit.Value.Triggered).Max();
        var problem = status.GetProperty("code").GetInt32() != 0 ? $"pgBackRest says: {status.GetProperty("message").GetString()}"
            : last.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.True ? "it holds pages whose checksum is wrong: the data are damaged"
            : failed is not null ? failed
            : open is not null ? $"WAL {open} is missing: nothing after it can be restored until the next backup (on the node: {BackupPaths.Tool} make {cluster}-incr)"
            : due > ended && !running ? string.Create(CultureInfo.InvariantCulture, $"a backup was due on {due:yyyy-MM-dd HH:mm} UTC and was not made")
            : "";
        seen += gaps.Count > 0 ? $"; no moment within WAL {string.Join(", ", gaps)} can be restored" : "";
        return problem.Length == 0 ? new("backup", node.Name, Ok: true, $"{cluster}: {seen}") : Fail(node, cluster, $"{seen}; {problem}");
    }

    /// <summary>What <c>systemctl show --timestamp=unix</c> says of timers and services.</summary>
    private static Dictionary<string, Unit> Units(string text) => UnitStates.Properties(text)
        .GroupBy(unit => unit.Id, StringComparer.Ordinal)
        .ToDictionary(same => same.Key, same => UnitOf(same.Last().Values), StringComparer.Ordinal);

    private static Unit UnitOf(IReadOnlyDictionary<string, string> values) => new(
        values.GetValueOrDefault("ActiveState") is "active" or "activating",
        UnitStates.HasFailed(values),
        long.TryParse(values.GetValueOrDefault("LastTriggerUSec", "").TrimStart('@'), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null);

    private static VerifyCheck Fail(NodeExpectation node, string cluster, string detail) => new("backup", node.Name, Ok: false, $"{cluster}: {detail}");

    private sealed record Unit(bool Active, bool Failed, DateTimeOffset? Triggered);
}
