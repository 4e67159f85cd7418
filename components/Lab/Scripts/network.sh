# shellcheck shell=bash
# Networks: bridges inside a network namespace of the lab (its "switch"). The host itself gets one veth per network, with
# the address from which it reaches the machines; its sysctls, its firewall and its bridges are never touched.

ensure_switch() { # LAB
  local ns
  ns=$(switch_netns "$1")
  [[ -e /run/netns/$ns ]] && ip netns exec "$ns" true 2>/dev/null && return
  # A name without a living namespace is what a crash between the two steps of `ip netns add` leaves.
  ip netns del "$ns" 2>/dev/null || rm -f "/run/netns/$ns"
  # The host's ends of a dead namespace's cables disappear a moment later, which must not hit the new ones.
  remove_host_interfaces "$1"
  ip netns add "$ns"
  ip -n "$ns" link set lo up
  # Frames on these bridges are not for a firewall (the default, where br_netfilter is loaded, costs 12 % and more).
  # shellcheck disable=SC2016 # expanded inside
  ip netns exec "$ns" sh -c 'for s in /proc/sys/net/bridge/bridge-nf-call-*; do [ ! -e "$s" ] || echo 0 >"$s"; done'
}

network_up() { # LAB NETWORK [--host ADDRESS/LENGTH]... [--route PREFIX=GATEWAY]...
  local lab=$1 network=$2
  shift 2
  check_name network "$network"
  with_lock "$(lab_run "$lab")/lock" ensure_network "$lab" "$network" "$@"
  write_incarnation "$(network_dir "$lab" "$network")"
}

ensure_network() { # LAB NETWORK OPTION...
  local lab=$1 network=$2 ns host addresses=() routes=() item
  shift 2
  while (($# > 0)); do
    case $1 in
      --host) addresses+=("$2") ;;
      --route) routes+=("$2") ;;
      *) die "network-up: unknown option '$1'" ;;
    esac
    shift 2
  done
  ensure_switch "$lab"
  ns=$(switch_netns "$lab")
  host=$(host_interface "$lab" "$network")
  for item in "${addresses[@]}"; do check_free_prefix "$host" "$item"; done
  if ! ip -n "$ns" link show "br-$network" >/dev/null 2>&1; then
    # A bridge without a fixed address takes the lowest one of its ports and changes it when machines come and go.
    ip -n "$ns" link add "br-$network" address "$(mac_address "$lab" "$network")" type bridge \
      stp_state 0 forward_delay 0 mcast_snooping 0
  fi
  ip -n "$ns" link set "br-$network" up
  if ((${#addresses[@]} == 0)); then
    ip link del "$host" 2>/dev/null || true
    return 0
  fi
  if ! ip -n "$ns" link show "host-$network" >/dev/null 2>&1; then
    ip link del "$host" 2>/dev/null || true
    ip link add "$host" address "$(mac_address host "$lab" "$network")" type veth peer name "host-$network" netns "$ns"
  fi
  ip -n "$ns" link set "host-$network" master "br-$network" up
  ip link set "$host" alias "appstack lab $lab network $network"
  # The lab's router advertises nothing to the host.
  printf 0 >"/proc/sys/net/ipv6/conf/$host/accept_ra" 2>/dev/null || true
  ip link set "$host" up
  ip addr flush dev "$host" scope global
  for item in "${addresses[@]}"; do add_address "" "$host" "$item"; done
  for item in "${routes[@]}"; do ip route replace "${item%%=*}" via "${item#*=}" dev "$host"; done
}

# By alias, because long names are shortened.
host_interfaces() { # LAB
  { grep -ls "^appstack lab $1 " /sys/class/net/*/ifalias || true; } | cut -d/ -f5
}

remove_host_interfaces() { # LAB
  local name
  for name in $(host_interfaces "$1"); do ip link del "$name" 2>/dev/null || true; done
}

add_address() { # NETNS|"" INTERFACE ADDRESS/LENGTH: usable at once, without waiting for duplicate detection
  local nodad=()
  [[ $3 == *:* ]] && nodad=(nodad)
  ip ${1:+-n "$1"} addr replace "$3" dev "$2" "${nodad[@]}"
}

# Another lab, a VPN or the host's own network may already use the prefix; taking it over would cut that off.
check_free_prefix() { # OWN_INTERFACE ADDRESS/LENGTH
  local taken
  taken=$( {
    ip route show root "$2"
    ip route show match "$2"
  } 2>/dev/null | grep -v -e "^default" -e "^unreachable" -e " dev $1 " | head -n 1) || true
  [[ -z $taken ]] || die "the lab's network $2 overlaps with the host's route '$taken'; give this lab another subnet in its descriptor, or remove that route"
}

network_down() { # LAB NETWORK
  local lab=$1 network=$2 ns
  check_name network "$network"
  ns=$(switch_netns "$lab")
  ip link del "$(host_interface "$lab" "$network")" 2>/dev/null || true
  ip -n "$ns" link del "br-$network" 2>/dev/null || true
  rm -rf "$(network_dir "$lab" "$network")"
}
