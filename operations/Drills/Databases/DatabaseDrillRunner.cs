using System.Globalization;
using AppStack.Components.Postgres;
using AppStack.Operations.Load;

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

    /// <summary>Runs the scenario. A step that fails ends it early; the report says so, with what was measured until then and the audit of its rows.</summary>
    /// <exception cref="OperationException">The platform was not whole before, or the writer could not be started.</exception>
    public async Task<DatabaseDrillReport> RunAsync(
        DatabaseDrillScenario scenario, string environment, string? node, DrillSettings settings, double rate, TimeSpan model, CancellationToken cancellationToken)
    {
        DrillHealth.RequireWhole(await platform.VerifyAsync(cancellationToken), scenario.Name, environment);
        var errors = new DrillErrors(environment, tell, cancellationToken);
        var parts = new List<Measured>();
        IReadOnlyCollection<WriteSample> samples;
        IReadOnlyList<WrittenRow>? rows = null;
        var start = platform.NowMicros;
        long end;
        try
        {
            await using (var writer = await platform.StartWriterAsync(rate, cancellationToken))
            {
                await errors.TryAsync("", async () =>
                {
                    await platform.ObserveAsync(settings.Baseline, cancellationToken);
                    foreach (var part in scenario.Parts.TakeWhile(_ => !errors.Any))
                    {
                        await RunPartAsync(part, node, writer, settings, parts, errors, cancellationToken);
                    }
                });
                samples = await writer.StopAsync();
                end = platform.NowMicros;
            }

            if (errors.Any)
            {
                // The fault has just been taken back: rows can be counted once somebody leads again.
                await errors.TryAsync("before the audit", () => UntilAsync("a node leads", BackLimit, async () => await platform.LeaderAsync(cancellationToken) is not null, cancellationToken));
            }

            await errors.TryAsync("reading the rows", async () => rows = await platform.ReadRowsAsync(cancellationToken));
        }
        finally
        {
            using var limit = new CancellationTokenSource(RestoreLimit);
            await errors.TryAsync("removing the writer's role and schema", () => platform.TidyUpAsync(limit.Token));
        }

        var off = await errors.VerifyAsync(platform);
        var acknowledged = samples.Where(sample => sample.Acknowledged).Select(sample => sample.Id);
        return new DatabaseDrillReport
        {
            Scenario = scenario.Name,
            Environment = environment,
            Parts = [.. parts.Select(part => Judge(part, samples, rows, scenario.Limits))],
            Writes = WriteReport.Of(samples, start, end),
            Audit = rows is null ? null : WriteAudit.Compare(samples.Select(sample => sample.Id), acknowledged, rows.Select(row => row.Id)),
            ModelMs = model.TotalMilliseconds,
            OffAfterwards = off,
            Error = errors.Text,
        };
    }

    private async Task RunPartAsync(
        DatabaseDrillPart part, string? node, IDatabaseWriter writer, DrillSettings settings, List<Measured> parts, DrillErrors errors, CancellationToken cancellationToken)
    {
        var leader = await platform.LeaderAsync(cancellationToken) ?? throw new OperationException("nobody leads the cluster");
        var target = node ?? leader;
        var name = string.Format(CultureInfo.InvariantCulture, part.Name, target);
        if (part.TriesOldLeader)
        {
            await TryFromWithinAsync(target, cancellationToken);
        }

        var measured = new Measured(name, target, part.TriesOldLeader, platform.NowMicros);
        parts.Add(measured);
        var pending = part.Restore;
        try
        {
            await errors.TryAsync(name, async () =>
            {
                await StepAsync(name, () => part.Fault(platform, target, cancellationToken));
                if (part.ChangesLeader)
                {
                    await StepAsync("another node leads", () => UntilAsync("another node leads", BackLimit, async () => await AnotherLeadsAsync(), cancellationToken));
                }

                var led = platform.NowMicros;
                await StepAsync("writes are acknowledged", () => UntilAsync("writes are acknowledged", BackLimit, () => Task.FromResult(writer.LastAcknowledgedMicros > led), cancellationToken));
                if (part.Meanwhile is { } meanwhile)
                {
                    await StepAsync(string.Format(CultureInfo.InvariantCulture, meanwhile.Name, target), () => meanwhile.Action(platform, target, cancellationToken));
                }

                await platform.ObserveAsync(Afterwards, cancellationToken);
                measured.RestoreMicros = platform.NowMicros;
                if (pending is not null)
                {
                    await StepAsync("take it back", () => pending(platform, target, cancellationToken));
                }

                pending = null;
            });
        }
        finally
        {
            if (pending is not null)
            {
                using var limit = new CancellationTokenSource(RestoreLimit);
                measured.RestoreMicros ??= platform.NowMicros;
                tell("taking the fault back");
                await errors.TryAsync($"{name}: taking it back", () => pending(platform, target, limit.Token));
            }
        }

        if (!errors.Any)
        {
            await errors.TryAsync(name, () => StepAsync("platform whole again", () => DrillHealth.AwaitAsync(platform, WholeLimit, cancellationToken)));
        }

        if (part.TriesOldLeader)
        {
            // Also of a part that failed: then most of all it matters whether two accepted writes.
            await errors.TryAsync(name, async () => measured.LastAccepted = await LastAcceptedAsync(target, cancellationToken));
        }

        if (!errors.Any)
        {
            await platform.ObserveAsync(settings.Baseline, cancellationToken);
        }

        measured.EndMicros = platform.NowMicros;
        measured.Complete = !errors.Any;

        async Task<bool> AnotherLeadsAsync()
        {
            var found = await platform.LeaderAsync(cancellationToken);
            measured.NewLeader = found == leader ? null : found;
            return measured.NewLeader is not null;
        }

        async Task StepAsync(string step, Func<Task> action)
        {
            var begun = platform.NowMicros;
            await action();
            var ms = (platform.NowMicros - begun) / 1000.0;
            measured.Steps.Add(new DrillStepTime(step, ms));
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

    private DatabaseDrillPartReport Judge(Measured part, IReadOnlyCollection<WriteSample> samples, IReadOnlyList<WrittenRow>? rows, DatabaseDrillLimits limits)
    {
        var complaints = new List<string>();
        if (!part.Complete)
        {
            complaints.Add("it was not done to its end");
        }

        double? margin = null;
        if (part.TriesOldLeader)
        {
            margin = Margin(part, rows, out var unknown);
            if (margin is null)
            {
                complaints.Add($"whether two accepted writes at once is not known: {unknown}");
            }
        }

        var writes = WriteReport.Of(samples, part.FaultMicros, part.EndMicros, part.RestoreMicros);
        return DatabaseDrillPartReport.Of(part.Name, writes, margin, limits, part.Steps) with { HasMargin = part.TriesOldLeader, Complaints = complaints };
    }

    /// <summary>From the last row that the old leader accepted to the first of the new one, in milliseconds; null with the reason when it cannot be told.</summary>
    private double? Margin(Measured part, IReadOnlyList<WrittenRow>? rows, out string unknown)
    {
        var address = part.NewLeader is { } leader ? platform.AddressOf(leader) : null;
        var first = rows?.Where(row => row.Server == address && row.WallMicros > part.FaultWallMicros).Min(row => (long?)row.WallMicros);
        unknown = part.LastAccepted is null ? $"what {part.Target} accepted could not be read"
            : part.NewLeader is null ? "no other node led"
            : rows is null ? "the rows could not be read"
            : first is null ? $"there is no row that {part.NewLeader} accepted after the fault, though it led; run the drill again"
            : "";
        return (first - part.LastAccepted) / 1000.0;
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

    /// <summary>A part that has begun: what is known of it so far.</summary>
    private sealed class Measured(string name, string target, bool triesOldLeader, long faultMicros)
    {
        public string Name => name;

        public string Target => target;

        public bool TriesOldLeader => triesOldLeader;

        public long FaultMicros => faultMicros;

        // Both clocks of one host, at the same moment: good to a millisecond, and only tells rows of this part from those before.
        public long FaultWallMicros { get; } = faultMicros + ((TimeProvider.System.GetUtcNow().UtcTicks - DateTime.UnixEpoch.Ticks) / 10) - MonotonicClock.NowMicros;

        public long? RestoreMicros { get; set; }

        public long EndMicros { get; set; }

        public List<DrillStepTime> Steps { get; } = [];

        public long? LastAccepted { get; set; }

        public string? NewLeader { get; set; }

        public bool Complete { get; set; }
    }
}
