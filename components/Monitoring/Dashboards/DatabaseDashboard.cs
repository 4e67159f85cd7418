namespace AppStack.Components.Monitoring;

/// <summary>Database clusters and their poolers.</summary>
internal static class DatabaseDashboard
{
    private const string Own = "cluster=~\"$cluster\"";
    private const string OfServices = $"{Own}, datname!~\"postgres|repmgr\"";

    public static Dashboard Page { get; } = new()
    {
        Name = "postgresql",
        Title = "PostgreSQL Metrics",
        Description = "Who leads, who follows how closely, what are the databases doing, and who waits for a connection?",
        Variables = [new("cluster", "pg_up")],
        Rows =
        [
            new("Now",
            [
                new() { Title = "Answers (1: yes)", Kind = PanelKind.Values, Queries = [new($"pg_up{{{Own}}}", "{{node}}")] },
                new() { Title = "Leads (1: yes)", Kind = PanelKind.Values, Queries = [new($"1 - pg_replication_is_replica{{{Own}}}", "{{node}}")] },
                new() { Title = "Up since", Kind = PanelKind.Values, Unit = PanelUnit.Seconds, Queries = [new($"time() - pg_server_start_time_seconds{{{Own}}}", "{{node}}")] },
                new() { Title = "Size of databases", Kind = PanelKind.Values, Unit = PanelUnit.Bytes, Queries = [new($"max by (datname) (pg_database_size_bytes{{{OfServices}, datname!~\"template.*\"}})", "{{datname}}")] },
            ]),
            new("Work",
            [
                new()
                {
                    Title = "Transactions",
                    Unit = PanelUnit.PerSecond,
                    Queries =
                    [
                        new($"sum by (datname) (rate(pg_stat_database_xact_commit{{{OfServices}}}[1m]))", "{{datname}} committed"),
                        new($"sum by (datname) (rate(pg_stat_database_xact_rollback{{{OfServices}}}[1m]))", "{{datname}} rolled back"),
                    ],
                },
                new()
                {
                    Title = "Rows changed",
                    Kind = PanelKind.Stacked,
                    Unit = PanelUnit.PerSecond,
                    Queries =
                    [
                        new($"sum by (datname) (rate(pg_stat_database_tup_inserted{{{OfServices}}}[1m]))", "{{datname}} inserted"),
                        new($"sum by (datname) (rate(pg_stat_database_tup_updated{{{OfServices}}}[1m]))", "{{datname}} updated"),
                        new($"sum by (datname) (rate(pg_stat_database_tup_deleted{{{OfServices}}}[1m]))", "{{datname}} deleted"),
                    ],
                },
                new()
                {
                    Title = "Rows read",
                    Unit = PanelUnit.PerSecond,
                    Queries =
                    [
                        new($"sum by (datname) (rate(pg_stat_database_tup_fetched{{{OfServices}}}[1m]))", "{{datname}} by index"),
                        new($"sum by (datname) (rate(pg_stat_database_tup_returned{{{OfServices}}}[1m]))", "{{datname}} in all"),
                    ],
                },
            ]),
            new("Connections",
            [
                new() { Title = "Connections by state", Kind = PanelKind.Stacked, Queries = [new($"sum by (node, state) (pg_stat_activity_count{{{Own}}})", "{{node}} {{state}}")] },
                new() { Title = "Connections that wait for a lock", Queries = [new($"sum by (node) (pg_stat_activity_waiting{{{Own}}})", "{{node}}")] },
                new() { Title = "Oldest transaction", Unit = PanelUnit.Seconds, Queries = [new($"max by (node) (pg_stat_activity_longest_seconds{{{Own}}})", "{{node}}")] },
                new() { Title = "Deadlocks and conflicts", Unit = PanelUnit.PerSecond, Queries = [new($"sum by (node) (rate(pg_stat_database_deadlocks{{{Own}}}[5m]) + rate(pg_stat_database_conflicts{{{Own}}}[5m]))", "{{node}}")] },
            ]),
            new("Replication",
            [
                new() { Title = "Behind the leader", Unit = PanelUnit.Bytes, Queries = [new($"pg_stat_replication_lag_bytes{{{Own}}}", "{{application_name}}")] },
                new() { Title = "Age of what standbys replay", Unit = PanelUnit.Seconds, Queries = [new($"pg_replication_lag_seconds{{{Own}}}", "{{node}}")] },
                new() { Title = "WAL kept by slots", Unit = PanelUnit.Bytes, Queries = [new($"pg_replication_slots_kept_bytes{{{Own}}}", "{{node}} {{slot_name}}")] },
                new()
                {
                    Title = "WAL archived",
                    Unit = PanelUnit.PerSecond,
                    Queries =
                    [
                        new($"rate(pg_stat_archiver_archived_count{{{Own}}}[5m])", "{{node}} segments"),
                        new($"rate(pg_stat_archiver_failed_count{{{Own}}}[5m])", "{{node}} failed"),
                    ],
                },
            ]),
            new("Guards and backups",
            [
                new() { Title = "Voters that are heard", Queries = [new($"appstack_guard_voters_seen{{{Own}}}", "{{node}}")] },
                new() { Title = "Held (1: yes)", Kind = PanelKind.Values, Queries = [new($"appstack_guard_held{{{Own}}} == 1", "{{node}}")] },
                new() { Title = "Age of the last backup", Unit = PanelUnit.Seconds, Queries = [new("time() - (appstack_backup_last_timestamp_seconds{database=~\"$cluster\"} > 0)", "{{database}}")] },
                new() { Title = "Backups that are kept", Kind = PanelKind.Values, Queries = [new("appstack_backup_count{database=~\"$cluster\"}", "{{database}}")] },
            ]),
            new("Memory and disk",
            [
                new()
                {
                    Title = "Blocks found in memory",
                    Unit = PanelUnit.Share,
                    Queries = [new($"sum by (node) (rate(pg_stat_database_blks_hit{{{Own}}}[1m])) / sum by (node) (rate(pg_stat_database_blks_hit{{{Own}}}[1m]) + rate(pg_stat_database_blks_read{{{Own}}}[1m]))", "{{node}}")],
                },
                new() { Title = "Temporary files", Unit = PanelUnit.BytesPerSecond, Queries = [new($"sum by (node) (rate(pg_stat_database_temp_bytes{{{Own}}}[1m]))", "{{node}}")] },
                new() { Title = "Transactions since the oldest that is not frozen", Queries = [new($"pg_server_oldest_transaction_age{{{Own}}}", "{{node}}")] },
            ]),
            new("Poolers",
            [
                new() { Title = "Clients", Kind = PanelKind.Stacked, Queries = [new($"sum by (node, database) (pgbouncer_pools_client_active_connections{{{Own}}})", "{{node}} {{database}}")] },
                new() { Title = "Leads to a leader (1: yes)", Queries = [new($"appstack_pooler_healthy{{{Own}}}", "{{node}}")] },
                new() { Title = "Clients that wait", Queries = [new($"sum by (node, database) (pgbouncer_pools_client_waiting_connections{{{Own}}})", "{{node}} {{database}}")] },
                new() { Title = "Transactions through poolers", Kind = PanelKind.Stacked, Unit = PanelUnit.PerSecond, Queries = [new($"sum by (node, database) (rate(pgbouncer_stats_transactions_total{{{Own}}}[1m]))", "{{node}} {{database}}")] },
                new()
                {
                    Title = "Time of a transaction",
                    Unit = PanelUnit.Seconds,
                    Queries = [new($"sum by (database) (rate(pgbouncer_stats_transaction_seconds_total{{{Own}}}[1m])) / sum by (database) (rate(pgbouncer_stats_transactions_total{{{Own}}}[1m]))", "{{database}}")],
                },
                new()
                {
                    Title = "Connections to servers, as a share of those allowed",
                    Unit = PanelUnit.Share,
                    Queries = [new($"pgbouncer_databases_current_connections{{{Own}}} / (pgbouncer_databases_max_connections{{{Own}}} > 0)", "{{node}} {{database}}")],
                },
            ]),
        ],
    };
}
