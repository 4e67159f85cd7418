using System.Text.Json;
using AppStack.Components.Postgres;
using AppStack.Components.Postgres.PgBouncer;
using AppStack.Operations.Databases;
using AppStack.Stacks.Environments.Descriptors;
using static AppStack.Operations.Verification.VerifyCheck;

namespace AppStack.Operations.Verification;

/// <summary>Judges what the nodes of a database cluster said. Pure: the same output gives the same checks.</summary>
internal static class DatabaseEvaluator
{
    /// <summary>More than a busy moment; at a few MB/s it is seconds.</summary>
    private const long MostLagBytes = 16 * 1024 * 1024;

    /// <summary>A slot that keeps more than this fills the disk one day.</summary>
    private const long MostKeptBytes = 1024L * 1024 * 1024;

    /// <summary>PostgreSQL freezes at 200 million (autovacuum_freeze_max_age) and stops at 2 billion; at a billion something keeps it from freezing.</summary>
    private const long OldestTransaction = 1_000_000_000;

    private const int FullestDisk = 90;

    /// <summary>The checks of a node that answered.</summary>
    public static IEnumerable<VerifyCheck> Evaluate(NodeExpectation node, ProbeOutput probe) => node.Role switch
    {
        NodeRole.Database or NodeRole.Witness => Voter(node, probe[ProbeScript.Database]),
        NodeRole.Pooler => [Pooler(node, probe[ProbeScript.Pooler]), PoolerVersion(node, probe[ProbeScript.PoolerVersion])],
        _ => [],
    };

    private static IEnumerable<VerifyCheck> Voter(NodeExpectation node, ProbeSection section)
    {
        if (Read(section) is not { } report)
        {
            return [Fail("topology", node, section.FirstLine)];
        }

        using (report)
        {
            var guard = GuardStatus.Parse(report.RootElement.GetProperty("guard").GetRawText());
            var server = report.RootElement.GetProperty("postgres");
            var checks = new List<VerifyCheck> { Topology(node, guard) };
            if (node.Role == NodeRole.Database && server.ValueKind == JsonValueKind.Object)
            {
                if (guard.Role == "leader")
                {
                    checks.Add(Replication(node, server));
                    if (node.Archives)
                    {
                        checks.Add(Archive(node, server.GetProperty("archive")));
                    }
                }

                checks.Add(Slots(node, server));
                checks.Add(ServerVersion(node, server));
                var age = server.GetProperty("oldestTransaction").GetInt64();
                checks.Add(Check("wraparound", node, age < OldestTransaction, $"oldest transaction {age / 1_000_000} million ago", $"vacuum does not freeze; PostgreSQL stops at 2000 million"));
            }
            else if (node.Role == NodeRole.Database)
            {
                checks.Add(Fail("postgres", node, "PostgreSQL does not answer"));
            }

            if (node.Role == NodeRole.Database)
            {
                var used = report.RootElement.GetProperty("diskPercent").GetInt32();
                checks.Add(Check("disk", node, used < FullestDisk, $"{used} % used", $"PostgreSQL needs room for WAL; make it less than {FullestDisk} %"));
            }

            return checks;
        }
    }

    private static VerifyCheck Topology(NodeExpectation node, GuardStatus guard)
    {
        var follows = guard.Following.Length > 0;
        var leader = follows ? $"follows {guard.Following}" : $"led by {(guard.Leader.Length == 0 ? "nobody" : guard.Leader)}";
        var state = $"{guard.Role} in term {guard.Term}, {leader}, sees {guard.Seen} of {guard.Voters} voters";
        var problem = guard.Held.Length > 0 ? $"it is held: {guard.Held}"
            : guard.Leader.Length == 0 && !follows ? $"nobody leads{(guard.TooFarBehind.Length > 0 ? $"; this node cannot: {guard.TooFarBehind}" : "")}"
            : guard.Seen < guard.Voters ? "it does not hear all voters"
            : guard.Voting != "settled" ? "another list of voters than that of its settings counts, too, until a leader has settled it; run `appstack up` if that does not happen by itself"
            : guard.PendingRestart ? "PostgreSQL waits for a restart; run `appstack up`"
            : node.Role == NodeRole.Witness ? ""
            : guard is { Role: "leader", Writable: true } or { Role: "standby", Streaming: true } ? ""
            : guard.Job.Length > 0 ? $"it is busy: {guard.Job}"
            : "it neither leads nor streams";
        return (problem.Length == 0 ? Pass("topology", node, state) : Fail("topology", node, $"{state}; {problem}")) with { Now = guard.Role };
    }

    private static VerifyCheck Replication(NodeExpectation node, JsonElement server)
    {
        var standbys = server.GetProperty("standbys").EnumerateArray()
            .Select(standby => (Name: standby.GetProperty("name").GetString()!, State: standby.GetProperty("state").GetString()!, Sync: standby.GetProperty("sync").GetString()!,
                Lag: standby.GetProperty("lagBytes") is { ValueKind: JsonValueKind.Number } lag ? lag.GetInt64() : 0))
            .OrderBy(standby => standby.Name, StringComparer.Ordinal)
            .ToList();
        var missing = node.Standbys.Where(name => name != node.Name && !standbys.Exists(standby => standby.Name == name && standby.State == "streaming")).Select(name => $"{name} does not stream");
        var late = standbys.Where(standby => standby.Lag > MostLagBytes).Select(standby => $"{standby.Name} is {standby.Lag / 1024 / 1024} MiB behind");
        var problems = missing.Concat(late).ToList();
        if (node.Synchronous && !standbys.Exists(standby => standby.Sync is "sync" or "quorum"))
        {
            problems.Add("no standby confirms commits");
        }

        var seen = string.Join(", ", standbys.Select(standby => $"{standby.Name} {standby.Sync}, {standby.Lag} bytes behind"));
        return problems.Count == 0 ? Pass("replication", node, seen) : Fail("replication", node, string.Join("; ", problems));
    }

    private static VerifyCheck Slots(NodeExpectation node, JsonElement server)
    {
        var slots = server.GetProperty("slots").EnumerateArray()
            .Select(slot => (Name: slot.GetProperty("name").GetString()!, Active: slot.GetProperty("active").GetBoolean(), Kept: slot.GetProperty("keptBytes") is { ValueKind: JsonValueKind.Number } kept ? kept.GetInt64() : 0))
            .ToList();
        var off = slots.Where(slot => slot.Kept > MostKeptBytes).Select(slot => $"{slot.Name}{(slot.Active ? "" : ", which nobody uses,")} keeps {slot.Kept / 1024 / 1024} MiB of WAL").ToList();
        return off.Count == 0 ? Pass("slots", node, slots.Count == 0 ? "none" : string.Join(", ", slots.Select(slot => $"{slot.Name} {(slot.Active ? "active" : "idle")}"))) : Fail("slots", node, string.Join("; ", off));
    }

    // Segments that did not go at the last attempt wait on the leader; the backup node's own checks say what is wrong with it.
    private static VerifyCheck Archive(NodeExpectation node, JsonElement archive) => archive.GetProperty("failed").GetString() is { } failed
        ? Fail("archive", node, $"WAL from {failed} on waits for the backup node; look into PostgreSQL's log")
        : Check("archive", node, archive.GetProperty("segment").GetString() is not null, $"WAL archived up to {archive.GetProperty("segment").GetString() ?? "nothing"}", "nothing was archived yet");

    // A tool of before it told the version is renewed by the next update.
    private static VerifyCheck ServerVersion(NodeExpectation node, JsonElement server) =>
        server.TryGetProperty("version", out var version) && version.GetString() is { } running
            ? Version(node, $"PostgreSQL {running} runs", PostgresVersions.UnsafeRunning(running))
            : Fail("version", node, "the node does not tell which version of PostgreSQL runs; run `appstack up`, which renews its tool");

    // PgBouncer itself tells upstream's version only, and Debian mends its own packages.
    private static VerifyCheck PoolerVersion(NodeExpectation node, ProbeSection section) => section.ExitCode == 0 && section.Text.Trim() is { Length: > 0 } package
        ? Version(node, $"PgBouncer's package {package} is installed", PgBouncerVersions.Unsafe(package))
        : Fail("version", node, section.FirstLine);

    // Where nothing depends on it a version is told, as `up` does with that of the descriptor.
    private static VerifyCheck Version(NodeExpectation node, string seen, string? reason) =>
        reason is null ? Pass("version", node, seen)
        : node.Production ? Fail("version", node, $"{seen}; {reason}")
        : Pass("version", node, $"{seen}; warning: {reason}");

    private static VerifyCheck Pooler(NodeExpectation node, ProbeSection section)
    {
        using var report = Read(section);
        if (report is null)
        {
            return Fail("pooler", node, section.FirstLine);
        }

        var leader = report.RootElement.GetProperty("leader").GetString();
        return Check("pooler", node, report.RootElement.GetProperty("healthy").GetBoolean(), $"leads to {(string.IsNullOrEmpty(leader) ? "nobody" : leader)}", "PgBouncer does not answer, or nobody leads");
    }

    private static JsonDocument? Read(ProbeSection section)
    {
        try
        {
            return section.ExitCode == 0 ? JsonDocument.Parse(section.Text) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static VerifyCheck Check(string name, NodeExpectation node, bool ok, string seen, string otherwise) => ok ? Pass(name, node, seen) : Fail(name, node, $"{seen}; {otherwise}");
}
