namespace AppStack.Components.Postgres.Backups;

/// <summary>The tool of a repository node.</summary>
internal static class BackupTool
{
    // A cluster without a standby that streams is still backed up, from its leader: pgBackRest 2.45 has no such choice of its own.
    public const string Text = $$$"""
        #!/bin/sh
        # Backups of database clusters with pgBackRest; written by AppStack.
        #   appstack-backup make CLUSTER-TYPE   a backup of type full, diff or incr, from a standby when one streams
        #   appstack-backup ensure CLUSTER      stanza, archiving and a first backup are there; changes nothing when they are
        #   appstack-backup prove CLUSTER       reads all that is kept and compares checksums; after each full backup
        #   appstack-backup metrics             the same in short, for Prometheus
        #   appstack-backup status              what there is, and which WAL is missing in between, as JSON
        set -eu
        fail() { echo "appstack-backup: $*" >&2; exit 1; }

        # pgBackRest's files belong to its user; what root leaves behind it could not write again.
        [ "$(id -u)" -ne 0 ] || exec setpriv --reuid={{{BackupRepositoryRenderer.User}}} --regid={{{BackupRepositoryRenderer.User}}} --init-groups env HOME=/ "$0" "$@"
        case ${1:-}-$# in
        status-1 | metrics-1 | make-2 | prove-2 | ensure-2) ;;
        *) fail "usage: make CLUSTER-TYPE, prove CLUSTER, ensure CLUSTER, or status" ;;
        esac

        # One at a time for each cluster, whoever asks: pgBackRest itself refuses the second.
        alone() { exec 9>"{{{BackupPaths.Lock}}}/$1.tool"; flock 9; }

        make() {
            if ! pgbackrest --stanza="$1" --type="$2" --backup-standby backup; then
                echo "appstack-backup: not from a standby; from the leader instead" >&2
                pgbackrest --stanza="$1" --type="$2" --no-backup-standby backup
            fi
        }

        # pgBackRest 2.45 says what is wrong and succeeds all the same.
        prove() {
            said=$(pgbackrest --stanza="$1" verify 2>&1) || fail "$said"
            case $said in *"status: error"*) fail "what is kept of $1 is damaged: $said" ;; esac
        }

        # Segments that are missing between others of their time line, as "first-last".
        gaps() {
            for id in $(pgbackrest repo-ls "archive/$1" | grep -E '^[0-9]+-[0-9]+$'); do
                pgbackrest repo-ls --recurse "archive/$1/$id" | perl -ne '
                    m{/([0-9A-F]{8})([0-9A-F]{8})([0-9A-F]{8})-[^/]*\z} or next;
                    $number{$1}{hex($2) * 256 + hex $3} = 1;
                    END {
                        for my $line (sort keys %number) {
                            my $last;
                            for my $number (sort { $a <=> $b } keys %{$number{$line}}) {
                                print join("-", map { sprintf "%s%08X%08X", $line, $_ / 256, $_ % 256 } $last + 1, $number - 1), "\n" if defined $last && $number > $last + 1;
                                $last = $number;
                            }
                        }
                    }'
            done
        }

        clusters() { sed -n 's/^\[\([^]:]*\)\]$/\1/p' {{{BackupPaths.Configuration}}} | grep -v '^global$'; }

        # The last value of a key in what pgBackRest says.
        last() { grep -o "$1[0-9A-F]*" | tail -n 1 | sed "s/.*[^0-9A-F]//"; }

        # WAL that is missing before the last backup takes nothing from what comes after it.
        metrics() {
            for cluster in $(clusters); do
                said=$(pgbackrest --stanza="$cluster" --output=json info)
                needed=$(printf '%s' "$said" | last '"archive":{"start":"')
                open=$(gaps "$cluster" | awk -v needed="$needed" 'substr($0, 9) "" > substr(needed, 9) "" { n++ } END { print n + 0 }')
                backup=$(printf '%s' "$said" | grep -o '"timestamp":{"start":[0-9]*,"stop":[0-9]*' | tail -n 1 | sed 's/.*://')
                size=$(printf '%s' "$said" | grep -o '"repository":{"delta":[0-9]*' | tail -n 1 | sed 's/.*://')
                damaged=$(printf '%s' "$said" | grep -c '"error":true' || true)
                printf 'appstack_backup_count{database="%s"} %s\n' "$cluster" "$(printf '%s' "$said" | grep -o '"label":"' | wc -l)"
                printf 'appstack_backup_last_timestamp_seconds{database="%s"} %s\n' "$cluster" "${backup:-0}"
                printf 'appstack_backup_last_bytes{database="%s"} %s\n' "$cluster" "${size:-0}"
                printf 'appstack_backup_faults{database="%s"} %s\n' "$cluster" "$((damaged + $(printf '%s' "$said" | grep -o '"status":{"code":[0-9]*' | tail -n 1 | sed 's/.*://')))"
                printf 'appstack_backup_wal_gaps{database="%s"} %s\n' "$cluster" "$open"
            done
        }

        case $1 in
        metrics)
            metrics
            ;;
        make)
            alone "${2%-*}"
            make "${2%-*}" "${2##*-}"
            [ "${2##*-}" != full ] || prove "${2%-*}"
            ;;
        prove)
            prove "$2"
            ;;
        status)
            printf '{"stanzas":%s,"gaps":{' "$(pgbackrest --output=json info)"
            separator=
            clusters | while read -r cluster; do
                printf '%s"%s":[%s]' "$separator" "$cluster" "$(gaps "$cluster" | sed 's/.*/"&"/' | paste -sd,)"
                separator=,
            done
            echo '}}'
            ;;
        ensure)
            alone "$2"
            # A cluster may be changing its leader, which any of these three does not survive and a later attempt does.
            for attempt in 1 2 3; do
                if pgbackrest --stanza="$2" stanza-create && pgbackrest --stanza="$2" check &&
                    { pgbackrest --stanza="$2" --output=json info | grep -q '"label":"' || make "$2" full; }; then
                    exit 0
                fi
                echo "appstack-backup: attempt $attempt failed" >&2
                sleep 5
            done
            exit 1
            ;;
        esac

        """;
}
