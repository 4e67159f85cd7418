using AppStack.Operations.Verification;
using AppStack.Stacks.Environments.Descriptors;

namespace AppStack.Operations.Tests.Verification;

public sealed class DatabaseEvaluatorTests
{
    private const string Leader = """
        {"guard":{"cluster":"main","held":"","job":"","kind":"database","leader":"db-1","lsn":"inf","node":"db-1","pendingRestart":false,"postgres":"primary","role":"leader","seen":3,"streaming":false,"term":3,"timeline":3,"voters":3,"writable":true},
         "postgres":{"standbys":[{"name":"db-2","state":"streaming","sync":"quorum","lagBytes":0},{"name":"db-3","state":"streaming","sync":"quorum","lagBytes":104}],
                     "slots":[{"name":"repmgr_slot_2","active":true,"keptBytes":0},{"name":"repmgr_slot_3","active":true,"keptBytes":0}],
                     "oldestTransaction":23,"version":"15.20 (Debian 15.20-0+deb12u1)","maxConnections":100,"connections":7},
         "diskPercent":24}
        """;

    private const string Standby = """
        {"guard":{"cluster":"main","held":"","job":"","kind":"database","leader":"db-1","lsn":"0/5000148","node":"db-2","pendingRestart":false,"postgres":"standby","role":"standby","seen":3,"streaming":true,"term":3,"timeline":3,"voters":3,"writable":false},
         "postgres":{"standbys":[],"slots":[],"oldestTransaction":23,"version":"15.20 (Debian 15.20-0+deb12u1)","maxConnections":100,"connections":2},"diskPercent":24}
        """;

    private static readonly NodeExpectation Node = new() { Name = "db-1", Role = NodeRole.Database, Standbys = ["db-1", "db-2", "db-3"], Synchronous = true };

    [Fact]
    public void A_whole_cluster_passes_every_check()
    {
        Assert.All(Checks(Leader), check => Assert.True(check.Ok, check.Detail));
        Assert.Equal(["topology", "replication", "slots", "version", "wraparound", "disk"], Checks(Leader).Select(check => check.Name));
        Assert.All(Checks(Standby), check => Assert.True(check.Ok, check.Detail));
    }

    [Theory]
    [InlineData("\"streaming\",\"sync\":\"quorum\",\"lagBytes\":104", "\"catchup\",\"sync\":\"quorum\",\"lagBytes\":104", "replication", "db-3 does not stream")]
    [InlineData("\"lagBytes\":104", "\"lagBytes\":33554432", "replication", "db-3 is 32 MiB behind")]
    [InlineData("\"quorum\"", "\"async\"", "replication", "no standby confirms commits")]
    [InlineData("\"keptBytes\":0}]", "\"keptBytes\":2147483648}]", "slots", "repmgr_slot_3 keeps 2048 MiB of WAL")]
    [InlineData("\"oldestTransaction\":23", "\"oldestTransaction\":1500000000", "wraparound", "vacuum does not freeze")]
    [InlineData("\"diskPercent\":24", "\"diskPercent\":93", "disk", "93 % used")]
    [InlineData("\"seen\":3", "\"seen\":2", "topology", "does not hear all voters")]
    [InlineData("\"term\":3", "\"term\":3,\"voting\":\"changing\"", "topology", "another list of voters")]
    [InlineData("\"held\":\"\"", "\"held\":\"it cannot stream\"", "topology", "it is held: it cannot stream")]
    [InlineData("\"writable\":true", "\"writable\":false", "topology", "neither leads nor streams")]
    [InlineData("\"pendingRestart\":false", "\"pendingRestart\":true", "topology", "waits for a restart")]
    public void What_is_off_is_told(string good, string bad, string name, string detail)
    {
        var check = Assert.Single(Checks(Leader.Replace(good, bad, StringComparison.Ordinal)), found => !found.Ok);

        Assert.Equal(name, check.Name);
        Assert.Contains(detail, check.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void When_nobody_leads_a_node_that_cannot_tells_why() => Assert.EndsWith(
        "nobody leads; this node cannot: it is 40 MiB behind",
        Assert.Single(Checks("""{"guard":{"node":"db-1","role":"standby","seen":3,"voters":3,"tooFarBehind":"it is 40 MiB behind"},"postgres":null,"diskPercent":24}"""), check => check.Name == "topology").Detail,
        StringComparison.Ordinal);

    [Fact]
    public void PostgreSQL_that_does_not_answer_is_off() =>
        Assert.Contains(Checks(Standby[..Standby.IndexOf("{\"standbys", StringComparison.Ordinal)] + "null,\"diskPercent\":24}"), check => check is { Name: "postgres", Ok: false });

    [Fact]
    public void A_guard_that_does_not_answer_is_off()
    {
        Assert.Contains("unreachable", Assert.Single(Checks("""{"guard":{"node":"db-1","role":"unreachable"},"postgres":null,"diskPercent":24}"""), check => check.Name == "topology").Detail, StringComparison.Ordinal);
        Assert.Equal("appstack-pg: cannot read the settings", Assert.Single(Checks("appstack-pg: cannot read the settings", exitCode: 1)).Detail);
    }

    [Theory]
    [InlineData("""{"segment":"000000010000000000000007","failed":null}""", true, "WAL archived up to 000000010000000000000007")]
    [InlineData("""{"segment":"000000010000000000000007","failed":"000000010000000000000008"}""", false, "WAL from 000000010000000000000008 on waits")]
    [InlineData("""{"segment":null,"failed":null}""", false, "nothing was archived yet")]
    public void A_leader_that_archives_tells_how_far(string archive, bool ok, string detail)
    {
        var said = Leader.Replace("\"oldestTransaction\"", $"\"archive\":{archive},\"oldestTransaction\"", StringComparison.Ordinal);
        var check = Assert.Single(Evaluate(Node with { Archives = true }, ProbeScript.Database, said, 0), found => found.Name == "archive");

        Assert.Equal(ok, check.Ok);
        Assert.Contains(detail, check.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain(Evaluate(Node, ProbeScript.Database, said, 0), found => found.Name == "archive");
    }

    [Fact]
    public void A_pooler_without_a_leader_is_off()
    {
        var pooler = new NodeExpectation { Name = "pooler-1", Role = NodeRole.Pooler };

        Assert.True(Assert.Single(Evaluate(pooler, ProbeScript.Pooler, """{"healthy":true,"leader":"db-1"}""", 0), check => check.Name == "pooler").Ok);
        Assert.False(Assert.Single(Evaluate(pooler, ProbeScript.Pooler, """{"healthy":false,"leader":""}""", 0), check => check.Name == "pooler").Ok);
    }

    [Theory]
    [InlineData("15.20 (Debian 15.20-0+deb12u1)", true, true, "PostgreSQL 15.20 (Debian 15.20-0+deb12u1) runs")]
    [InlineData("15.3 (Debian 15.3-0+deb12u1)", true, false, "; PostgreSQL 15.3 has known holes; use 15.14 or later")]
    [InlineData("15.3 (Debian 15.3-0+deb12u1)", false, true, "; warning: PostgreSQL 15.3 has known holes; use 15.14 or later")]
    [InlineData("14.19", true, false, "PostgreSQL 14 gets no fixes any more")]
    public void A_server_of_an_unsafe_version_is_off_in_production_and_warned_of_elsewhere(string version, bool production, bool ok, string detail)
    {
        var check = Version(Node with { Production = production }, ProbeScript.Database, Leader.Replace("15.20 (Debian 15.20-0+deb12u1)", version, StringComparison.Ordinal));

        Assert.Equal(ok, check.Ok);
        Assert.Contains(detail, check.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_node_that_does_not_tell_its_version_is_off()
    {
        Assert.Contains("run `appstack up`", Version(Node, ProbeScript.Database, Leader.Replace("\"version\"", "\"other\"", StringComparison.Ordinal)) is { Ok: false } server ? server.Detail : "", StringComparison.Ordinal);
        Assert.Contains("no packages found", Version(Node with { Role = NodeRole.Pooler }, ProbeScript.PoolerVersion, "dpkg-query: no packages found matching pgbouncer", 1) is { Ok: false } pooler ? pooler.Detail : "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.18.0-1+deb12u1", true, true, "PgBouncer's package 1.18.0-1+deb12u1 is installed")]
    [InlineData("1.18.0-1", true, false, "; PgBouncer 1.18.0-1 lets who has not logged in run SQL (CVE-2025-12819)")]
    [InlineData("1.18.0-1", false, true, "; warning: PgBouncer 1.18.0-1 lets who has not logged in run SQL (CVE-2025-12819)")]
    public void A_pooler_of_an_unsafe_version_is_off_in_production_and_warned_of_elsewhere(string package, bool production, bool ok, string detail)
    {
        var check = Version(Node with { Role = NodeRole.Pooler, Production = production }, ProbeScript.PoolerVersion, package);

        Assert.Equal(ok, check.Ok);
        Assert.Contains(detail, check.Detail, StringComparison.Ordinal);
    }

    private static VerifyCheck Version(NodeExpectation node, string section, string text, int exitCode = 0) =>
        Assert.Single(Evaluate(node, section, text, exitCode), check => check.Name == "version");

    private static List<VerifyCheck> Checks(string text, int exitCode = 0) => Evaluate(Node, ProbeScript.Database, text, exitCode);

    private static List<VerifyCheck> Evaluate(NodeExpectation node, string section, string text, int exitCode) =>
        [.. DatabaseEvaluator.Evaluate(node, ProbeOutput.Parse($"@@section {section}\n{text}\n@@exit {exitCode}\n"))];
}
