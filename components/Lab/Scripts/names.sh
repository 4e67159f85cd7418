# shellcheck shell=bash disable=SC2034
# Names, paths and small helpers. Everything that a lab leaves on the host is named here and nowhere else.

readonly CACHE=/var/cache/appstack/lab    # root file systems and package downloads, shared by all labs, survives `destroy`
readonly LABS=/var/lib/appstack/labs      # disks, keys and incarnations of the machines
readonly RUNTIME=/run/appstack/labs       # what a reboot of the host forgets: supervisors, locks, links
readonly INOTIFY_SAVED=/run/appstack/max_user_instances   # the host's own value while labs need more

die() { printf 'appstack-lab: %s\n' "$*" >&2; exit 1; }
note() { printf '%s\n' "$*" >&2; }

# Names become parts of paths, interfaces and cgroups.
check_name() { # WHAT NAME
  [[ $2 =~ ^[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?$ ]] ||
    die "$1 name '$2' is not valid: use 1 to 32 lower-case letters, digits and hyphens, not starting or ending with a hyphen"
}

lab_dir() { printf '%s/%s' "$LABS" "$1"; }                                # LAB
lab_run() { printf '%s/%s' "$RUNTIME" "$1"; }                             # LAB
machine_dir() { printf '%s/%s/machines/%s' "$LABS" "$1" "$2"; }           # LAB MACHINE
machine_run() { printf '%s/%s/machines/%s' "$RUNTIME" "$1" "$2"; }        # LAB MACHINE
network_dir() { printf '%s/%s/networks/%s' "$LABS" "$1" "$2"; }           # LAB NETWORK
# A dot separates, because no name has one: machine `b-c` of lab `a` is not machine `c` of lab `a-b`.
machine_netns() { printf 'appstack-%s.%s' "$1" "$2"; }                    # LAB MACHINE
machine_unit() { printf 'appstack-lab-%s.%s.service' "$1" "$2"; }         # LAB MACHINE
switch_netns() { printf 'appstack-%s' "$1"; }                             # LAB

digest() { printf '%s' "$*" | sha256sum | cut -c1-12; }

# Linux limits interface names to 15 characters; longer ones keep their beginning and get a digest.
interface_name() { # NAME
  if ((${#1} <= 15)); then printf '%s' "$1"; else printf '%s-%s' "${1:0:8}" "$(digest "$1" | cut -c1-6)"; fi
}
host_interface() { interface_name "as-$1.$2"; }                           # LAB NETWORK
switch_port() { interface_name "$1-$2"; }                                 # MACHINE INDEX

# A locally administered address that stays the same over every boot: neighbours need not learn it again.
mac_address() { # WORD...
  local h
  h=$(digest "$*")
  printf '02:%s:%s:%s:%s:%s' "${h:0:2}" "${h:2:2}" "${h:4:2}" "${h:6:2}" "${h:8:2}"
}

# Runs FUNCTION while holding a lock; a killed holder releases it, because the kernel closes its descriptor.
# The descriptor is 9: whatever outlives this script must be started with `9>&-`.
with_lock() { # FILE FUNCTION [ARGUMENT...]
  local file=$1
  shift
  mkdir -p "$(dirname "$file")"
  (
    flock 9
    "$@"
  ) 9>"$file"
}

# The names in a directory, none when there is no such directory.
entries() { # DIRECTORY [FIND_TEST...]
  local directory=$1
  shift
  find "$directory" -mindepth 1 -maxdepth 1 "$@" -printf '%f\n' 2>/dev/null | sort || true
}

write_file() { # FILE CONTENT: atomic, so that a reader never sees half of it
  mkdir -p "$(dirname "$1")"
  printf '%s\n' "$2" >"$1.new.$$"
  mv -f "$1.new.$$" "$1"
}

# The program passes the incarnation that a resource shall have; it is recorded after success only, so that an
# interrupted `up` is seen as unfinished. By hand there is none, and the recorded one stays.
write_incarnation() { # DIRECTORY
  local value=${APPSTACK_INCARNATION:-}
  [[ -n $value ]] || value=$(cat "$1/incarnation" 2>/dev/null || echo 1)
  write_file "$1/incarnation" "$value"
}

host_has_systemd() { [[ -d /run/systemd/system ]]; }
