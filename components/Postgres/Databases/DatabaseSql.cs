namespace AppStack.Components.Postgres.Databases;

/// <summary>
/// Renders the SQL that makes a service's database: owner, privileges of its roles on all that is and all that will be there,
/// extensions, the look-up of its users for PgBouncer, and the record of migrations. Safe to run again.
/// </summary>
public static class DatabaseSql
{
    /// <summary>Renders a database. The roles must be there.</summary>
    /// <param name="spec">The database; must be valid.</param>
    /// <returns>The script for <c>psql</c>; it begins in the database <c>postgres</c>.</returns>
    public static string Render(DatabaseSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var (name, owner) = (spec.Name, DatabaseNames.Owner(spec.Name));
        var (runtime, reader) = (spec.Role(DatabaseRoleKind.Runtime).Group, spec.Role(DatabaseRoleKind.ReadOnly).Group);
        const string pooler = PostgresUsers.PoolerAuthentication;
        var verification = DatabaseRoleSpec.Verification(0).Group;
        var extensions = string.Concat(spec.Extensions.Select(e => $"CREATE EXTENSION IF NOT EXISTS \"{e}\" SCHEMA public;\n"));
        return $"""
            -- Database {name} of the service with the same name, written by AppStack.
            SET client_min_messages = warning;
            DO $check$ BEGIN
                IF EXISTS (SELECT FROM pg_database WHERE datname = '{name}' AND pg_get_userbyid(datdba) <> '{owner}') THEN
                    RAISE EXCEPTION 'the database {name} is there already and belongs to somebody else; a service gets a database of its own'
                        USING HINT = 'Choose another name, or hand it over: ALTER DATABASE "{name}" OWNER TO {owner}.';
                END IF;
            END $check$;
            SELECT 'CREATE DATABASE "{name}" OWNER {owner} TEMPLATE template0 ENCODING UTF8 LOCALE ''C.UTF-8''' WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '{name}') \gexec
            BEGIN;
            {RoleSql.Lock}
            {RoleSql.Create(verification)}
            ALTER DATABASE "{name}" CONNECTION LIMIT {spec.ConnectionLimit};
            REVOKE ALL ON DATABASE "{name}" FROM PUBLIC;
            GRANT CONNECT ON DATABASE "{name}" TO {runtime}, {reader}, {pooler}, {verification};
            COMMIT;
            \connect "{name}"
            SET client_min_messages = warning;
            BEGIN;
            {RoleSql.Lock}

            -- PgBouncer asks who may log in: the database's own users, and who tries whether one can.
            CREATE SCHEMA IF NOT EXISTS pgbouncer;
            REVOKE ALL ON SCHEMA pgbouncer FROM PUBLIC;
            CREATE OR REPLACE FUNCTION pgbouncer.user_lookup(IN i_username text, OUT uname text, OUT phash text)
                LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
                AS $lookup$
                SELECT rolname, rolpassword FROM pg_authid
                WHERE rolname = i_username AND rolcanlogin AND NOT rolsuper AND NOT rolreplication
                    AND (rolvaliduntil IS NULL OR rolvaliduntil > now())
                    AND (pg_has_role(oid, '{owner}', 'MEMBER') OR pg_has_role(oid, '{runtime}', 'MEMBER') OR pg_has_role(oid, '{reader}', 'MEMBER')
                        OR pg_has_role(oid, '{verification}', 'MEMBER'))
                $lookup$;
            REVOKE ALL ON FUNCTION pgbouncer.user_lookup(text) FROM PUBLIC;
            GRANT USAGE ON SCHEMA pgbouncer TO {pooler};
            GRANT EXECUTE ON FUNCTION pgbouncer.user_lookup(text) TO {pooler};

            -- What the owner makes, the service may use and readers may read.
            ALTER SCHEMA public OWNER TO {owner};
            REVOKE ALL ON SCHEMA public FROM PUBLIC;
            GRANT USAGE ON SCHEMA public TO {runtime}, {reader};
            ALTER DEFAULT PRIVILEGES FOR ROLE {owner} REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
            ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {runtime};
            ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {runtime};
            ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public GRANT EXECUTE ON FUNCTIONS TO {runtime};
            ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public GRANT SELECT ON TABLES TO {reader};
            ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public GRANT SELECT ON SEQUENCES TO {reader};
            {extensions}
            -- Which migrations were run.
            CREATE SCHEMA IF NOT EXISTS appstack;
            ALTER SCHEMA appstack OWNER TO {owner};
            REVOKE ALL ON SCHEMA appstack FROM PUBLIC;
            CREATE TABLE IF NOT EXISTS appstack.migration (
                name text COLLATE "C" PRIMARY KEY,
                hash text NOT NULL,
                applied timestamptz NOT NULL DEFAULT now(),
                applied_by text NOT NULL DEFAULT session_user
            );
            ALTER TABLE appstack.migration OWNER TO {owner};

            -- Runs one file inside of a function: it cannot end the transaction in between, and psql does not interpret it. It is told where the file's
            -- statements begin, so that it can say in which line one failed.
            DROP FUNCTION IF EXISTS appstack.migrate(text, text);
            CREATE OR REPLACE FUNCTION appstack.migrate(file text, body text, starts int[]) RETURNS text LANGUAGE plpgsql AS $migrate$
            DECLARE
                fresh text := encode(sha256(convert_to(body, 'UTF8')), 'hex');
                known text;
                later text;
                before text := '';
                what text;
                detail text;
                hint text;
                place text;
                state text;
            BEGIN
                SELECT hash INTO known FROM appstack.migration WHERE name = file;
                IF known = fresh THEN
                    RETURN 'known';
                ELSIF known IS NOT NULL THEN
                    RAISE EXCEPTION 'migration % has changed since it was applied', file
                        USING DETAIL = format('It was applied with SHA-256 %s and now has %s.', known, fresh), HINT = 'Put it back as it was, and write a new file for what shall be different.';
                END IF;
                SELECT min(name) INTO later FROM appstack.migration WHERE name > file COLLATE "C";
                IF later IS NOT NULL THEN
                    RAISE EXCEPTION 'migration % comes before %, which was applied already', file, later USING HINT = 'Give it a number after that one.';
                END IF;
                BEGIN
                    FOR i IN 1 .. cardinality(starts) LOOP
                        before := left(body, starts[i] - 1);
                        EXECUTE substr(body, starts[i], coalesce(starts[i + 1], length(body) + 1) - starts[i]);
                    END LOOP;
                EXCEPTION WHEN OTHERS THEN
                    GET STACKED DIAGNOSTICS what = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT, place = PG_EXCEPTION_CONTEXT, state = RETURNED_SQLSTATE;
                    RAISE EXCEPTION 'migration % failed in line %: %', file, 1 + length(before) - length(replace(before, E'\n', '')), what USING ERRCODE = state, DETAIL = concat_ws(E'\n', nullif(detail, ''), left(place, 2000)), HINT = hint;
                END;
                SET CONSTRAINTS ALL IMMEDIATE;
                INSERT INTO appstack.migration (name, hash) VALUES (file, fresh);
                RETURN 'applied';
            END
            $migrate$;
            REVOKE ALL ON FUNCTION appstack.migrate(text, text, int[]) FROM PUBLIC;
            GRANT EXECUTE ON FUNCTION appstack.migrate(text, text, int[]) TO {owner};
            COMMIT;

            """;
    }
}
