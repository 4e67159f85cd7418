# shellcheck shell=bash
# Machines: systemd-nspawn on an overlay of the image's layers, each in a network namespace and a cgroup of its own, under
# a supervisor that starts it again after a reboot from inside and leaves it off after a power-off.

machine_up() { # LAB MACHINE [--packages "NAME..."] [--kubernetes yes] [--link NETWORK=ADDRESS[,ADDRESS]]... [--route DESTINATION=GATEWAY]...
  local lab=$1 machine=$2
  shift 2
  check_name machine "$machine"
  with_lock "$(machine_run "$lab" "$machine")/lock" ensure_machine "$lab" "$machine" "$@"
  with_lock "$(lab_run "$lab")/lock" write_known_hosts "$lab"
  write_incarnation "$(machine_dir "$lab" "$machine")"
  describe_machine "$lab" "$machine"
}

ensure_machine() { # LAB MACHINE OPTION...
  local lab=$1 machine=$2 packages=() links=() routes=() kubernetes='' wanted
  shift 2
  wanted="$*"
  while (($# > 0)); do
    case $1 in
      --packages) read -ra packages <<<"$2" ;;
      --kubernetes) kubernetes=$2 ;;
      --link) links+=("$2") ;;
      --route) routes+=("$2") ;;
      *) die "machine-up: unknown option '$1'" ;;
    esac
    shift 2
  done
  ((${#links[@]} > 0)) || die "machine-up $lab $machine: at least one --link NETWORK=ADDRESS/LENGTH is needed"
  ensure_disk "$lab" "$machine" "${packages[@]}"
  [[ $kubernetes != yes ]] || ensure_container_host "$lab" "$machine"
  ensure_links "$lab" "$machine" "$wanted" "${links[@]}"
  ensure_routes "$lab" "$machine" "${routes[@]}"
  write_file "$(machine_dir "$lab" "$machine")/addresses" "$(printf '%s\n' "${links[@]#*=}" | tr ',' '\n' | cut -d/ -f1)"
  start_machine "$lab" "$machine"
  wait_for_ssh "$lab" "$machine"
}

# What later resources need: the disk's identity (a fresh disk must be configured again) and the host key to pin.
describe_machine() { # LAB MACHINE
  local dir
  dir=$(machine_dir "$1" "$2")
  printf '{"diskId":"%s","hostKey":"%s"}\n' "$(cat "$dir/disk-id")" "$(cut -d' ' -f1,2 "$dir/upper/etc/ssh/ssh_host_ed25519_key.pub")"
}

# For everybody who logs in: the host keys are known, so nothing has to be trusted at first sight.
write_known_hosts() { # LAB
  local dir addresses key lines=''
  for dir in "$(lab_dir "$1")"/machines/*/; do
    [[ -e $dir/addresses && -e $dir/disk-id ]] || continue
    # A machine that is being removed at this moment may lose its files between two lines.
    addresses=$(paste -sd, "$dir/addresses" 2>/dev/null) || continue
    key=$(cut -d' ' -f1,2 "$dir/upper/etc/ssh/ssh_host_ed25519_key.pub" 2>/dev/null) || continue
    lines+="$addresses $key"$'\n'
  done
  write_file "$(lab_dir "$1")/ssh/known_hosts" "${lines%$'\n'}"
}

ensure_disk() { # LAB MACHINE PACKAGE...
  local dir key
  dir=$(machine_dir "$1" "$2") key=$(lab_dir "$1")/ssh/id_ed25519.pub
  local lab=$1 machine=$2
  shift 2
  if [[ -e $dir/disk-id ]]; then
    [[ $(cat "$dir/packages") == "$*" ]] ||
      die "machine $machine of lab $lab was made with the packages '$(cat "$dir/packages")', not '$*'; remove it first (appstack-lab machine-down $lab $machine)"
  fi
  # The disk's id is written last: a disk without one was never finished and is made again.
  if [[ ! -e $dir/disk-id ]]; then
    stop_machine "$lab" "$machine"
    unmount_all "$dir"
    rm -rf "$dir"
    mkdir -p "$dir/upper" "$dir/work" "$dir/root"
    ensure_image "$@"
    lower_directories "$@" >"$dir/lower"
    printf '%s\n' "$*" >"$dir/packages"
  fi
  if ! mountpoint -q "$dir/root"; then
    # A disk keeps the layers that it was made on, also when newer ones would be built today.
    mount -t overlay "appstack-$lab.$machine" -o "lowerdir=$(cat "$dir/lower"),upperdir=$dir/upper,workdir=$dir/work" "$dir/root"
  fi
  if [[ ! -e $dir/disk-id ]]; then
    printf '%s\n' "$machine" >"$dir/root/etc/hostname"
    printf '127.0.0.1 localhost\n127.0.1.1 %s\n::1 localhost ip6-localhost\n' "$machine" >"$dir/root/etc/hosts"
    ssh-keygen -q -t ed25519 -N '' -C "$machine" -f "$dir/root/etc/ssh/ssh_host_ed25519_key"
    install -d -m 700 "$dir/root/root/.ssh"
    install -m 600 "$key" "$dir/root/root/.ssh/authorized_keys"
    local id
    id=$(cat /proc/sys/kernel/random/uuid)
    printf '%s\n' "${id//-/}" >"$dir/root/etc/machine-id"
    write_file "$dir/disk-id" "$id"
  fi
}

# Links are made anew when they differ from what was asked for the last time, or when one side is gone.
ensure_links() { # LAB MACHINE WANTED NETWORK=ADDRESS[,ADDRESS]...
  local lab=$1 machine=$2 wanted=$3 ns switch state link network port address index=0
  shift 3
  ns=$(machine_netns "$lab" "$machine") switch=$(switch_netns "$lab") state=$(machine_run "$lab" "$machine")/links
  if ! ip netns exec "$ns" true 2>/dev/null; then
    ip netns del "$ns" 2>/dev/null || rm -f "/run/netns/$ns"
    ip netns add "$ns"
    rm -f "$state"
    ip -n "$ns" link set lo up
  fi
  for ((index = 0; index < $#; index++)); do
    # A veth's ends live and die together.
    ip -n "$ns" link show "eth$index" >/dev/null 2>&1 || rm -f "$state"
  done
  [[ -e $state && $(cat "$state") == "$wanted" ]] && return 0
  remove_links "$lab" "$machine"
  index=0
  for link in "$@"; do
    network=${link%%=*} port=$(switch_port "$machine" "$index")
    ip -n "$switch" link show "br-$network" >/dev/null 2>&1 || die "machine $machine: lab $lab has no network '$network' (or it is not up)"
    ip -n "$switch" link add "$port" type veth peer name "eth$index" address "$(mac_address "$lab" "$machine" "$index")" netns "$ns"
    ip -n "$switch" link set "$port" master "br-$network" up
    while read -r address; do
      [[ -z $address ]] || add_address "$ns" "eth$index" "$address"
    done < <(tr ',' '\n' <<<"${link#*=}")
    ip -n "$ns" link set "eth$index" up
    index=$((index + 1))
  done
  write_file "$state" "$wanted"
}

ensure_routes() { # LAB MACHINE DESTINATION=GATEWAY...
  local ns route family
  ns=$(machine_netns "$1" "$2")
  shift 2
  for route in "$@"; do
    if [[ ${route#*=} == *:* ]]; then family=-6; else family=-4; fi
    # A routing daemon's own routes win by their metric; this one is the fallback.
    ip "$family" -n "$ns" route replace "${route%%=*}" via "${route#*=}"
  done
}

remove_links() { # LAB MACHINE
  local ns switch index
  ns=$(machine_netns "$1" "$2") switch=$(switch_netns "$1")
  for index in 0 1 2 3 4 5 6 7; do
    ip -n "$switch" link del "$(switch_port "$2" "$index")" 2>/dev/null || true
    ip -n "$ns" link del "eth$index" 2>/dev/null || true
  done
}

# "PID START": the start time tells our supervisor from a stranger that got the same number.
process_identity() { # PID
  local stat fields
  stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 1
  read -ra fields <<<"${stat##*) }"
  # A dead process stays visible until its parent has looked, which not every PID 1 does. Field 3 is the state, 22 the start.
  [[ ${fields[0]} != [ZX] ]] || return 1
  printf '%s %s' "$1" "${fields[19]}"
}

machine_runs() { # LAB MACHINE
  local recorded
  recorded=$(cat "$(machine_run "$1" "$2")/supervisor" 2>/dev/null) || return 1
  [[ $(process_identity "${recorded%% *}") == "$recorded" ]]
}

start_machine() { # LAB MACHINE
  local lab=$1 machine=$2 run
  run=$(machine_run "$lab" "$machine")
  machine_runs "$lab" "$machine" && return
  # Without its supervisor a machine's processes may still be there; two of it must never run.
  stop_machine "$lab" "$machine"
  mkdir -p "$run"
  raise_limits
  if host_has_systemd; then
    systemd-run --quiet --collect --unit="$(machine_unit "$lab" "$machine")" --description="AppStack lab $lab: $machine" \
      --property=Delegate=yes --property=KillMode=mixed --property=TasksMax=infinity -- "$(readlink -f "$0")" supervise "$lab" "$machine" 9>&-
  else
    setsid -f "$(readlink -f "$0")" supervise "$lab" "$machine" </dev/null >/dev/null 2>&1 9>&-
  fi
}

# Runs for as long as the machine does.
supervise() { # LAB MACHINE
  local lab=$1 machine=$2 dir run status files options=()
  dir=$(machine_dir "$lab" "$machine") run=$(machine_run "$lab" "$machine")
  files=$(ulimit -Hn)
  [[ $files != unlimited ]] || files=infinity
  # Nothing of whoever called holds on to it: neither its output nor its working directory nor anything else that it had open, such as a lock.
  # What bash reads this script from (255) stays.
  cd /
  exec </dev/null >>"$dir/console.log" 2>&1
  local open
  for open in /proc/self/fd/*; do
    open=${open##*/}
    ((open <= 2 || open == 255)) || eval "exec $open>&-"
  done
  host_has_systemd || join_cgroups "$lab" "$machine"
  mapfile -t options < <(container_host_options "$lab" "$machine")
  write_file "$run/supervisor" "$(process_identity $$)"
  while :; do
    status=0
    # CAP_NET_ADMIN and a writable /proc/sys/net: addresses, routes, nftables and sysctls of its own namespace.
    SYSTEMD_NSPAWN_API_VFS_WRITABLE=network systemd-nspawn --quiet --register=no --keep-unit --boot \
      --directory="$dir/root" --machine="$lab.$machine" --hostname="$machine" \
      --network-namespace-path="/run/netns/$(machine_netns "$lab" "$machine")" \
      --capability=CAP_NET_ADMIN --rlimit=RLIMIT_NOFILE=1024:"$files" \
      --console=pipe --resolv-conf=off --timezone=off --link-journal=no --kill-signal=SIGRTMIN+3 "${options[@]}" || status=$?
    # systemd-nspawn's way to say that the machine asked to be started again.
    ((status == 133)) || break
  done
  rm -f "$run/supervisor"
}

# All mounted cgroup hierarchies: one directory on a cgroup v2 host, one per controller before.
cgroup_roots() { awk '$3 == "cgroup" || $3 == "cgroup2" { print $2 }' /proc/self/mounts; }

# Without a systemd on the host nspawn would put all machines into the same cgroup, and their systemds could neither tell
# apart nor kill their services.
join_cgroups() { # LAB MACHINE
  local root group
  while read -r root; do
    group=$root/appstack/$1/$2
    mkdir -p "$group"
    if [[ -e $root/cpuset.cpus && -e $group/cpuset.cpus ]]; then
      local level
      for level in "$root/appstack" "$root/appstack/$1" "$group"; do
        cat "$root/cpuset.cpus" >"$level/cpuset.cpus"
        cat "$root/cpuset.mems" >"$level/cpuset.mems"
      done
    fi
    echo $$ >"$group/cgroup.procs"
  done < <(cgroup_roots)
}

# The machine's cgroups, wherever the host's init system put them.
machine_cgroups() { # LAB MACHINE
  local root group
  while read -r root; do
    for group in "$root/appstack/$1/$2" "$root/system.slice/$(machine_unit "$1" "$2")"; do
      [[ -d $group ]] && printf '%s\n' "$group"
    done
  done < <(cgroup_roots)
  return 0
}

machine_processes() { # LAB MACHINE
  local group
  machine_cgroups "$1" "$2" | while read -r group; do
    find "$group" -name cgroup.procs -exec cat {} + 2>/dev/null || true
  done | sort -un
}

# PID 1 of the machine as the host numbers it.
machine_leader() { # LAB MACHINE
  local pid
  for pid in $(machine_processes "$1" "$2"); do
    awk '/^NSpid:/ && NF == 3 && $3 == 1 { found = 1 } END { exit !found }' "/proc/$pid/status" 2>/dev/null && { echo "$pid"; return; }
  done
  return 1
}

# As if the power went away: every process of the machine dies at the same moment.
stop_machine() { # LAB MACHINE
  local lab=$1 machine=$2 group pids _
  for _ in {1..200}; do
    machine_cgroups "$lab" "$machine" | while read -r group; do
      thaw "$group"
      [[ ! -e $group/cgroup.kill ]] || echo 1 >"$group/cgroup.kill"
    done
    pids=$(machine_processes "$lab" "$machine")
    [[ -n $pids ]] || break
    # shellcheck disable=SC2086
    kill -KILL $pids 2>/dev/null || true
    sleep 0.02
  done
  [[ -z $pids ]] || die "processes $pids of machine $machine (lab $lab) do not die"
  rm -f "$(machine_run "$lab" "$machine")/supervisor"
  if host_has_systemd; then systemctl reset-failed "$(machine_unit "$lab" "$machine")" 2>/dev/null || true; fi
  remove_cgroups "$lab" "$machine"
}

thaw() { # CGROUP
  [[ ! -e $1/cgroup.freeze ]] || echo 0 >"$1/cgroup.freeze"
  [[ ! -e $1/freezer.state ]] || echo THAWED >"$1/freezer.state"
}

remove_cgroups() { # LAB MACHINE
  local group
  machine_cgroups "$1" "$2" | while read -r group; do
    find "$group" -depth -type d -exec rmdir {} + 2>/dev/null || true
  done
}

# Until sshd says its name; not only until it listens. Asked from inside, so that no route or firewall is in the way.
wait_for_ssh() { # LAB MACHINE
  local lab=$1 machine=$2
  # shellcheck disable=SC2016 # expanded inside
  nsenter --net="/run/netns/$(machine_netns "$lab" "$machine")" timeout 180 bash -c '
    until { read -r -t 2 banner <&3 && [[ $banner == SSH-* ]]; } 3<>/dev/tcp/127.0.0.1/22; do sleep 0.03; done' 2>/dev/null 9>&- ||
    die "machine $machine (lab $lab) does not answer on its SSH port after 180 s. $(explain_failed_boot "$lab" "$machine")"
}

explain_failed_boot() { # LAB MACHINE
  local leader used limit
  limit=$(cat /proc/sys/fs/inotify/max_user_instances)
  used=$(find /proc/[0-9]*/fd -lname anon_inode:inotify 2>/dev/null | wc -l)
  if ((used > limit - 5)); then
    printf 'This host has no inotify instances left (%s of %s), which systemd needs; raise the limit with: sysctl -w fs.inotify.max_user_instances=1024\n' "$used" "$limit"
  fi
  printf 'The end of its console:\n%s\n' "$(tail -n 10 "$(machine_dir "$1" "$2")/console.log" 2>/dev/null)"
  leader=$(machine_leader "$1" "$2") || return 0
  printf 'The end of its journal:\n%s\n' "$(nsenter --target "$leader" --all --wd=/ journalctl --no-pager --output=cat --lines=15 2>/dev/null)"
}

unmount_all() { # DIRECTORY
  local mount
  awk -v d="$1/" 'index($2, d) == 1 { print $2 }' /proc/self/mounts | sort -r | while read -r mount; do
    umount "$mount" 2>/dev/null || umount -l "$mount"
  done
}

machine_down() { # LAB MACHINE
  check_name machine "$2"
  with_lock "$(machine_run "$1" "$2")/lock" remove_machine "$1" "$2"
  rm -rf "$(machine_run "$1" "$2")"
  if [[ -d $(lab_dir "$1")/ssh ]]; then with_lock "$(lab_run "$1")/lock" write_known_hosts "$1"; fi
}

remove_machine() { # LAB MACHINE
  local lab=$1 machine=$2 ns
  ns=$(machine_netns "$lab" "$machine")
  stop_machine "$lab" "$machine"
  remove_links "$lab" "$machine"
  if [[ -e /run/netns/$ns ]]; then
    # A load generator of the host may still be inside.
    ip netns pids "$ns" 2>/dev/null | xargs -r kill -KILL 2>/dev/null || true
    ip netns del "$ns" 2>/dev/null || rm -f "/run/netns/$ns"
  fi
  # systemd-nspawn leaves a lock named after the root's inode and the directory through which it would propagate mounts.
  rm -f "/run/systemd/nspawn/locks/inode-$(stat -c '%d:%i' "$(machine_dir "$lab" "$machine")/root" 2>/dev/null)"
  rm -rf "/run/systemd/nspawn/propagate/$lab.$machine"
  unmount_all "$(machine_dir "$lab" "$machine")"
  rm -rf "$(machine_dir "$lab" "$machine")"
}
