namespace AppStack.Components.Postgres.Backups;

/// <summary>The tool of a node for restores.</summary>
internal static class RestoreTool
{
    // PostgreSQL refuses to replay WAL with fewer of some resources than the server had that wrote it; pg_controldata knows them.
    public const string Text = $$"""
        #!/bin/sh
        # Restores backups of database clusters beside them; written by AppStack.
        #   appstack-restore begin CLUSTER [MOMENT]   to a moment ('2026-11-26 13:02:43.9+00'), or to the end of the archive; starts the copy, which nobody reaches from elsewhere
        #   appstack-restore sql CLUSTER DATABASE     runs standard input in the copy
        #   appstack-restore end CLUSTER              stops and removes the copy
        #   appstack-restore list                     the copies that are here
        set -eu
        fail() { echo "appstack-restore: $*" >&2; exit 1; }
        now() { date +%s%3N; }

        as_postgres() { setpriv --reuid=postgres --regid=postgres --init-groups env HOME=/var/lib/postgresql "$@"; }

        cluster() {
            version=$(sed -n "s/^$1 //p" {{RestorePaths.Clusters}})
            [ -n "$version" ] || fail "there is no cluster '$1'; there are: $(cut -d' ' -f1 {{RestorePaths.Clusters}} | tr '\n' ' ')"
            data={{RestorePaths.State}}/$1
            unit=appstack-restored@$1.service
            bin=/usr/lib/postgresql/$version/bin
        }

        psql_here() { database=$1; shift; as_postgres "$bin/psql" -XAtq -v ON_ERROR_STOP=1 -h "$data" -d "$database" "$@"; }

        begin() {
            [ ! -e "$data" ] || fail "$data {{RestorePaths.ThereAlready}}; see whether somebody needs it, and remove it: appstack-restore end $1"
            started=$(now)
            as_postgres mkdir -m 0700 "$data"
            if [ -n "${2:-}" ]; then
                set -- "$1" --type=time "--target=$2" --target-action=promote
            else
                set -- "$1" --type=default
            fi
            name=$1
            shift
            if ! as_postgres pgbackrest --stanza="$name" --archive-mode=off "$@" restore >&2; then
                rm -rf "$data"
                fail "nothing was restored"
            fi
            # shellcheck disable=SC2016 # the inner shell expands it
            as_postgres sh -c 'umask 077; : >"$1/postgresql.conf"; : >"$1/pg_ident.conf"; echo "local all postgres peer" >"$1/pg_hba.conf"' sh "$data"
            restored=$(now)
            if ! systemctl start "$unit"; then
                journalctl --quiet --no-pager --output=cat --lines=12 --unit="$unit" >&2
                fail "the copy does not start; it stays in $data"
            fi
            until [ "$(psql_here postgres -c 'select pg_is_in_recovery()' 2>/dev/null)" = f ]; do
                if ! systemctl --quiet is-active "$unit"; then
                    journalctl --quiet --no-pager --output=cat --lines=12 --unit="$unit" >&2
                    fail "the copy ended before it was there; what is not in the archive cannot be restored. It stays in $data"
                fi
                sleep 0.05
            done
            printf '{"cluster":"%s","data":"%s","fetchMs":%d,"replayMs":%d}\n' "$name" "$data" $((restored - started)) $(($(now) - restored))
        }

        # What the unit runs, as postgres.
        serve() {
            setting() { LC_ALL=C "$bin/pg_controldata" -D "$data" | sed -n "s/^$1 setting: *//p"; }
            exec "$bin/postgres" -D "$data" -c listen_addresses= -c unix_socket_directories="$data" -c unix_socket_permissions=0700 -c hot_standby=on \
                -c max_connections="$(setting max_connections)" -c max_worker_processes="$(setting max_worker_processes)" -c max_wal_senders="$(setting max_wal_senders)" \
                -c max_prepared_transactions="$(setting max_prepared_xacts)" -c max_locks_per_transaction="$(setting max_locks_per_xact)"
        }

        case ${1:-}-$# in
        begin-2 | begin-3) cluster "$2"; begin "$2" "${3:-}" ;;
        sql-3) cluster "$2"; psql_here "$3" -f - ;;
        end-2) cluster "$2"; systemctl stop "$unit"; systemctl reset-failed "$unit" 2>/dev/null || true; rm -rf "$data" ;;
        serve-2) cluster "$2"; serve ;;
        list-1) ls {{RestorePaths.State}} ;;
        *) fail "usage: begin CLUSTER [MOMENT] | sql CLUSTER DATABASE | end CLUSTER | list" ;;
        esac

        """;
}
