# shellcheck shell=bash
# What failure drills do to machines, and ways in.

require_machine() { # LAB MACHINE
  check_name machine "$2"
  [[ -d $(machine_dir "$1" "$2") ]] || die "lab $1 has no machine '$2'; it has: $(lab_machines "$1" | xargs)"
}

# The cable first: otherwise the kernel says good-bye (FIN, RST) for the dying sockets, which no power loss ever does.
power_off() { # LAB MACHINE
  require_machine "$1" "$2"
  set_links "$1" "$2" down
  with_lock "$(machine_run "$1" "$2")/lock" stop_machine "$1" "$2"
}

power_on() { # LAB MACHINE
  require_machine "$1" "$2"
  with_lock "$(machine_run "$1" "$2")/lock" start_machine "$1" "$2"
  set_links "$1" "$2" up
  wait_for_ssh "$1" "$2"
}

link_cut() { require_machine "$1" "$2" && set_links "$1" "$2" down; }     # LAB MACHINE
link_restore() { require_machine "$1" "$2" && set_links "$1" "$2" up; }   # LAB MACHINE

# The switch's end of every cable of the machine.
set_links() { # LAB MACHINE up|down
  local switch index port
  switch=$(switch_netns "$1")
  for index in 0 1 2 3 4 5 6 7; do
    port=$(switch_port "$2" "$index")
    ip -n "$switch" link set "$port" "$3" 2>/dev/null || break
  done
}

pause() { require_machine "$1" "$2" && set_frozen "$1" "$2" 1 FROZEN; }   # LAB MACHINE
resume() { require_machine "$1" "$2" && set_frozen "$1" "$2" 0 THAWED; }  # LAB MACHINE

set_frozen() { # LAB MACHINE 0|1 THAWED|FROZEN
  local group
  # Every cgroup version has one way; where both are mounted the newer one is enough.
  while read -r group; do
    if [[ -e $group/cgroup.freeze ]]; then
      echo "$3" >"$group/cgroup.freeze"
      return
    fi
  done < <(machine_cgroups "$1" "$2")
  while read -r group; do
    if [[ -e $group/freezer.state ]]; then
      echo "$4" >"$group/freezer.state"
      return
    fi
  done < <(machine_cgroups "$1" "$2")
  die "machine $2 of lab $1 cannot be paused: it does not run, or the kernel has no freezer"
}

# A program of the host in the network of a machine, for example a load generator.
exec_in_network() { # LAB MACHINE [--] COMMAND...
  local lab=$1 machine=$2
  shift 2
  require_machine "$lab" "$machine"
  [[ ${1:-} != -- ]] || shift
  exec ip netns exec "$(machine_netns "$lab" "$machine")" "$@"
}

# A program of the machine, without SSH.
enter() { # LAB MACHINE [--] [COMMAND...]
  local lab=$1 machine=$2 leader
  shift 2
  require_machine "$lab" "$machine"
  [[ ${1:-} != -- ]] || shift
  leader=$(machine_leader "$lab" "$machine") || die "machine $machine of lab $lab does not run"
  (($# > 0)) || set -- bash -l
  exec nsenter --target "$leader" --mount --uts --ipc --net --pid --root --wd=/ env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin TERM="${TERM:-dumb}" HOME=/root "$@"
}
