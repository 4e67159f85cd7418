# shellcheck shell=bash
# The lab as a whole: its key pair, its removal, what is in it.

lab_up() { # LAB
  local dir
  dir=$(lab_dir "$1")
  with_lock "$(lab_run "$1")/lock" ensure_key "$dir"
  write_incarnation "$dir"
  printf '{"publicKey":"%s"}\n' "$(cut -d' ' -f1,2 "$dir/ssh/id_ed25519.pub")"
}

ensure_key() { # DIRECTORY
  install -d -m 755 "$1"
  install -d -m 700 "$1/ssh"
  # The public key is written last by ssh-keygen; without it the pair was never finished.
  if [[ ! -s $1/ssh/id_ed25519.pub ]]; then
    rm -f "$1/ssh/id_ed25519"
    ssh-keygen -q -t ed25519 -N '' -C "appstack-lab-$(basename "$1")" -f "$1/ssh/id_ed25519"
  fi
}

# Removes the lab with everything that may be left of it, also what no longer has a directory.
lab_down() { # LAB
  local lab=$1 name ns
  ns=$(switch_netns "$lab")
  for name in $(lab_machines "$lab"); do machine_down "$lab" "$name"; done
  for name in $(entries "$(lab_dir "$lab")/networks"); do network_down "$lab" "$name"; done
  remove_host_interfaces "$lab"
  if [[ -e /run/netns/$ns ]]; then ip netns del "$ns" 2>/dev/null || rm -f "/run/netns/$ns"; fi
  unmount_all "$(lab_dir "$lab")"
  rm -rf "$(lab_dir "$lab")" "$(lab_run "$lab")"
  restore_limits
  while read -r name; do
    rmdir "$name/appstack/$lab" 2>/dev/null || true
    rmdir "$name/appstack" 2>/dev/null || true
  done < <(cgroup_roots)
  rmdir "$LABS" "$(dirname "$LABS")" "$RUNTIME" "$(dirname "$RUNTIME")" 2>/dev/null || true
}

# By directory, by network namespace and by cgroup: each may be all that is left.
lab_machines() { # LAB
  local name root
  {
    entries "$(lab_dir "$1")/machines"
    entries "$(lab_run "$1")/machines"
    entries /run/netns | sed -n "s/^appstack-$1\\.//p"
    while read -r root; do
      entries "$root/appstack/$1" -type d
    done < <(cgroup_roots)
  } | grep -E '^[a-z0-9][a-z0-9-]*$' | sort -u || true
}

# Everything of a lab that is on the host, one thing per line; nothing after lab-down.
leftovers() { # LAB
  local lab=$1 root path
  for path in "$(lab_dir "$lab")" "$(lab_run "$lab")"; do
    if [[ -e $path ]]; then printf 'directory %s\n' "$path"; fi
  done
  awk -v d="$(lab_dir "$lab")/" 'index($2, d) == 1 { print "mount " $2 }' /proc/self/mounts
  { entries /run/netns | grep -E "^appstack-$lab(\\.|$)" || true; } | sed 's/^/namespace /'
  host_interfaces "$lab" | sed 's/^/interface /'
  while read -r root; do
    for path in "$root/appstack/$lab" "$root/system.slice/appstack-lab-$lab."*; do
      if [[ -d $path ]]; then printf 'cgroup %s\n' "$path"; fi
    done
  done < <(cgroup_roots)
  { entries /run/systemd/nspawn/propagate | grep "^$lab\\." || true; } | sed 's/^/nspawn /'
}

status() { # LAB
  local lab=$1 name ns state
  for name in $(entries "$(lab_dir "$lab")/machines"); do
    ns=$(machine_netns "$lab" "$name")
    if machine_runs "$lab" "$name"; then state=running; else state=off; fi
    printf '%-16s %-8s %s\n' "$name" "$state" "$(ip -br -n "$ns" addr show scope global 2>/dev/null | awk '{ for (i = 3; i <= NF; i++) printf "%s ", $i }')"
  done
}
