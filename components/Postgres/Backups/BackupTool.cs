namespace AppStack.Components.Postgres.Backups;

/// <summary>The tool of a repository node.</summary>
internal static class BackupTool
{
    // A cluster without a standby that streams is still backed up, from its leader: pgBackRest 2.45 has no such choice of its own.
    public const string Text = $$"""
        #!/bin/sh
        # Backups of database clusters with pgBackRest; written by AppStack.
        #   appstack-backup make CLUSTER-TYPE   a backup of type full, diff or incr, from a standby when one streams
        #   appstack-backup ensure CLUSTER      stanza, archiving and a first backup are there; changes nothing when they are
        set -eu
        fail() { echo "appstack-backup: $*" >&2; exit 1; }

        # pgBackRest's files belong to its user; what root leaves behind it could not write again.
        [ "$(id -u)" -ne 0 ] || exec setpriv --reuid={{BackupRepositoryRenderer.User}} --regid={{BackupRepositoryRenderer.User}} --init-groups env HOME=/ "$0" "$@"
        [ $# -eq 2 ] || fail "usage: make CLUSTER-TYPE, or ensure CLUSTER"

        # One at a time for each cluster, whoever asks: pgBackRest itself refuses the second.
        alone() { exec 9>"{{BackupPaths.Lock}}/$1.tool"; flock 9; }

        make() {
            if ! pgbackrest --stanza="$1" --type="$2" --backup-standby backup; then
                echo "appstack-backup: not from a standby; from the leader instead" >&2
                pgbackrest --stanza="$1" --type="$2" --no-backup-standby backup
            fi
        }

        case $1 in
        make)
            alone "${2%-*}"
            make "${2%-*}" "${2##*-}"
            ;;
        ensure)
            alone "$2"
            pgbackrest --stanza="$2" stanza-create
            pgbackrest --stanza="$2" check
            if ! pgbackrest --stanza="$2" --output=json info | grep -q '"label":"'; then make "$2" full; fi
            ;;
        *)
            fail "no verb '$1'"
            ;;
        esac

        """;
}
