using System.Security.Cryptography;
using AppStack.Components.Postgres;
using AppStack.Components.Postgres.Databases;

namespace AppStack.Operations.Databases;

/// <summary>
/// A role of the service's own kind with a schema of its own in the service's database, for as long as an operation lasts. Only SQL is made here;
/// who runs it is the caller's business.
/// </summary>
/// <param name="schema">The schema, and what roles' names begin with.</param>
/// <param name="database">The service's database.</param>
internal sealed class TemporaryRole(string schema, string database)
{
    /// <summary>The role. A name of its own for each operation: poolers keep connections of a role for a while, also when it was dropped and made again.</summary>
    public string Name { get; } = $"{schema}_{RandomNumberGenerator.GetString("abcdefghijkmnopqrstuvwxyz", 8)}";

    /// <summary>Its password; secret.</summary>
    public string Password { get; } = RandomNumberGenerator.GetString("abcdefghijkmnopqrstuvwxyz23456789", 32);

    /// <summary>Removes schema and role, also those of an operation that could not tidy up.</summary>
    public string Removal { get; } = $"""
        set client_min_messages = warning;
        drop schema if exists {schema} cascade;
        select 'drop owned by ' || rolname from pg_roles where rolname like '{schema}\_%' \gexec
        select 'drop role ' || rolname from pg_roles where rolname like '{schema}\_%' \gexec

        """;

    /// <summary>Makes both, after <see cref="Removal"/>. The server sees the password's verifier only.</summary>
    public string Creation => $"""
        {Removal}
        {RoleSql.Unlogged}
        create role {Name} login nosuperuser password '{ScramVerifier.Of(Password, RandomNumberGenerator.GetBytes(ScramVerifier.SaltBytes))}';
        grant {new DatabaseRoleSpec { Database = database, Kind = DatabaseRoleKind.Runtime }.Group} to {Name};
        create schema {schema} authorization {Name};

        """;
}
