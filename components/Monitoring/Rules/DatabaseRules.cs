namespace AppStack.Components.Monitoring;

/// <summary>Alerts about database clusters and their poolers. Limits that <c>verify</c> has, too, are the same.</summary>
internal static class DatabaseRules
{
    public static AlertRuleGroup Group { get; } = new("databases",
    [
        new()
        {
            // A switchover takes less, an unplanned one little more. A cluster that follows another one has no leader of its own.
            Name = "NoLeader",
            Expression = """
                count by (environment, cluster) (up{job="postgres", follows=""})
                  unless on (environment, cluster) (pg_replication_is_replica == 0)
                """,
            For = TimeSpan.FromSeconds(20),
            Severity = AlertSeverity.Critical,
            Summary = "nobody leads the database cluster {{ $labels.cluster }}: it cannot be written to",
        },
        new()
        {
            Name = "TwoLeaders",
            Expression = "count by (environment, cluster) (pg_replication_is_replica == 0) > 1",
            For = TimeSpan.FromSeconds(30),
            Severity = AlertSeverity.Critical,
            Summary = "{{ $value }} servers of the database cluster {{ $labels.cluster }} are no standbys",
        },
        new()
        {
            Name = "DatabaseDown",
            Expression = "pg_up == 0",
            For = TimeSpan.FromMinutes(1),
            Severity = AlertSeverity.Warning,
            Summary = "PostgreSQL on {{ $labels.node }} does not answer",
        },
        new()
        {
            Name = "StandbyMissing",
            Expression = """
                count by (environment, cluster) (pg_stat_replication_lag_bytes{state="streaming"})
                  < count by (environment, cluster) (up{job="postgres"}) - 1
                """,
            For = TimeSpan.FromMinutes(2),
            Severity = AlertSeverity.Warning,
            Summary = "only {{ $value }} standbys of the database cluster {{ $labels.cluster }} stream",
        },
        new()
        {
            Name = "StandbyLags",
            Expression = "pg_stat_replication_lag_bytes{application_name!~\"pg_basebackup|pgbackrest.*\"} > 16 * 1024 * 1024",
            For = TimeSpan.FromMinutes(1),
            Severity = AlertSeverity.Warning,
            Summary = "{{ $labels.application_name }} is {{ $value | humanize1024 }}B behind {{ $labels.node }}",
        },
        new()
        {
            Name = "SlotKeepsWal",
            Expression = "pg_replication_slots_kept_bytes > 1024 * 1024 * 1024",
            For = TimeSpan.FromMinutes(1),
            Severity = AlertSeverity.Warning,
            Summary = "the slot {{ $labels.slot_name }} of {{ $labels.node }} keeps {{ $value | humanize1024 }}B of WAL",
        },
        new()
        {
            Name = "WalNotArchived",
            Expression = "increase(pg_stat_archiver_failed_count[5m]) > 0 and on (environment, node) pg_replication_is_replica == 0",
            For = TimeSpan.FromMinutes(5),
            Severity = AlertSeverity.Warning,
            Summary = "{{ $labels.node }} cannot archive its WAL: what is written now could not be restored",
        },
        new()
        {
            Name = "DatabaseConnectionsNearLimit",
            Expression = "sum by (environment, cluster, node) (pg_stat_activity_count) / on (environment, cluster, node) pg_server_max_connections > 0.8",
            For = TimeSpan.FromMinutes(1),
            Severity = AlertSeverity.Warning,
            Summary = "{{ $labels.node }} has {{ $value | humanizePercentage }} of the connections it accepts",
        },
        new()
        {
            Name = "TransactionsNotFrozen",
            Expression = "pg_server_oldest_transaction_age > 1e9",
            For = TimeSpan.FromMinutes(1),
            Severity = AlertSeverity.Critical,
            Summary = "vacuum does not freeze on {{ $labels.node }}; PostgreSQL stops at 2000 million transactions",
        },
        new()
        {
            Name = "PoolerDown",
            Expression = "pgbouncer_up == 0",
            For = TimeSpan.FromSeconds(30),
            Severity = AlertSeverity.Warning,
            Summary = "PgBouncer on {{ $labels.node }} does not answer",
        },
        new()
        {
            Name = "ClientsWait",
            Expression = "pgbouncer_pools_client_maxwait_seconds > 5",
            For = TimeSpan.FromSeconds(30),
            Severity = AlertSeverity.Warning,
            Summary = "clients of {{ $labels.database }} have waited {{ $value }} s at {{ $labels.node }} for a connection",
        },
        new()
        {
            Name = "GuardHeld",
            Expression = "appstack_guard_held == 1",
            For = TimeSpan.FromMinutes(1),
            Severity = AlertSeverity.Warning,
            Summary = "{{ $labels.node }} cannot use its data as they are, and serves nothing",
        },
        new()
        {
            Name = "VotesMissing",
            Expression = "appstack_guard_voters_seen < appstack_guard_voters",
            For = TimeSpan.FromMinutes(1),
            Severity = AlertSeverity.Warning,
            Summary = "{{ $labels.node }} hears {{ $value }} voters, and not all",
        },
        new()
        {
            // A leader that starts needs a moment.
            Name = "LeaderFenced",
            Expression = "appstack_guard_leads == 1 and appstack_guard_writable == 0",
            For = TimeSpan.FromSeconds(20),
            Severity = AlertSeverity.Critical,
            Summary = "{{ $labels.node }} leads, but is fenced: nothing can be written",
        },
        new()
        {
            Name = "PoolerFollowsNobody",
            Expression = "appstack_pooler_healthy == 0 and on (environment, node) pgbouncer_up == 1",
            For = TimeSpan.FromSeconds(30),
            Severity = AlertSeverity.Warning,
            Summary = "{{ $labels.node }} works, but knows no leader",
        },
    ]);
}
