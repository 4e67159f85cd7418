using System.Globalization;
using AppStack.Components.Postgres.Backups;
using AppStack.Operations.Drills.Databases;
using AppStack.Operations.Load;

namespace AppStack.Operations.Drills.Restore;

/// <summary>
/// Somebody deletes what should have stayed: the moment before is restored on another node, while everybody goes on writing.
/// </summary>
/// <param name="platform">The platform.</param>
/// <param name="cluster">The cluster's name.</param>
/// <param name="repository">The node that keeps its backups.</param>
/// <param name="node">The node on which the copy is made.</param>
/// <param name="tell">Hears of each step.</param>
internal sealed class RestoreDrill(IDatabaseDrillPlatform platform, string cluster, string repository, string node, Action<string> tell)
{
    private static readonly TimeSpan RestoreLimit = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan CommandLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    private static readonly string Rows =
        $"select id, (extract(epoch from at) * 1000000)::bigint, (e.*)::text from {DatabaseDrillPlatform.Schema}.entry e order by id";

    /// <summary>
    /// Runs the drill; the copy that it has made and the writer's table are removed whatever happens. A step that fails ends it early; the report says so, with
    /// what was measured until then.
    /// </summary>
    /// <exception cref="OperationException">The platform was not whole before, somebody's copy is there, or the writer could not be started.</exception>
    public async Task<RestoreDrillReport> RunAsync(string environment, DrillSettings settings, double rate, CancellationToken cancellationToken)
    {
        DrillHealth.RequireWhole(await platform.VerifyAsync(cancellationToken), RestoreDrillReportWriter.Scenario, environment);
        await RequireNoCopyAsync(cancellationToken);
        var errors = new DrillErrors(environment, tell, cancellationToken);
        var steps = new List<DrillStepTime>();
        var start = platform.NowMicros;
        long end;
        IReadOnlyCollection<WriteSample> samples;
        IReadOnlyList<RestoredRow> live = [];
        IReadOnlyList<RestoredRow>? copy = null;
        var moment = (Text: "", Micros: 0L, Before: 0L, After: 0L);
        double? archiveAge = null, rto = null;
        var begun = false;
        try
        {
            try
            {
                await using var writer = await platform.StartWriterAsync(rate, cancellationToken);
                await errors.TryAsync("", () => DamageAndRestoreAsync());
                samples = await writer.StopAsync();
                end = platform.NowMicros;
            }
            finally
            {
                if (begun)
                {
                    using var limit = new CancellationTokenSource(CommandLimit);
                    tell("removing the copy");
                    await errors.TryAsync("removing the copy", () => RunAsync(node, $"{RestorePaths.Tool} end {cluster}", CommandLimit, limit.Token));
                }
            }
        }
        finally
        {
            // With a limit of its own: a copy that is not removed in time must not leave the role and the schema behind, too.
            using var limit = new CancellationTokenSource(CommandLimit);
            await errors.TryAsync("removing the writer's role and schema", () => platform.TidyUpAsync(limit.Token));
        }

        var off = await errors.VerifyAsync(platform);
        return new RestoreDrillReport
        {
            Environment = environment,
            Node = node,
            Moment = moment.Text,
            Writes = WriteReport.Of(samples, start, end),
            Copy = copy is null ? null : RestoreComparison.Of(samples, moment.Before, moment.After, moment.Micros, live, copy),
            RtoMs = rto,
            ArchiveAgeMs = archiveAge,
            Steps = steps,
            OffAfterwards = off,
            Error = errors.Text,
        };

        async Task DamageAndRestoreAsync()
        {
            await platform.ObserveAsync(settings.Baseline, cancellationToken);
            await StepAsync("incremental backup under load", () => RunAsync(repository, $"{BackupPaths.Tool} make {cluster}-incr", RestoreLimit, cancellationToken));
            await platform.ObserveAsync(settings.Baseline, cancellationToken);
            await StepAsync("a moment to come back to", async () => moment = await MomentAsync(cancellationToken));
            await platform.ObserveAsync(settings.Baseline, cancellationToken);
            live = Parse(await platform.SqlAsync($"{Rows};", cancellationToken));

            var damage = platform.NowMicros;
            await StepAsync("all rows are deleted", async () =>
            {
                archiveAge = double.Parse(await platform.SqlAsync("select extract(epoch from clock_timestamp() - last_archived_time) * 1000 from pg_stat_archiver;", cancellationToken), CultureInfo.InvariantCulture);
                await platform.SqlAsync($"delete from {DatabaseDrillPlatform.Schema}.entry;", cancellationToken);
            });
            await StepAsync("the last WAL is archived", () => ArchiveAsync(cancellationToken));
            await StepAsync("the moment is restored", BeginAsync);
            await StepAsync("the rows are read", async () =>
                copy = Parse(await platform.RunAsync(node, $"{RestorePaths.Tool} sql {cluster} {platform.Database}", $"{Rows};", CommandLimit, cancellationToken)));
            rto = (platform.NowMicros - damage) / 1000.0;
        }

        async Task BeginAsync()
        {
            // Before it is known how it ends: what fails half-way leaves something, too.
            begun = true;
            try
            {
                await RunAsync(node, $"{RestorePaths.Tool} begin {cluster} '{moment.Text}'", RestoreLimit, cancellationToken);
            }
            catch (OperationException exception) when (exception.Message.Contains($"{RestorePaths.Data(cluster)} {RestorePaths.ThereAlready}", StringComparison.Ordinal))
            {
                begun = false;
                throw;
            }
        }

        async Task StepAsync(string step, Func<Task> action)
        {
            var stepStart = platform.NowMicros;
            await action();
            var ms = (platform.NowMicros - stepStart) / 1000.0;
            steps.Add(new DrillStepTime(step, ms));
            tell($"{step}: {ms / 1000:0.00} s");
        }
    }

    /// <summary>There is one copy of a cluster on a node: somebody's who needs it is neither replaced nor removed, and nothing is deleted in vain.</summary>
    private async Task RequireNoCopyAsync(CancellationToken cancellationToken)
    {
        var copies = await RunAsync(node, $"{RestorePaths.Tool} list", CommandLimit, cancellationToken);
        if (copies.Split('\n', StringSplitOptions.TrimEntries).Contains(cluster))
        {
            throw new OperationException($"drill {RestoreDrillReportWriter.Scenario}: a copy of {cluster} {RestorePaths.ThereAlready} on {node}, in {RestorePaths.Data(cluster)}; " +
                $"see whether somebody needs it, and remove it there: `appstack-restore end {cluster}`");
        }
    }

    private async Task<(string Text, long Micros, long Before, long After)> MomentAsync(CancellationToken cancellationToken)
    {
        var before = platform.NowMicros;
        var answer = await platform.SqlAsync("select now(), (extract(epoch from now()) * 1000000)::bigint;", cancellationToken);
        var fields = answer.Trim().Split('|');
        return fields.Length == 2 && long.TryParse(fields[1], NumberStyles.None, CultureInfo.InvariantCulture, out var micros)
            ? (fields[0], micros, before, platform.NowMicros)
            : throw new OperationException($"the leader did not say what time it is: {answer.Trim()}");
    }

    /// <summary>What PostgreSQL writes at the moment goes to the archive now, not when its segment is full.</summary>
    private async Task ArchiveAsync(CancellationToken cancellationToken)
    {
        var segment = (await platform.SqlAsync("select pg_walfile_name(pg_switch_wal());", cancellationToken)).Trim();
        var deadline = platform.NowMicros + (long)CommandLimit.TotalMicroseconds;
        while ((await platform.SqlAsync($"select last_archived_wal >= '{segment}' from pg_stat_archiver;", cancellationToken)).Trim() != "t")
        {
            if (platform.NowMicros > deadline)
            {
                throw new OperationException($"the segment {segment} was not archived within {CommandLimit.TotalSeconds} s");
            }

            await platform.ObserveAsync(Poll, cancellationToken);
        }
    }

    private Task<string> RunAsync(string on, string command, TimeSpan limit, CancellationToken cancellationToken) => platform.RunAsync(on, command, "", limit, cancellationToken);

    private static List<RestoredRow> Parse(string text) =>
    [
        .. text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('|', 3))
            .Select(fields => new RestoredRow(long.Parse(fields[0], CultureInfo.InvariantCulture), long.Parse(fields[1], CultureInfo.InvariantCulture), fields[2])),
    ];
}
