using System.Collections.Immutable;

namespace AppStack.Components.Postgres.Databases;

/// <summary>Extensions that services may have: those of Debian's packages that PostgreSQL itself calls trusted, which cannot reach beyond their database.</summary>
public static class DatabaseExtensions
{
    /// <summary>Their names.</summary>
    public static ImmutableArray<string> Allowed { get; } =
    [
        "btree_gin", "btree_gist", "citext", "cube", "dict_int", "fuzzystrmatch", "hstore", "intarray", "isn", "lo", "ltree", "pg_trgm", "pgcrypto",
        "seg", "tablefunc", "tcn", "tsm_system_rows", "tsm_system_time", "unaccent", "uuid-ossp",
    ];
}
