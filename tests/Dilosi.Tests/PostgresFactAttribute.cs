using AppStack.Testing;

namespace Dilosi.Tests;

/// <summary>A test that needs PostgreSQL on this machine; skipped where it is not installed.</summary>
public sealed class PostgresFactAttribute : FactAttribute
{
    /// <summary>Skips where there is none.</summary>
    public PostgresFactAttribute()
    {
        if (!PostgresServer.IsInstalled)
        {
            Skip = "PostgreSQL 15 is not installed";
        }
    }
}
