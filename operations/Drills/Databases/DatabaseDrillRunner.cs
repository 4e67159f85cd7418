using System.Globalization;
using AppStack.Components.Postgres;
using AppStack.Operations.Load;
using AppStack.Operations.Verification;

namespace AppStack.Operations.Drills.Databases;

/// <summary>Runs a scenario under one writer; whatever happens, the fault is taken back.</summary>
internal sealed class DatabaseDrillRunner(IDatabaseDrillPlatform platform, Action<string> tell)
{
    private static readonly TimeSpan RestoreLimit = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);

    /// <summary>Whole again means rewound or cloned, and streaming.</summary>
    private static readonly TimeSpan WholeLimit = TimeSpan.FromSeconds(120);

    /// <summary>Long after every promise.</summary>
    private static readonly TimeSpan BackLimit = TimeSpan.FromSeconds(60);

    /// <summary>What follows once writes are back: reconnects, standbys that change their leader.</summary>
    private static readonly TimeSpan Afterwards = TimeSpan.FromSeconds(3);

    private const string OldLeaderUnit = "appstack-drill-writer";
    private const string OldLeaderOutput = "/var/lib/postgresql/appstack-drill.out";
    private const string OldLeaderScript = "/var/lib/postgresql/appstack-drill.sql";

    /// <summary>Runs the scenario.</summary>
    /// <exception cref="OperationException">The platform was not whole before, or a step could not be done.</exception>
    public async Task<DatabaseDrillReport> RunAsync(
        DatabaseDrillScenario scenario, string environment, string? node, DrillSettings settings, double rate, TimeSpan model, CancellationToken cancellationToken)
    {
        DrillHealth.RequireWhole(await platform.VerifyAsync(cancellationToken), scenario.Name, environment);
        var parts = new List<Measured>();
        IReadOnlyCollection<WriteSample> samples;
        IReadOnlyList<WrittenRow> rows;
        var start = platform.NowMicros;
        try
        {
            await using (var writer = await platform.StartWriterAsync(rate, cancellationToken))
            {
                await platform.ObserveAsync(settings.Baseline, cancellationToken);
                foreach (var part in scenario.Parts)
                {
                    parts.Add(await RunPartAsync(part, node, writer, settings, cancellationToken));
                }

                samples = await writer.StopAsync();
            }

            rows = await platform.ReadRowsAsync(cancellationToken);
        }
        finally
        {
            using var limit = new CancellationTokenSource(RestoreLimit);
            await platform.TidyUpAsync(limit.Token);
        }

        var after = await platform.VerifyAsync(cancellationToken);
        var acknowledged = samples.Where(sample => sample.Acknowledged).Select(sample => sample.Id);
        return new DatabaseDrillReport
        {
            Scenario = scenario.Name,
            Environment = environment,
            Parts = [.. parts.Select(part => DatabaseDrillPartReport.Of(
                part.Name, WriteReport.Of(samples, part.FaultMicros, part.EndMicros, part.RestoreMicros), Margin(part, rows), scenario.Limits, part.Steps))],
            Writes = WriteReport.Of(samples, start, platform.NowMicros),
            Audit = WriteAudit.Compare(samples.Select(sample => sample.Id), acknowledged, rows.Select(row => row.Id)),
            ModelMs = model.TotalMilliseconds,
            OffAfterwards = [.. after.Off],
        };
    }

    private async Task<Measured> RunPartAsync(DatabaseDrillPart part, string? node, DatabaseWriter writer, DrillSettings settings, CancellationToken cancellationToken)
    {
        var leader = await platform.LeaderAsync(cancellationToken) ?? throw new OperationException("nobody leads the cluster");
        var target = node ?? leader;
        var name = string.Format(CultureInfo.InvariantCulture, part.Name, target);
        var steps = new List<DrillStepTime>();
        if (part.TriesOldLeader)
        {
            await TryFromWithinAsync(target, cancellationToken);
        }

        var fault = platform.NowMicros;
        var pending = part.Restore;
        var restore = fault;
        string? newLeader = null;
        try
        {
            await StepAsync(name, () => part.Fault(platform, target, cancellationToken));
            if (part.ChangesLeader)
            {
                await StepAsync("another node leads", () => UntilAsync("another node leads", BackLimit, async () =>
                    (newLeader = await platform.LeaderAsync(cancellationToken)) is { } found && found != leader, cancellationToken));
            }

            var led = platform.NowMicros;
            await StepAsync("writes are acknowledged", () => UntilAsync("writes are acknowledged", BackLimit, () => Task.FromResult(writer.LastAcknowledgedMicros > led), cancellationToken));
            if (part.Meanwhile is { } meanwhile)
            {
                await StepAsync(string.Format(CultureInfo.InvariantCulture, meanwhile.Name, target), () => meanwhile.Action(platform, target, cancellationToken));
            }

            await platform.ObserveAsync(Afterwards, cancellationToken);
            restore = platform.NowMicros;
            if (pending is not null)
            {
                await StepAsync("take it back", () => pending(platform, target, cancellationToken));
            }

            pending = null;
        }
        finally
        {
            if (pending is not null)
            {
                using var limit = new CancellationTokenSource(RestoreLimit);
                tell("taking the fault back");
                await pending(platform, target, limit.Token);
            }
        }

        await StepAsync("platform whole again", () => DrillHealth.AwaitAsync(platform, WholeLimit, cancellationToken));
        var accepted = part.TriesOldLeader ? await LastAcceptedAsync(target, cancellationToken) : null;
        await platform.ObserveAsync(settings.Baseline, cancellationToken);
        return new Measured(name, fault, restore, platform.NowMicros, steps, accepted, newLeader);

        async Task StepAsync(string step, Func<Task> action)
        {
            var begun = platform.NowMicros;
            await action();
            var ms = (platform.NowMicros - begun) / 1000.0;
            steps.Add(new DrillStepTime(step, ms));
            tell($"{writer.Samples.Count,7} statements, {writer.Samples.Count(sample => !sample.Acknowledged)} failed  {step} done in {ms / 1000:0.00} s");
        }
    }

    /// <summary>Writes on the leader itself, every 50 ms over TCP and TLS as others do, waiting for no standby: what it accepts shows until when it would.</summary>
    private Task TryFromWithinAsync(string leader, CancellationToken cancellationToken) => platform.EnterAsync(
        leader,
        $"""
        systemctl stop {OldLeaderUnit} 2>/dev/null; systemctl reset-failed {OldLeaderUnit} 2>/dev/null; set -e
        printf '%s\n' 'insert into {DatabaseDrillPlatform.Schema}.attempt default values returning (extract(epoch from at) * 1000000)::bigint' '\watch 0.05' >{OldLeaderScript}
        : >{OldLeaderOutput}; chown postgres {OldLeaderOutput} {OldLeaderScript}
        systemd-run --quiet --collect --unit={OldLeaderUnit} --uid=postgres --setenv=PGOPTIONS='-c synchronous_commit=local' --setenv=PGPASSFILE={PostgresPaths.PasswordFile} \
          psql -XAtq -f {OldLeaderScript} -o {OldLeaderOutput} 'host={platform.AddressOf(leader)} user={PostgresUsers.Repmgr} dbname={platform.Database} sslmode=require'
        """,
        cancellationToken);

    private async Task<long?> LastAcceptedAsync(string leader, CancellationToken cancellationToken)
    {
        var text = await platform.EnterAsync(leader, $"systemctl stop {OldLeaderUnit} 2>/dev/null; cat {OldLeaderOutput}; rm -f {OldLeaderOutput} {OldLeaderScript}", cancellationToken);
        var accepted = text.Split('\n').Where(line => long.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out _)).Select(line => long.Parse(line, CultureInfo.InvariantCulture)).ToList();
        return accepted.Count > 0 ? accepted[^1]
            : throw new OperationException($"{leader}: the writer on it could not write even before the fault: {text.Trim()}");
    }

    private double? Margin(Measured part, IReadOnlyList<WrittenRow> rows)
    {
        if (part.LastAccepted is not { } last || part.NewLeader is not { } leader)
        {
            return null;
        }

        var address = platform.AddressOf(leader);
        var first = rows.Where(row => row.Server == address && row.WallMicros > part.FaultWallMicros).Select(row => row.WallMicros).DefaultIfEmpty(long.MaxValue).Min();
        return (first - last) / 1000.0;
    }

    private async Task UntilAsync(string what, TimeSpan limit, Func<Task<bool>> test, CancellationToken cancellationToken)
    {
        var deadline = platform.NowMicros + (long)limit.TotalMicroseconds;
        while (!await test())
        {
            if (platform.NowMicros > deadline)
            {
                throw new OperationException($"{what}: not within {limit.TotalSeconds} s");
            }

            await platform.ObserveAsync(Poll, cancellationToken);
        }
    }

    private sealed record Measured(string Name, long FaultMicros, long RestoreMicros, long EndMicros, IReadOnlyList<DrillStepTime> Steps, long? LastAccepted, string? NewLeader)
    {
        // Both clocks of one host, at the same moment: good to a millisecond, and only tells rows of this part from those before.
        public long FaultWallMicros { get; } = FaultMicros + ((TimeProvider.System.GetUtcNow().UtcTicks - DateTime.UnixEpoch.Ticks) / 10) - MonotonicClock.NowMicros;
    }
}
