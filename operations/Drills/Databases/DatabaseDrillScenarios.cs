using AppStack.Components.Postgres;
using AppStack.Components.Postgres.PgBouncer;
using AppStack.Stacks.Environments.Descriptors;

namespace AppStack.Operations.Drills.Databases;

/// <summary>The scenarios there are for databases.</summary>
internal static class DatabaseDrillScenarios
{
    // A partial cut: only these two do not hear each other, in the kernel of one of them.
    private const string CutTable = "appstack_drill";

    /// <summary>All scenarios, in the order in which help lists them.</summary>
    public static IReadOnlyList<DatabaseDrillScenario> All { get; } =
    [
        new(
            "db-leader-loss",
            "the database leader loses its power; a standby leads, no acknowledged row is lost",
            NodeRole.Database,
            DatabaseDrillLimits.LeaderLoss,
            [
                new("power off {0}", (platform, node, token) => platform.PowerOffAsync(node, token))
                {
                    Restore = (platform, node, token) => platform.PowerOnAsync(node, token),
                },
            ]),
        new(
            "db-leader-crash",
            "the leader's postmaster is killed (kill -9)",
            NodeRole.Database,
            DatabaseDrillLimits.LeaderCrash,
            [
                new("kill -9 the postmaster of {0}", (platform, node, token) => platform.EnterAsync(node, "kill -9 $(head -1 /var/lib/postgresql/*/main/postmaster.pid)", token)),
            ]),
        new(
            "db-partition",
            "the leader is cut off: wholly, from one standby only, and wholly with a reboot meanwhile; two never accept writes at once",
            NodeRole.Database,
            DatabaseDrillLimits.Partition,
            [
                new("cut {0} off", (platform, node, token) => platform.CutAsync(node, token))
                {
                    Restore = (platform, node, token) => platform.ReconnectAsync(node, token),
                    TriesOldLeader = true,
                },
                new("cut {0} off from one standby", PartialCutAsync)
                {
                    Restore = (platform, node, token) => platform.EnterAsync(node, $"nft delete table inet {CutTable}", token),
                    ChangesLeader = false,
                },
                new("cut {0} off, and reboot it", (platform, node, token) => platform.CutAsync(node, token))
                {
                    Meanwhile = ("reboot {0}", (platform, node, token) => platform.EnterAsync(node, "systemctl reboot", token)),
                    Restore = (platform, node, token) => platform.ReconnectAsync(node, token),
                    TriesOldLeader = true,
                },
            ]),
        new(
            "db-switchover",
            "a planned switchover under load; nobody fails",
            NodeRole.Database,
            DatabaseDrillLimits.Switchover,
            [
                new("switch over from {0}", (platform, node, token) => platform.EnterAsync(node, $"{PostgresPaths.Tool} switchover", token)),
            ]),
        new(
            "db-pooler-loss",
            "a PgBouncer is killed (kill -9); clients that list both go on",
            NodeRole.Pooler,
            DatabaseDrillLimits.PoolerLoss,
            [
                new("kill PgBouncer on {0}", (platform, node, token) => platform.EnterAsync(node, $"systemctl mask --runtime --quiet {PgBouncerPaths.Unit} && systemctl kill --kill-whom=all --signal=KILL {PgBouncerPaths.Unit}", token))
                {
                    Restore = (platform, node, token) => platform.EnterAsync(node, $"systemctl unmask --runtime --quiet {PgBouncerPaths.Unit} && systemctl reset-failed {PgBouncerPaths.Unit}; systemctl start {PgBouncerPaths.Unit}", token),
                    ChangesLeader = false,
                },
            ])
        {
            HitsTheLeader = false,
        },
        new(
            "db-standby-loss",
            "a standby loses its power; commits are confirmed by another one",
            NodeRole.Database,
            DatabaseDrillLimits.StandbyLoss,
            [
                new("power off {0}", (platform, node, token) => platform.PowerOffAsync(node, token))
                {
                    Restore = (platform, node, token) => platform.PowerOnAsync(node, token),
                    ChangesLeader = false,
                },
            ])
        {
            HitsTheLeader = false,
        },
    ];

    /// <summary>The scenario of that name, or <see langword="null"/>.</summary>
    public static DatabaseDrillScenario? Find(string name) => All.FirstOrDefault(scenario => scenario.Name == name);

    private static Task PartialCutAsync(IDatabaseDrillPlatform platform, string node, CancellationToken cancellationToken)
    {
        var address = platform.AddressOf(platform.Other(node));
        var family = address.Contains(':', StringComparison.Ordinal) ? "ip6" : "ip";
        return platform.EnterAsync(
            node,
            $"nft -f - <<'END'\ntable inet {CutTable} {{\n  chain in {{ type filter hook input priority -300; {family} saddr {address} drop; }}\n  chain out {{ type filter hook output priority -300; {family} daddr {address} drop; }}\n}}\nEND",
            cancellationToken);
    }
}
