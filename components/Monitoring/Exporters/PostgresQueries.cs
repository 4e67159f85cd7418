namespace AppStack.Components.Monitoring;

/// <summary>
/// What is asked of a PostgreSQL server: exactly what dashboards and alerts use. The exporter's own queries are off: some fail on a standby, and
/// some walk through all locks and settings each time.
/// </summary>
internal static class PostgresQueries
{
    /// <summary>Where the queries lie.</summary>
    public const string Path = "/etc/appstack/metrics/postgres.yml";

    /// <summary>The queries; each metric is called like its query and its column.</summary>
    public const string Text = """
        # What is asked of PostgreSQL; written by AppStack: changes are overwritten.
        pg_replication:
          query: |
            select pg_is_in_recovery()::int as is_replica,
              case when pg_is_in_recovery() and pg_last_wal_receive_lsn() is distinct from pg_last_wal_replay_lsn()
                then greatest(0, extract(epoch from now() - pg_last_xact_replay_timestamp())) else 0 end as lag_seconds
          metrics:
            - is_replica: { usage: GAUGE, description: 1 on a standby }
            - lag_seconds: { usage: GAUGE, description: Age of the last transaction replayed while there is WAL to replay }
        pg_stat_replication:
          query: |
            select application_name, state, sync_state,
              case when pg_is_in_recovery() then 0 else coalesce(pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn), 0) end as lag_bytes
            from pg_stat_replication
          metrics:
            - application_name: { usage: LABEL, description: The standby }
            - state: { usage: LABEL, description: What it does }
            - sync_state: { usage: LABEL, description: Whether commits wait for it }
            - lag_bytes: { usage: GAUGE, description: WAL that it has not replayed }
        pg_replication_slots:
          query: |
            select slot_name, active::int as active,
              coalesce(pg_wal_lsn_diff(case when pg_is_in_recovery() then pg_last_wal_receive_lsn() else pg_current_wal_lsn() end, restart_lsn), 0) as kept_bytes
            from pg_replication_slots
          metrics:
            - slot_name: { usage: LABEL, description: The slot }
            - active: { usage: GAUGE, description: Whether somebody uses it }
            - kept_bytes: { usage: GAUGE, description: WAL that is kept for it }
        pg_stat_database:
          query: |
            select datname, numbackends, xact_commit, xact_rollback, blks_read, blks_hit, tup_returned, tup_fetched, tup_inserted, tup_updated, tup_deleted,
              temp_bytes, deadlocks, conflicts
            from pg_stat_database where datname is not null and datname not like 'template%'
          metrics:
            - datname: { usage: LABEL, description: The database }
            - numbackends: { usage: GAUGE, description: Connections }
            - xact_commit: { usage: COUNTER, description: Transactions committed }
            - xact_rollback: { usage: COUNTER, description: Transactions rolled back }
            - blks_read: { usage: COUNTER, description: Blocks read from disk }
            - blks_hit: { usage: COUNTER, description: Blocks found in shared memory }
            - tup_returned: { usage: COUNTER, description: Rows read }
            - tup_fetched: { usage: COUNTER, description: Rows given to queries }
            - tup_inserted: { usage: COUNTER, description: Rows inserted }
            - tup_updated: { usage: COUNTER, description: Rows updated }
            - tup_deleted: { usage: COUNTER, description: Rows deleted }
            - temp_bytes: { usage: COUNTER, description: Bytes written to temporary files }
            - deadlocks: { usage: COUNTER, description: Deadlocks }
            - conflicts: { usage: COUNTER, description: Queries of a standby cancelled for replay }
        pg_stat_activity:
          query: |
            select coalesce(datname, '') as datname, coalesce(state, '') as state, count(*) as count,
              coalesce(max(extract(epoch from now() - xact_start)), 0) as longest_seconds,
              count(*) filter (where wait_event_type = 'Lock') as waiting
            from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid() group by 1, 2
          metrics:
            - datname: { usage: LABEL, description: The database }
            - state: { usage: LABEL, description: What connections do }
            - count: { usage: GAUGE, description: Connections }
            - longest_seconds: { usage: GAUGE, description: Age of the oldest transaction }
            - waiting: { usage: GAUGE, description: Connections that wait for a lock }
        pg_stat_archiver:
          query: |
            select archived_count, failed_count, coalesce(extract(epoch from now() - last_archived_time), 0) as last_archive_age_seconds from pg_stat_archiver
          metrics:
            - archived_count: { usage: COUNTER, description: Segments of WAL archived }
            - failed_count: { usage: COUNTER, description: Attempts to archive that failed }
            - last_archive_age_seconds: { usage: GAUGE, description: Time since a segment was archived }
        pg_server:
          query: |
            select current_setting('max_connections')::int as max_connections, (select max(age(datfrozenxid)) from pg_database) as oldest_transaction_age,
              extract(epoch from pg_postmaster_start_time()) as start_time_seconds
          metrics:
            - max_connections: { usage: GAUGE, description: Connections that are accepted }
            - oldest_transaction_age: { usage: GAUGE, description: Transactions since the oldest that is not frozen }
            - start_time_seconds: { usage: GAUGE, description: When the server was started }

        """;
}
