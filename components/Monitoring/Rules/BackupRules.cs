namespace AppStack.Components.Monitoring;

/// <summary>Alerts about the backups of database clusters.</summary>
internal static class BackupRules
{
    public static AlertRuleGroup Group { get; } = new("backups",
    [
        new()
        {
            // The first one is made by the deployment, and takes as long as the data are large.
            Name = "NoBackup",
            Expression = "appstack_backup_count == 0",
            For = TimeSpan.FromHours(1),
            Severity = AlertSeverity.Critical,
            Summary = "there is no backup of the database cluster {{ $labels.database }}",
        },
        new()
        {
            // An hour for making it; afterwards it would have to be there. What was not made is known by the timers, whatever their schedule.
            Name = "BackupNotMade",
            Expression = """
                max by (environment, cluster, node, database) (
                  label_replace(node_systemd_timer_last_trigger_seconds{name=~"appstack-backup-.+-(full|diff|incr).timer"}, "database", "$1", "name", "appstack-backup-(.+)-(full|diff|incr).timer")
                ) > on (environment, node, database) group_left () appstack_backup_last_timestamp_seconds
                """,
            For = TimeSpan.FromHours(1),
            Severity = AlertSeverity.Warning,
            Summary = "a backup of the database cluster {{ $labels.database }} was due and was not made",
        },
        new()
        {
            Name = "BackupFaulty",
            Expression = "appstack_backup_faults > 0",
            For = TimeSpan.FromMinutes(5),
            Severity = AlertSeverity.Critical,
            Summary = "the backups of the database cluster {{ $labels.database }} have faults",
        },
        new()
        {
            // Several nodes archive in turn; what is late comes.
            Name = "WalMissing",
            Expression = "appstack_backup_wal_gaps > 0",
            For = TimeSpan.FromMinutes(15),
            Severity = AlertSeverity.Warning,
            Summary = "WAL after the last backup of the database cluster {{ $labels.database }} is missing: what came later cannot be restored",
        },
    ]);
}
