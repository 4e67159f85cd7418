using System.Globalization;
using System.Text;

namespace AppStack.Components.LoadBalancing;

/// <summary>Renders the script that puts the VIPs on the loopback interface and sets up the routing of second chances.</summary>
public static class VipScriptRenderer
{
    /// <summary>Where the script lies.</summary>
    public const string Path = "/usr/local/sbin/appstack-vip";

    /// <summary>Mark of packets that get a second chance (see the firewall).</summary>
    public const int Mark = 0x5ec;

    /// <summary>Routing table whose only route leads to the next load balancer.</summary>
    private const int Table = 5001;

    /// <summary>Renders the script.</summary>
    /// <param name="group">The group.</param>
    /// <param name="node">The node.</param>
    /// <returns>A POSIX shell script; both <c>up</c> and <c>down</c> may be run again.</returns>
    public static string Render(LoadBalancerGroupSpec group, LoadBalancerNodeSpec node)
    {
        ArgumentNullException.ThrowIfNull(group);
        ArgumentNullException.ThrowIfNull(node);
        var vips = string.Join(' ', group.Vips.Select(v => $"{v.Ipv4}/32").Concat(group.Vips.Where(v => v.Ipv6 is not null).Select(v => $"{v.Ipv6}/128")));
        var next = Next(group, node);
        var up = new StringBuilder();
        var down = new StringBuilder();
        foreach (var (family, via) in new[] { (4, next?.Ipv4), (6, next?.Ipv6) })
        {
            if (via is not null && BirdFamilies(group).Contains(family))
            {
                up.Append(CultureInfo.InvariantCulture, $"    second_chance_up -{family} {via}\n");
            }

            down.Append(CultureInfo.InvariantCulture, $"    second_chance_down -{family}\n");
        }

        return $$"""
            #!/bin/sh
            # VIPs of the load balancers '{{group.Name}}', written by AppStack: changes are overwritten.
            set -eu
            vips="{{vips}}"
            laid=/run/appstack-vip

            # Packets of connections that this node does not know carry a mark (see the firewall). They must be routed to
            # the next load balancer before the kernel finds that the VIP is local, so the local table is looked up later.
            second_chance_up() {
                ip "$1" route replace default via "$2" dev {{node.Interface}} table {{Table}}
                ip "$1" rule del pref 10 2>/dev/null || true
                ip "$1" rule add pref 10 fwmark 0x{{Mark:x}} lookup {{Table}}
                ip "$1" rule show pref 20 | grep -q local || ip "$1" rule add pref 20 lookup local
                ip "$1" rule del pref 0 2>/dev/null || true
            }

            second_chance_down() {
                ip "$1" rule show pref 0 | grep -q local || ip "$1" rule add pref 0 lookup local
                ip "$1" rule del pref 10 2>/dev/null || true
                ip "$1" rule del pref 20 2>/dev/null || true
                ip "$1" route flush table {{Table}} 2>/dev/null || true
            }

            case "${1:-up}" in
            up)
                for old in $(cat "$laid" 2>/dev/null || true); do
                    case " $vips " in *" $old "*) ;; *) ip addr del "$old" dev lo 2>/dev/null || true ;; esac
                done
                # Deprecated at once: good for answering, never chosen as the source of the node's own connections.
                for vip in $vips; do ip addr replace "$vip" dev lo preferred_lft 0; done
                echo "$vips" > "$laid"
            {{(next is null ? down : up)}}    ;;
            down)
                for vip in $vips; do ip addr del "$vip" dev lo 2>/dev/null || true; done
                rm -f "$laid"
            {{down}}    ;;
            esac

            """;
    }

    /// <summary>Who gets this node's unknown packets: the next node of the group, round and round.</summary>
    /// <param name="group">The group.</param>
    /// <param name="node">The node.</param>
    /// <returns>The next node; null when there is none or second chances are off.</returns>
    public static LoadBalancerNodeSpec? Next(LoadBalancerGroupSpec group, LoadBalancerNodeSpec node)
    {
        ArgumentNullException.ThrowIfNull(group);
        ArgumentNullException.ThrowIfNull(node);
        return group.SecondChance && group.Nodes.Length > 1
            ? group.Nodes[(group.Nodes.IndexOf(node) + 1) % group.Nodes.Length]
            : null;
    }

    private static IEnumerable<int> BirdFamilies(LoadBalancerGroupSpec group) => Bird.BirdRenderer.VipFamilies(group);
}
