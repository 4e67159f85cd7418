using System.Collections.Immutable;
using AppStack.Components.Certificates;
using AppStack.Components.Lab;
using AppStack.Components.Nodes;
using AppStack.Components.Registry;
using Pulumi;

namespace AppStack.Stacks;

/// <summary>Declares the registries of images.</summary>
internal static class RegistryResources
{
    /// <summary>Declares everything.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="nodes">The machines by name.</param>
    /// <param name="lab">The lab, whose end makes tidying up needless; null when the nodes exist without us.</param>
    /// <param name="after">What comes first: the bundles of the nodes that fetch images, which bring the container runtime.</param>
    /// <returns>What those who put images there must know of each registry, by its node's name: address, authority, user and password. Secret.</returns>
    public static Output<ImmutableDictionary<string, ImmutableDictionary<string, string>>> Declare(
        PlatformPlan plan, IReadOnlyDictionary<string, BareMetalNode> nodes, LocalLab? lab, IEnumerable<Resource> after)
    {
        if (plan.Registries.IsEmpty)
        {
            return Output.Create(ImmutableDictionary<string, ImmutableDictionary<string, string>>.Empty);
        }

        // Not another part's authority: whoever trusts images must not thereby trust databases.
        var authority = new PrivateAuthority("registry-authority");
        var options = new ComponentResourceOptions { DeletedWith = lab, DependsOn = [.. after] };
        var known = plan.Registries.Select(spec =>
        {
            var registry = new ImageRegistry(
                spec.Name,
                new ImageRegistryArgs
                {
                    Spec = spec,
                    Node = nodes[spec.Name],
                    Pullers = spec.Pullers.ToDictionary(name => name, name => nodes[name], StringComparer.Ordinal),
                    Authority = authority,
                },
                options);
            return Output.Tuple(authority.Certificate, registry.Password).Apply(found => KeyValuePair.Create(spec.Name, new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["address"] = spec.Authority,
                ["authority"] = found.Item1,
                ["user"] = RegistryRenderer.User,
                ["password"] = found.Item2,
            }.ToImmutableDictionary(StringComparer.Ordinal)));
        });
        return Output.CreateSecret(Output.All(known).Apply(all => all.ToImmutableDictionary(StringComparer.Ordinal)));
    }
}
