using System.Collections.Immutable;
using AppStack.Components.LoadBalancing.Bird;
using AppStack.Components.Nodes.Bundles;
using AppStack.Components.Nodes.Firewall;

namespace AppStack.Components.LoadBalancing;

/// <summary>Renders what a router gets on its node.</summary>
public static class BgpRouterRenderer
{
    /// <summary>Name of the role on the node.</summary>
    public const string Role = "bgp-router";

    private const string BirdUnit = "bird.service";

    /// <summary>The bundle of the router.</summary>
    /// <param name="spec">The router; must be valid.</param>
    /// <returns>The bundle.</returns>
    public static Bundle Bundle(BgpRouterSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var bundle = new Bundle
        {
            Role = Role,
            Packages = [new("bird2")],
            Sysctls = Sysctls,
            Files = [new() { Path = BirdRenderer.Path, Content = BirdRenderer.Router(spec), Group = "bird" }],
            FileGroups = [new() { Name = "bird", Check = $"bird -p -c {{{BirdRenderer.Path}}}", Activation = BundleActivation.Reload(BirdUnit) }],
            Units = [new(BirdUnit)],
        };
        return FirewallRenderer.AddTo(
            new() { Role = Role, Access = spec.Access, Rules = [.. BgpFirewall.Rules(spec.Neighbors, spec.Bfd)], Forwards = true },
            bundle);
    }

    // Hash policy 1 keeps a connection (addresses and ports) on one next hop; use_neigh skips next hops that do not answer.
    private static readonly ImmutableSortedDictionary<string, string> Sysctls = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["net.ipv4.ip_forward"] = "1",
        ["net.ipv6.conf.all.forwarding"] = "1",
        ["net.ipv4.fib_multipath_hash_policy"] = "1",
        ["net.ipv6.fib_multipath_hash_policy"] = "1",
        ["net.ipv4.fib_multipath_use_neigh"] = "1",
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);
}
