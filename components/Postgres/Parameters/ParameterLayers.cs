using System.Collections.Immutable;
using System.Globalization;
using AppStack.Components.Postgres.Backups;

namespace AppStack.Components.Postgres.Parameters;

/// <summary>
/// PostgreSQL's parameters in three layers: what follows from a node's memory and cores, over it what the user wants, over it what the
/// cluster depends on.
/// </summary>
public static class ParameterLayers
{
    // Sessions of the cluster itself: standbys, a clone and a rewind of each, archiver and backup.
    private const int SenderReserve = 6;

    // Enough for 13 nodes, theirs and those of clusters that follow or are followed: what changes with their number needs a restart of all of them.
    // A sender that is not used costs 48 KiB of shared memory, a slot 1 KiB (measured with 15.18).
    private const int LeastSenders = 32;

    /// <summary>What follows from memory and cores.</summary>
    /// <param name="spec">The cluster.</param>
    /// <param name="node">The node.</param>
    /// <returns>The parameters.</returns>
    public static ImmutableSortedDictionary<string, string> Defaults(RepmgrClusterSpec spec, RepmgrNodeSpec node)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(node);
        var memory = node.MemoryMiB;
        return Of(new()
        {
            // A quarter for the shared cache; the rest caches files (PostgreSQL's own advice for servers of their own).
            ["shared_buffers"] = MiB(memory / 4),
            ["effective_cache_size"] = MiB(memory * 3 / 4),

            // A quarter for sorts and hashes when every connection does one.
            ["work_mem"] = string.Create(CultureInfo.InvariantCulture, $"{Math.Clamp(memory * 1024 / 4 / spec.MaxConnections, 1024, 262_144)}kB"),
            ["maintenance_work_mem"] = MiB(Math.Clamp(memory / 16, 16, 2048)),
            ["max_worker_processes"] = Text(Math.Max(8, node.Cores)),
            ["max_parallel_workers"] = Text(Math.Max(2, node.Cores)),
            ["max_parallel_workers_per_gather"] = Text(Math.Clamp(node.Cores / 2, 1, 4)),

            // Crash recovery reads at most this much; a takeover never waits for it.
            ["max_wal_size"] = MiB(Math.Clamp(memory, 1024, 16_384)),
            ["min_wal_size"] = MiB(Math.Clamp(memory / 4, 160, 4096)),
            ["checkpoint_timeout"] = "5min",
            ["checkpoint_completion_target"] = "0.9",
            ["wal_compression"] = "on",

            // What a rewind and a standby that was away find on the leader; and the most that an absent standby may make it keep.
            ["wal_keep_size"] = MiB(Math.Clamp(memory / 2, 256, 8192)),
            ["max_slot_wal_keep_size"] = MiB(Math.Clamp(memory * 2, 2048, 65_536)),

            // The longest a change waits for its segment to fill before the segment is archived as it is: what is lost with a whole site.
            ["archive_timeout"] = spec.Backup is null ? "0" : "1min",
            ["random_page_cost"] = "1.1",
            ["effective_io_concurrency"] = "200",
            ["huge_pages"] = "try",
            ["hot_standby_feedback"] = "on",
            ["idle_in_transaction_session_timeout"] = "10min",
            ["log_checkpoints"] = "on",
            ["log_lock_waits"] = "on",
            ["log_min_duration_statement"] = "1s",
            ["log_autovacuum_min_duration"] = "10s",
            ["track_io_timing"] = "on",
            ["timezone"] = "UTC",
            ["log_timezone"] = "UTC",
        });
    }

    /// <summary>What the cluster depends on; users cannot change it.</summary>
    /// <param name="spec">The cluster.</param>
    /// <param name="node">The node.</param>
    /// <returns>The parameters.</returns>
    public static ImmutableSortedDictionary<string, string> Forced(RepmgrClusterSpec spec, RepmgrNodeSpec node)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(node);
        var timers = spec.EffectiveTimers;
        var senders = Math.Max(LeastSenders, ((spec.Nodes.Length + spec.Followers.Length + (spec.Source?.Nodes.Length ?? 0)) * 2) + SenderReserve);
        var preload = spec.Parameters.GetValueOrDefault("shared_preload_libraries", "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return Of(new()
        {
            ["listen_addresses"] = $"{node.Address}, localhost",
            ["port"] = Text(spec.Port),
            ["unix_socket_directories"] = "/var/run/postgresql",
            ["data_directory"] = PostgresPaths.Data(spec.Version),
            ["hba_file"] = PostgresPaths.HostBasedAuthentication(spec.Version),
            ["ident_file"] = PostgresPaths.HostBasedAuthentication(spec.Version).Replace("pg_hba", "pg_ident", StringComparison.Ordinal),
            ["external_pid_file"] = string.Create(CultureInfo.InvariantCulture, $"/var/run/postgresql/{spec.Version}-main.pid"),
            ["cluster_name"] = node.Name,
            ["logging_collector"] = "off",
            ["log_line_prefix"] = "%m [%p] %q%u@%d ",
            ["max_connections"] = Text(spec.MaxConnections),
            ["superuser_reserved_connections"] = "5",
            ["password_encryption"] = "scram-sha-256",
            ["ssl"] = "on",
            ["ssl_ca_file"] = PostgresPaths.Authority,
            ["ssl_cert_file"] = PostgresPaths.Certificate,
            ["ssl_key_file"] = PostgresPaths.PrivateKey,
            ["ssl_min_protocol_version"] = "TLSv1.2",

            // A client that vanished keeps its locks no longer than this.
            ["tcp_keepalives_idle"] = Seconds(timers.Clients.Idle),
            ["tcp_keepalives_interval"] = Seconds(timers.Clients.Interval),
            ["tcp_keepalives_count"] = Text(timers.Clients.Count),
            ["client_connection_check_interval"] = "5s",
            ["shared_preload_libraries"] = string.Join(", ", preload.Prepend("repmgr").Distinct(StringComparer.Ordinal)),
            ["fsync"] = "on",
            ["full_page_writes"] = "on",
            ["wal_level"] = spec.Parameters.GetValueOrDefault("wal_level") == "logical" ? "logical" : "replica",
            ["wal_log_hints"] = "on",
            ["hot_standby"] = "on",

            // As many where a cluster follows as where it is followed: PostgreSQL refuses to follow with fewer.
            ["max_wal_senders"] = Text(senders),
            ["max_replication_slots"] = Text(senders),
            ["synchronous_commit"] = "on",
            ["synchronous_standby_names"] = spec.SynchronousStandbys == 0
                ? ""
                : string.Create(CultureInfo.InvariantCulture, $"ANY {spec.SynchronousStandbys} ({string.Join(", ", spec.Nodes.Select(n => $"\"{n.Name}\""))})"),
            ["wal_sender_timeout"] = Milliseconds(timers.WalTimeout),
            ["wal_receiver_timeout"] = Milliseconds(timers.WalTimeout),
            ["wal_receiver_status_interval"] = "1s",
            ["wal_retrieve_retry_interval"] = Milliseconds(timers.StreamRetry),

            // A promotion waits for the replay, and the replay for queries of the read-only endpoint that it conflicts with: no longer than the promise has room for.
            ["max_standby_streaming_delay"] = Milliseconds(timers.Conflict),
            ["max_standby_archive_delay"] = Milliseconds(timers.Conflict),
            ["recovery_target_timeline"] = "latest",
            ["archive_mode"] = "on",
            ["archive_command"] = spec.Backup is null ? "/bin/true" : BackupClientRenderer.ArchiveCommand(spec),

            // A takeover asks the archive for a newer history first; it must not wait for a repository that does not answer.
            ["restore_command"] = "",
        });
    }

    /// <summary>What a node's PostgreSQL is told: the layers over each other.</summary>
    /// <param name="spec">The cluster.</param>
    /// <param name="node">The node.</param>
    /// <returns>The parameters.</returns>
    public static ImmutableSortedDictionary<string, string> Merge(RepmgrClusterSpec spec, RepmgrNodeSpec node) =>
        Defaults(spec, node).SetItems(spec.Parameters).SetItems(Forced(spec, node));

    /// <summary>Parameters that are forced, but of which the user's value is heeded.</summary>
    internal static ImmutableArray<string> Heeded { get; } = ["shared_preload_libraries", "wal_level"];

    private static ImmutableSortedDictionary<string, string> Of(Dictionary<string, string> parameters) => parameters.ToImmutableSortedDictionary(StringComparer.Ordinal);

    private static string MiB(int number) => string.Create(CultureInfo.InvariantCulture, $"{number}MB");

    private static string Text(int number) => number.ToString("0", CultureInfo.InvariantCulture);

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0}");

    private static string Milliseconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0}ms");
}
