namespace AppStack.Components.Postgres.Databases;

/// <summary>What a role of a service's database is for.</summary>
public enum DatabaseRoleKind
{
    /// <summary>Changes the schema: acts as the database's owner.</summary>
    Migration,

    /// <summary>What the running service uses: reads and writes rows, changes no schema.</summary>
    Runtime,

    /// <summary>Reads rows; for reports and people.</summary>
    ReadOnly,
}
