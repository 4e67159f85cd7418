using AppStack.Components.Postgres.PgBouncer;

namespace AppStack.Components.Tests.Postgres.PgBouncer;

public sealed class PgBouncerVersionsTests
{
    [Theory]
    [InlineData("1.25.1-1.pgdg12+1")]
    [InlineData("1.25.2-1")]
    [InlineData("1.26-1")]
    [InlineData("2.0.0-1")]
    [InlineData("1.18.0-1+deb12u1")]
    [InlineData("1.18.0-1+deb12u12")]
    public void A_version_with_the_fix_is_good(string package) => Assert.Null(PgBouncerVersions.Unsafe(package));

    [Theory]
    [InlineData("1.18.0-1")]
    [InlineData("1.18.0-1+deb12u0")]
    [InlineData("1.18.0-1+deb12u")]
    [InlineData("1.17.0-4")]
    [InlineData("1.25.0-1.pgdg12+1")]
    [InlineData("1.25.1~rc1-1")]
    [InlineData("1.24-1")]
    public void A_version_without_it_is_told_with_what_to_use(string package) => Assert.Equal(
        $"PgBouncer {package} lets who has not logged in run SQL (CVE-2025-12819); use 1.25.1 or later, or Debian's package 1.18.0-1+deb12u1 or a later update of it",
        PgBouncerVersions.Unsafe(package));

    [Theory]
    [InlineData("")]
    [InlineData("unknown")]
    public void Of_what_is_no_version_nothing_is_known(string package) => Assert.Null(PgBouncerVersions.Unsafe(package));
}
