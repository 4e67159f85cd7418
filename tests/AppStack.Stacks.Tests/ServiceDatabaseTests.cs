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
                "databases[0].services[1].readOnlyPool: one connection would be taken by the look-up of users",
                "databases[0].services[2].name: the service 'portal' occurs twice",
                "databases[0].services: the poolers of docs could open 122 connections at one server: pgbouncer (10 + 5) x 2 = 30, portal (30 + 1) x 2 = 62, "
                    + "portal (10 + 5) x 2 = 30; it accepts 100, of which 20 are reserved",
            ],
            exception.Problems.OrderBy(found => found.Path.Length < 24).ThenBy(found => found.Path, StringComparer.Ordinal).Select(found => $"{found.Path}: {found.Wrong}"));
        Assert.All(exception.Problems, found => Assert.True(found.Line > 100, found.ToString()));
        Assert.Equal("did you mean 'citext'?", exception.Problems.Single(found => found.Path.Contains("extensions", StringComparison.Ordinal)).Right);
    }

    private static EnvironmentSpec Read(string docs)
    {
        var text = File.ReadAllText(Path.Combine(RepositoryFiles.Environments, "prod.example.yaml"));
        Assert.Contains(Docs, text, StringComparison.Ordinal);
        return EnvironmentReader.Read(new StringReader(text.Replace(Docs, docs.TrimEnd(), StringComparison.Ordinal)), "prod.example", "prod.example.yaml");
    }
}
