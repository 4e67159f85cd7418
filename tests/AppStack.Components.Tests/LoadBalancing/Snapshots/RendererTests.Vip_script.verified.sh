#!/bin/sh
# VIPs of the load balancers 'edge', written by AppStack: changes are overwritten.
set -eu
vips="10.1.100.1/32 fd00:1:100::1/128"
laid=/run/appstack-vip

# Packets of connections that this node does not know carry a mark (see the firewall). They must be routed to
# the next load balancer before the kernel finds that the VIP is local, so the local table is looked up later.
second_chance_up() {
    ip "$1" route replace default via "$2" dev eth0 table 5001
    ip "$1" rule del pref 10 2>/dev/null || true
    ip "$1" rule add pref 10 fwmark 0x5ec lookup 5001
    ip "$1" rule show pref 20 | grep -q local || ip "$1" rule add pref 20 lookup local
    ip "$1" rule del pref 0 2>/dev/null || true
}

second_chance_down() {
    ip "$1" rule show pref 0 | grep -q local || ip "$1" rule add pref 0 lookup local
    ip "$1" rule del pref 10 2>/dev/null || true
    ip "$1" rule del pref 20 2>/dev/null || true
    ip "$1" route flush table 5001 2>/dev/null || true
}

case "${1:-up}" in
up)
    for old in $(cat "$laid" 2>/dev/null || true); do
        case " $vips " in *" $old "*) ;; *) ip addr del "$old" dev lo 2>/dev/null || true ;; esac
    done
    # Deprecated at once: good for answering, never chosen as the source of the node's own connections.
    for vip in $vips; do ip addr replace "$vip" dev lo preferred_lft 0; done
    echo "$vips" > "$laid"
    second_chance_up -4 10.1.0.21
    second_chance_up -6 fd00:1::21
    ;;
down)
    for vip in $vips; do ip addr del "$vip" dev lo 2>/dev/null || true; done
    rm -f "$laid"
    second_chance_down -4
    second_chance_down -6
    ;;
esac
