using AppStack.Components.Postgres;

namespace AppStack.Components.Tests.Postgres;

public sealed class PostgresVersionsTests
{
    [Theory]
    [InlineData("15.18 (Debian 15.18-0+deb12u1)", null)]
    [InlineData("15.14", null)]
    [InlineData("15.13 (Debian 15.13-0+deb12u1)", "PostgreSQL 15.13 has known holes; use 15.14 or later")]
    [InlineData("17.5", "PostgreSQL 17.5 has known holes; use 17.6 or later")]
    [InlineData("14.19 (Debian 14.19-1)", "PostgreSQL 14 gets no fixes any more; use 15 or later")]
    [InlineData("9.6.24", "PostgreSQL 9 gets no fixes any more; use 15 or later")]
    [InlineData("19devel", null)]
    [InlineData("", null)]
    public void The_version_that_runs_is_judged_like_that_of_a_package(string running, string? reason) => Assert.Equal(reason, PostgresVersions.UnsafeRunning(running));
}
