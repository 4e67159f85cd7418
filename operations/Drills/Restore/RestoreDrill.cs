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

    /// <summary>Runs the drill; the copy and the writer's table are removed whatever happens.</summary>
    /// <exception cref="OperationException">The platform was not whole before, or a step could not be done.</exception>
    public async Task<RestoreDrillReport> RunAsync(string environment, DrillSettings settings, double rate, CancellationToken cancellationToken)
    {
        DrillHealth.RequireWhole(await platform.VerifyAsync(cancellationToken), RestoreDrillReportWriter.Scenario, environment);
        var steps = new List<DrillStepTime>();
        var start = platform.NowMicros;
        IReadOnlyCollection<WriteSample> samples;
        IReadOnlyList<RestoredRow> live = [];
        IReadOnlyList<RestoredRow> copy = [];
        var moment = (Text: "", Micros: 0L, Before: 0L, After: 0L);
        double archiveAge = 0, rto = 0;
        try
        {
            await using (var writer = await platform.StartWriterAsync(rate, cancellationToken))
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
                await StepAsync("the moment is restored", () => RunAsync(node, $"{RestorePaths.Tool} begin {cluster} '{moment.Text}'", RestoreLimit, cancellationToken));
                await StepAsync("the rows are read", async () =>
                    copy = Parse(await platform.RunAsync(node, $"{RestorePaths.Tool} sql {cluster} {platform.Database}", $"{Rows};", CommandLimit, cancellationToken)));
                rto = (platform.NowMicros - damage) / 1000.0;
                samples = await writer.StopAsync();
            }
        }
        finally
        {
            using var limit = new CancellationTokenSource(CommandLimit);
            tell("removing the copy");
            await RunAsync(node, $"{RestorePaths.Tool} end {cluster}", CommandLimit, limit.Token);
            await platform.TidyUpAsync(limit.Token);
        }

        return new RestoreDrillReport
        {
            Environment = environment,
            Node = node,
            Moment = moment.Text,
            Writes = WriteReport.Of(samples, start, platform.NowMicros),
            Copy = RestoreComparison.Of(samples, moment.Before, moment.After, moment.Micros, live, copy),
            RtoMs = rto,
            ArchiveAgeMs = archiveAge,
            Steps = steps,
            OffAfterwards = [.. (await platform.VerifyAsync(cancellationToken)).Off],
        };

        async Task StepAsync(string step, Func<Task> action)
        {
            var begun = platform.NowMicros;
            await action();
            var ms = (platform.NowMicros - begun) / 1000.0;
            steps.Add(new DrillStepTime(step, ms));
            tell($"{step}: {ms / 1000:0.00} s");
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
