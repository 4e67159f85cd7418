using AppStack.Testing;

namespace AppStack.Postgres.Tests;

/// <summary>A test against a real PostgreSQL and PgBouncer. <c>./appstack test</c> installs them; without them the test is skipped, visibly.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute()
    {
        if (!PostgresServer.IsInstalled || !File.Exists("/usr/sbin/pgbouncer"))
        {
            Skip = "Needs the packages postgresql-15 and pgbouncer.";
        }
    }
}
