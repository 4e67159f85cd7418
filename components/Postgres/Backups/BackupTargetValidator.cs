using System.Text.RegularExpressions;
using AppStack.Components.Nodes;

namespace AppStack.Components.Postgres.Backups;

/// <summary>Checks what a cluster says about its backups.</summary>
internal static partial class BackupTargetValidator
{
    private const int LeastQueueMiB = 64;

    /// <summary>Adds the problems of a cluster's target.</summary>
    public static void Validate(NetworkProblems problems, BackupTargetSpec backup)
    {
        problems.Address("backup.address", backup.Address);
        problems.AddIf(backup.QueueMiB < LeastQueueMiB, "backup.queueMiB", $"{backup.QueueMiB} is below {LeastQueueMiB}, four segments of WAL");
        problems.AddIf(backup.KeepFull < 1, "backup.keepFull", $"{backup.KeepFull} is below 1; nothing could be restored");
        problems.AddIf(backup.KeepDifferential < 1, "backup.keepDifferential", $"{backup.KeepDifferential} is below 1");
        foreach (var (path, schedule) in new[] { ("fullSchedule", backup.FullSchedule), ("differentialSchedule", backup.DifferentialSchedule), ("incrementalSchedule", backup.IncrementalSchedule) })
        {
            problems.AddIf(!Calendar().IsMatch(schedule), $"backup.{path}", $"'{schedule}' is not a time of systemd's calendar, e.g. Sun *-*-* 01:00:00 (systemd.time(7))");
        }
    }

    // What may stand in one; whether it means something the node's systemd says before anything is changed there.
    [GeneratedRegex("^[A-Za-z0-9*][A-Za-z0-9*,./:~ +-]*$")]
    private static partial Regex Calendar();
}
