using System.Collections.Immutable;
using AppStack.Components.Postgres;
using AppStack.Testing;

namespace AppStack.Components.Tests.Postgres.Cluster;

public sealed class RepmgrClusterValidatorTests
{
    [Fact]
    public void Examples_have_no_problems()
    {
        Assert.Empty(RepmgrClusterValidator.Validate(ClusterExamples.Three));
        Assert.Empty(RepmgrClusterValidator.Validate(ClusterExamples.TwoAndWitness));
    }

    [Fact]
    public void Everything_wrong_at_once_is_listed_at_once()
    {
        var spec = ClusterExamples.Three with
        {
            Name = "Main",
            Version = 15,
            PackageVersion = "15.3-0+deb12u1",
            Nodes = [ClusterExamples.Node(1), ClusterExamples.Node(1) with { Address = "here", MemoryMiB = 16, Cores = 0 }],
            FirstLeader = "main-db-7",
            MaxConnections = 3,
            MaxLagMiB = 0,
            Timers = Components.Postgres.Timeline.FailoverTimers.For(RecoveryTimePromise.Fast) with { Grant = TimeSpan.FromSeconds(2), Promotion = TimeSpan.FromSeconds(30) },
            Parameters = new Dictionary<string, string>
            {
                ["shared_bufers"] = "1GB",
                ["fsync"] = "off",
                ["autovacuum_naptime"] = "soon",
                ["checkpoint_timeout"] = "2d",
                ["jit"] = "maybe",
                ["wal_compression"] = "zip",
                ["autovacuum_max_workers"] = "0",
            }.ToImmutableSortedDictionary(),
        };

        Snapshot.Verify(string.Join('\n', RepmgrClusterValidator.Validate(spec)) + "\n", "txt");
    }

    [Theory]
    [InlineData("archive_cleanup_command", "/bin/true", "every standby's replay")]
    [InlineData("archive_library", "basic_archive", "backups would be missing")]
    [InlineData("primary_conninfo", "host=elsewhere", "its guard, which knows who leads")]
    [InlineData("primary_slot_name", "mine", "its guard, which knows who leads")]
    [InlineData("promote_trigger_file", "/tmp/promote", "nobody granted the lease")]
    [InlineData("recovery_end_command", "/bin/true", "every standby's replay")]
    [InlineData("recovery_min_apply_delay", "1h", "the promised time would not hold")]
    [InlineData("recovery_target", "immediate", "none could take over")]
    [InlineData("recovery_target_action", "pause", "none could take over")]
    [InlineData("recovery_target_inclusive", "off", "none could take over")]
    [InlineData("recovery_target_lsn", "0/5000148", "none could take over")]
    [InlineData("recovery_target_name", "before", "none could take over")]
    [InlineData("recovery_target_time", "2026-11-27 12:00:00+00", "none could take over")]
    [InlineData("Recovery_Target_XID", "700", "none could take over")]
    [InlineData("recovery_target_timeline", "1", "is set by the platform")]
    [InlineData("max_standby_streaming_delay", "30s", "is set by the platform")]
    [InlineData("max_standby_archive_delay", "-1", "is set by the platform")]
    [InlineData("FSYNC", "off", "is set by the platform")]
    public void A_parameter_that_undoes_what_the_cluster_is_for_is_refused_with_the_reason(string name, string value, string reason)
    {
        var problem = Assert.Single(RepmgrClusterValidator.Validate(ClusterExamples.Three with { Parameters = new Dictionary<string, string> { [name] = value }.ToImmutableSortedDictionary() }));

        Assert.Equal($"parameters.{name}", problem.Path);
        Assert.Contains(reason, problem.Message, StringComparison.Ordinal);
        Assert.EndsWith("leave it out", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cluster_that_follows_must_be_able_to()
    {
        var source = new RepmgrSourceSpec("main", [], 200);

        Assert.Equal(
            ["source", "source", "maxConnections", "backup"],
            RepmgrClusterValidator.Validate(ClusterExamples.Three with { Source = source }).Select(problem => problem.Path));
        Assert.Empty(RepmgrClusterValidator.Validate(ClusterExamples.Three with { Backup = null, Source = new RepmgrSourceSpec("far", [new("far-db-1", "10.9.0.41")], 100) }));
    }

    [Theory]
    [InlineData("15.20-0+deb12u1", true)]
    [InlineData("16.1-1", false)]
    [InlineData("15", false)]
    [InlineData("15.20-0; reboot", false)]
    public void A_package_is_one_of_the_major_version(string package, bool right) =>
        Assert.Equal(!right, RepmgrClusterValidator.Validate(ClusterExamples.Three with { PackageVersion = package }).Any(problem => problem.Path == "packageVersion"));

    [Fact]
    public void Zero_loss_needs_a_second_copy() =>
        Assert.Contains(RepmgrClusterValidator.Validate(ClusterExamples.Three with { Nodes = [ClusterExamples.Node(1)] }), p => p.Path == "rpo");

    [Fact]
    public void An_unsafe_version_is_refused_in_production_and_warned_of_elsewhere()
    {
        var spec = ClusterExamples.Three with { Version = 14, Parameters = ImmutableSortedDictionary<string, string>.Empty };

        Assert.Contains(RepmgrClusterValidator.Validate(spec), p => p.Path == "version");
        Assert.Empty(RepmgrClusterValidator.Validate(spec with { Production = false }));
        Assert.Equal("version: PostgreSQL 14 gets no fixes any more; use 15 or later", Assert.Single(RepmgrClusterValidator.Warnings(spec with { Production = false })).ToString());
        Assert.Empty(RepmgrClusterValidator.Warnings(spec));
    }

    [Fact]
    public void Parameters_of_a_version_without_a_list_cannot_be_checked() =>
        Assert.Equal("parameters", Assert.Single(RepmgrClusterValidator.Validate(ClusterExamples.Three with { Version = 17 })).Path);

    [Theory]
    [InlineData("work_mem", "8MB")]
    [InlineData("work_mem", "65536")]
    [InlineData("checkpoint_timeout", "15min")]
    [InlineData("random_page_cost", "1.5")]
    [InlineData("deadlock_timeout", "500ms")]
    [InlineData("auto_explain.log_min_duration", "1s")]
    [InlineData("shared_preload_libraries", "pg_stat_statements")]
    public void What_PostgreSQL_would_take_is_right(string name, string value) =>
        Assert.Empty(RepmgrClusterValidator.Validate(ClusterExamples.Three with { Parameters = ImmutableSortedDictionary<string, string>.Empty.Add(name, value) }));

    [Theory]
    [InlineData(3, 0, 1, 2)]
    [InlineData(2, 1, 1, 2)]
    [InlineData(5, 0, 2, 3)]
    [InlineData(4, 1, 2, 3)]
    public void Every_majority_that_elects_knows_every_acknowledged_commit(int databases, int witnesses, int synchronous, int majority)
    {
        var spec = ClusterExamples.Three with
        {
            Nodes = [.. Enumerable.Range(1, databases).Select(ClusterExamples.Node)],
            Witnesses = [.. Enumerable.Range(1, witnesses).Select(n => new RepmgrWitnessSpec { Name = $"main-witness-{n}", Address = $"10.0.1.{n}" })],
        };

        Assert.Equal((synchronous, majority), (spec.SynchronousStandbys, spec.Majority));

        // A commit is on the leader and so many standbys; so many nodes with data must have voted (is_elected of the guard).
        Assert.True(spec.SynchronousStandbys + 1 + (databases - spec.SynchronousStandbys) > databases);
        Assert.True(databases - spec.SynchronousStandbys <= majority);
    }
}
