using AppStack.Components.Nodes.Bundles;
using AppStack.Components.Postgres;
using AppStack.Components.Postgres.PgBouncer;
using AppStack.Components.Tests.Nodes;

namespace AppStack.Components.Tests.Postgres;

/// <summary>What a node makes of the versions that are known to be unsafe, with the real script and the real dpkg: the same as <c>verify</c>.</summary>
public sealed class UnsafeVersionsTests : IDisposable
{
    private readonly TemporaryNode _node = new();

    public void Dispose() => _node.Dispose();

    [Theory]
    [InlineData("15.18-0+deb12u1")]
    [InlineData("15.14-0+deb12u1")]
    [InlineData("15.14-1.pgdg12+1")]
    [InlineData("15.13-0+deb12u1")]
    [InlineData("15.9-1.pgdg12+1")]
    [InlineData("15.0-1")]
    public async Task PostgreSQL_is_judged_as_verify_judges_it(string version)
    {
        _node.Write("/packages/postgresql-15", version + "\n");

        var refused = (await _node.ApplyAsync(Bundle("postgresql-15") with { UnsafeVersions = PostgresVersions.OfPackage(15, "do so", refused: true) })).ExitCode != 0;

        Assert.Equal(PostgresVersions.Unsafe(15, version) is not null, refused);
    }

    [Theory]
    [InlineData("1.25.1-1.pgdg12+1")]
    [InlineData("1.25.2-1")]
    [InlineData("1.26-1")]
    [InlineData("2.0.0-1")]
    [InlineData("1.18.0-1+deb12u1")]
    [InlineData("1.18.0-1+deb12u12")]
    [InlineData("1.18.0-1+deb12u1+b1")]
    [InlineData("1.18.0-1")]
    [InlineData("1.18.0-1+deb12u0")]
    [InlineData("1.18.0-1+deb12u")]
    [InlineData("1.18.0-1+deb13u1")]
    [InlineData("1.18.0-2")]
    [InlineData("1.17.0-4")]
    [InlineData("1.25.0-1.pgdg12+1")]
    [InlineData("1.25.1~rc1-1")]
    [InlineData("1.24-1")]
    public async Task PgBouncer_is_judged_as_verify_judges_it(string version)
    {
        _node.Write("/packages/pgbouncer", version + "\n");

        var refused = (await _node.ApplyAsync(Bundle("pgbouncer") with { UnsafeVersions = PgBouncerVersions.OfPackage("do so", refused: true) })).ExitCode != 0;

        Assert.Equal(PgBouncerVersions.Unsafe(version) is not null, refused);
    }

    [Fact]
    public async Task A_refusal_says_which_version_what_is_wrong_with_it_and_what_to_do()
    {
        _node.Write("/candidates/pgbouncer", "1.18.0-1\n");
        _node.Write("/packages/postgresql-15", "15.13-0+deb12u1\n");
        var bundle = Bundle("pgbouncer", "postgresql-15");

        var answer = (await _node.ApplyAsync(bundle with { UnsafeVersions = [.. PgBouncerVersions.OfPackage("on a, update it", refused: true), .. PostgresVersions.OfPackage(15, "on b, update it", refused: true)] })).ShouldFail();

        Assert.Equal(
            """
            a version is known to be unsafe:
                pgbouncer 1.18.0-1 is what apt would install: lets who has not logged in run SQL (CVE-2025-12819); use 1.25.1 or later, or Debian's package 1.18.0-1+deb12u1 or a later update of it: on a, update it
                postgresql-15 15.13-0+deb12u1 is installed: has known holes; use 15.14 or later: on b, update it
            The node's configuration was not changed.

            """,
            answer.Errors);
    }

    [Fact]
    public void Of_a_major_version_that_nobody_has_read_about_nothing_is_known() => Assert.Empty(PostgresVersions.OfPackage(19, "", refused: true));

    private static Bundle Bundle(params string[] packages) => new() { Role = "database", Packages = [.. packages.Select(name => new BundlePackage(name))] };
}
