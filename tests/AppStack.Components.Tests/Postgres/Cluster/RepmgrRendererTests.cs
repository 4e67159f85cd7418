using AppStack.Components.Nodes.Bundles;
using AppStack.Components.Nodes.Firewall;
using AppStack.Components.Postgres;
using AppStack.Components.Postgres.Parameters;
using AppStack.Testing;

namespace AppStack.Components.Tests.Postgres.Cluster;

public sealed class RepmgrRendererTests
{
    [Fact]
    public void Who_is_followed_lets_followers_in_and_who_follows_knows_whom()
    {
        var main = ClusterExamples.Three with { Followers = [new("refuge-db-1", "10.9.0.41")] };
        var refuge = ClusterExamples.Three with { Name = "refuge", Nodes = [ClusterExamples.Node(1) with { Name = "refuge-db-1", Address = "10.9.0.41" }], Backup = null, Source = new RepmgrSourceSpec("main", [new("main-db-1", "10.0.0.41")], 100) };

        Assert.Contains(RepmgrNodeRenderer.Firewall(main).Rules, rule => rule.Purpose == "PostgreSQL" && rule.Sources.Contains("10.9.0.41"));
        Assert.Contains(RepmgrNodeRenderer.Firewall(main).Rules, rule => rule.Purpose == "status" && rule.Sources.Contains("10.9.0.41"));
        Assert.Contains("hostssl  replication  repmgr               10.9.0.41/32", PostgresConfigurationRenderer.HostBasedAuthentication(main), StringComparison.Ordinal);
        Assert.Contains("followers = refuge-db-1\n", Settings(main, main.Nodes[0]), StringComparison.Ordinal);
        Assert.Contains("source = main\nsource-nodes = main-db-1,10.0.0.41\n", Settings(refuge, refuge.Nodes[0]), StringComparison.Ordinal);
        Assert.DoesNotContain("source", Settings(main, main.Nodes[0]), StringComparison.Ordinal);
        Assert.DoesNotContain("refuge-db-1", PostgresConfigurationRenderer.Configuration(main, main.Nodes[0]), StringComparison.Ordinal);

        static string Settings(RepmgrClusterSpec spec, RepmgrNodeSpec node) =>
            RepmgrNodeRenderer.Bundle(spec, node, ClusterExamples.Secrets).Files.Single(file => file.Path == PostgresPaths.Settings).Content;
    }

    private static readonly Bundle Node = RepmgrNodeRenderer.Bundle(ClusterExamples.Three, ClusterExamples.Three.Nodes[1], ClusterExamples.Secrets);

    [Fact]
    public void Configuration_of_PostgreSQL() => Snapshot.Verify(PostgresConfigurationRenderer.Configuration(ClusterExamples.Three, ClusterExamples.Three.Nodes[1]), "conf");

    [Fact]
    public void Host_based_authentication() => Snapshot.Verify(PostgresConfigurationRenderer.HostBasedAuthentication(ClusterExamples.Three), "conf");

    [Fact]
    public void System_sql() => Snapshot.Verify(PostgresConfigurationRenderer.SystemSql(ClusterExamples.Secrets), "sql");

    [Fact]
    public void Configuration_of_repmgr() => Snapshot.Verify(RepmgrNodeRenderer.RepmgrConfiguration(ClusterExamples.Three, ClusterExamples.Three.Nodes[1]), "conf");

    [Fact]
    public void Firewall_of_a_database_node() => Snapshot.Verify(FirewallRenderer.Render(RepmgrNodeRenderer.Firewall(ClusterExamples.Three)), "nft");

    [Fact]
    public void Settings_of_the_guard() => Snapshot.Verify(WithoutDigest(File(Node, PostgresPaths.Settings)), "conf");

    [Fact]
    public void Bundle_of_a_database_node() => Snapshot.Verify(Outline(Node), "txt");

    [Fact]
    public void Bundle_of_a_witness() => Snapshot.Verify(Outline(RepmgrWitnessRenderer.Bundle(ClusterExamples.TwoAndWitness, ClusterExamples.TwoAndWitness.Witnesses[0], "guard-key")), "txt");

    [Fact]
    public void Whoever_changes_a_parameter_changes_the_hash()
    {
        var changed = ClusterExamples.Three with { Parameters = ClusterExamples.Three.Parameters.SetItem("work_mem", "9MB") };

        Assert.NotEqual(LastLine(ClusterExamples.Three), LastLine(changed));

        static string LastLine(RepmgrClusterSpec spec) => PostgresConfigurationRenderer.Configuration(spec, spec.Nodes[0]).TrimEnd().Split('\n')[^1];
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(13)]
    public void A_node_that_comes_or_goes_restarts_no_other(int nodes)
    {
        var known = ParameterCatalog.Of(15)!;
        var before = ParameterLayers.Merge(ClusterExamples.Three, ClusterExamples.Three.Nodes[0]);
        var after = ParameterLayers.Merge(ClusterExamples.Three with { Nodes = [.. Enumerable.Range(1, nodes).Select(ClusterExamples.Node)] }, ClusterExamples.Three.Nodes[0]);

        Assert.Equal(["synchronous_standby_names"], after.Where(parameter => before[parameter.Key] != parameter.Value).Select(parameter => parameter.Key));
        Assert.False(known["synchronous_standby_names"].NeedsRestart);
    }

    [Fact]
    public void Many_nodes_have_as_many_senders_and_slots_as_they_need()
    {
        var many = ClusterExamples.Three with { Followers = [.. Enumerable.Range(1, 12).Select(i => new RepmgrPeerSpec($"far-db-{i}", $"10.9.0.{i}"))] };
        var parameters = ParameterLayers.Forced(many, many.Nodes[0]);

        Assert.Equal("36", parameters["max_wal_senders"]);
        Assert.Equal("36", parameters["max_replication_slots"]);
    }

    [Theory]
    [InlineData(RecoveryTimePromise.Fast, "2000ms")]
    [InlineData(RecoveryTimePromise.Standard, "5000ms")]
    [InlineData(RecoveryTimePromise.Careful, "10000ms")]
    public void Queries_hold_up_the_replay_no_longer_than_the_promise_has_room_for(RecoveryTimePromise promise, string delay)
    {
        var parameters = ParameterLayers.Merge(ClusterExamples.Three with { Rto = promise }, ClusterExamples.Three.Nodes[0]);

        Assert.Equal(delay, parameters["max_standby_streaming_delay"]);
        Assert.Equal(delay, parameters["max_standby_archive_delay"]);
    }

    [Fact]
    public void All_voters_have_the_same_digest()
    {
        var digests = ClusterExamples.Three.Nodes.Select(n => File(RepmgrNodeRenderer.Bundle(ClusterExamples.Three, n, ClusterExamples.Secrets), PostgresPaths.Settings).TrimEnd().Split('\n')[^1]);

        Assert.Single(digests.Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public void What_is_secret_is_readable_by_its_owner_only_and_holds_the_secrets()
    {
        var open = string.Concat(Node.Files.Where(f => !f.Secret).Select(f => f.Content));

        Assert.All(Node.Files.Where(f => f.Secret), f => Assert.Equal("0600", f.Mode));
        Assert.All(new[] { "repmgr-password", "pooler-password", "monitor-password", "guard-key", "private key" }, s => Assert.DoesNotContain(s, open, StringComparison.Ordinal));
        Assert.DoesNotContain("pooler-password", string.Concat(Node.Files.Select(f => f.Content)), StringComparison.Ordinal);
    }

    private static string File(Bundle bundle, string path) => bundle.Files.Single(f => f.Path == path).Content;

    private static string WithoutDigest(string settings) => string.Concat(settings.Split('\n').Where(l => l.Length > 0 && !l.StartsWith("digest", StringComparison.Ordinal)).Select(l => l + "\n"));

    // The contents have golden files of their own.
    private static string Outline(Bundle bundle) => string.Concat(BundleRenderer.Document(bundle).Split('\n').Where(l => !l.StartsWith("  |", StringComparison.Ordinal) && !l.StartsWith("end:", StringComparison.Ordinal)).Select(l => l + "\n")).TrimEnd() + "\n";
}
