using AppStack.Components.Postgres.PgBouncer;
using AppStack.Stacks.Environments;
using AppStack.Stacks.Environments.Reading;

namespace AppStack.Stacks.Tests;

public sealed class ServiceDatabaseTests
{
    private const string Docs = "  - { name: docs,     version: 15, rto: fast,     rpo: zero,    maxConnections: 400 }";

    [Fact]
    public void Services_become_databases_of_the_poolers()
    {
        var plan = PlatformPlan.Of(Read("  - { name: docs, version: 15, maxConnections: 400, services: [{ name: citizen-portal, pool: 50, readOnlyPool: 0 }] }"));

        var group = plan.Poolers.Single(found => found.Name == "docs");
        Assert.Equal(new PooledDatabaseSpec { Name = "citizen_portal", PoolSize = 50, ReadOnlyPoolSize = 0 }, Assert.Single(group.Databases));
        Assert.Equal(["docs-pooler-1", "docs-pooler-2"], group.Poolers.Select(pooler => pooler.Name));
        Assert.Equal("docs-db-1", group.FirstLeader);
        Assert.Contains("10.128.0.0/14", group.ClientNetworks);
        Assert.Empty(PgBouncerGroupValidator.Validate(group));
    }

    [Fact]
    public void Everything_wrong_with_services_is_reported_at_its_place()
    {
        var exception = Assert.Throws<DescriptorException>(() => Read("""
              - name: docs
                version: 15
                maxConnections: 100
                services:
                  - { name: pgbouncer }
                  - { name: portal, pool: 30, readOnlyPool: 1, extensions: [cidext] }
                  - { name: portal }
            """));

        Assert.Equal(
            [
                "databases[0].services[0].name: 'pgbouncer' is reserved",
                "databases[0].services[1].extensions[0]: 'cidext' is not an extension that services may have",
                "databases[0].services[2].name: the service 'portal' occurs twice",
                "databases[0].services: the poolers of docs could open 134 connections at one server: pgbouncer (10 + 5 + 2 for logins) x 2 = 34, portal (30 + 1 + 2 for logins) x 2 = 66, "
                    + "portal (10 + 5 + 2 for logins) x 2 = 34; it accepts 100, of which 20 are reserved",
            ],
            exception.Problems.OrderBy(found => found.Path.Length < 24).ThenBy(found => found.Path, StringComparer.Ordinal).Select(found => $"{found.Path}: {found.Wrong}"));
        Assert.All(exception.Problems, found => Assert.True(found.Line > 100, found.ToString()));
        Assert.Equal("did you mean 'citext'?", exception.Problems.Single(found => found.Path.Contains("extensions", StringComparison.Ordinal)).Right);
    }

    [Fact]
    public void Migrations_that_are_missing_or_misnamed_are_told_before_anything_is_done()
    {
        var folder = Directory.CreateTempSubdirectory("migrations-").FullName;
        try
        {
            Directory.CreateDirectory(Path.Combine(folder, "portal"));
            File.WriteAllText(Path.Combine(folder, "portal", "1_first.sql"), "select 1;");
            var environment = Read("""
                  - name: docs
                    version: 15
                    maxConnections: 400
                    services:
                      - { name: portal, migrations: portal }
                      - { name: payments, migrations: payments }
                """);

            var problems = Assert.Throws<DescriptorException>(() => PlatformPlan.Of(environment).ThrowIfWrong(environment, folder)).Problems;

            Assert.Equal(
                ["docs.portal.migrations[0]: '1_first.sql' is not the name of a migration", $"docs.payments.migrations: There is no folder {folder}/payments"],
                problems.Select(found => $"{found.Path}: {found.Wrong}".Split(';')[0]));
            Assert.Equal(1, problems[1].Line - problems[0].Line);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_cluster_that_follows_is_planned_with_whom_it_follows_and_without_backups()
    {
        var environment = Read("""
              - name: docs
                version: 15
                maxConnections: 400
            """);
        var refuge = environment.Databases.Single(found => found.Name == "docs") with { Name = "refuge", Follows = "registry", Poolers = [], Services = [] };
        var plan = PlatformPlan.Of(environment with { Databases = [.. environment.Databases.Where(found => found.Name != "docs"), refuge] });

        var followed = plan.Databases.Single(found => found.Name == "registry");
        var follower = plan.Databases.Single(found => found.Name == "refuge");
        Assert.Equal(followed.Nodes.Select(node => node.Name), follower.Source!.Nodes.Select(node => node.Name));
        Assert.Equal(follower.Nodes.Select(node => node.Address), followed.Followers.Select(node => node.Address));
        Assert.Null(follower.Backup);
        Assert.DoesNotContain(plan.Poolers, group => group.Name == "refuge");
    }

    [Fact]
    public void What_a_cluster_that_follows_cannot_have_is_told_at_its_place()
    {
        var problems = Assert.Throws<DescriptorException>(() => Read("""
              - name: docs
                version: 16
                maxConnections: 400
                follows: registry
                services:
                  - { name: portal }
            """)).Problems;

        Assert.Equal(
            ["databases[0].version", "databases[0].services"],
            problems.Where(found => found.Path.StartsWith("databases[0]", StringComparison.Ordinal)).Select(found => found.Path));
        Assert.Contains("did you mean", Assert.Throws<DescriptorException>(() => Read("""
              - name: docs
                version: 15
                follows: registri
            """)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("seq: 2, site: ath, rack: r2, addresses: [10.10.2.19,", "it has one pooler")]
    [InlineData("role: pooler,        seq: ", "it has no pooler nodes")]
    public void A_cluster_outside_of_labs_has_more_than_one_pooler(string removed, string wrong)
    {
        var text = File.ReadAllLines(Path.Combine(RepositoryFiles.Environments, "prod.example.yaml")).Where(line => !line.Contains("cluster: docs,     role: pooler", StringComparison.Ordinal) || !line.Contains(removed, StringComparison.Ordinal));

        var problems = Assert.Throws<DescriptorException>(() => EnvironmentReader.Read(new StringReader(string.Join('\n', text)), "prod.example", "prod.example.yaml")).Problems;

        Assert.Contains(problems, problem => problem.Wrong.StartsWith(wrong.Replace("it", "the database cluster docs", StringComparison.Ordinal), StringComparison.Ordinal));
    }

    private static EnvironmentSpec Read(string docs)
    {
        var text = File.ReadAllText(Path.Combine(RepositoryFiles.Environments, "prod.example.yaml"));
        Assert.Contains(Docs, text, StringComparison.Ordinal);
        return EnvironmentReader.Read(new StringReader(text.Replace(Docs, docs.TrimEnd(), StringComparison.Ordinal)), "prod.example", "prod.example.yaml");
    }
}
