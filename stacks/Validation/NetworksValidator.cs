using System.Net;
using AppStack.Stacks.Environments.Reading;

namespace AppStack.Stacks.Environments.Validation;

/// <summary>No two prefixes of the environment share an address, whatever they are for.</summary>
internal sealed class NetworksValidator : IEnvironmentValidator
{
    public void Validate(EnvironmentValidation context)
    {
        var seen = new List<(string Path, string Name, IPNetwork Prefix)>();
        foreach (var (path, name, prefix, v4) in Prefixes(context))
        {
            if (prefix is not { } network)
            {
                continue;
            }

            if (v4 != network.IsV4())
            {
                context.Problems.Add(path, $"{network} is an IPv{(network.IsV4() ? 4 : 6)} network", $"an IPv{(v4 ? 4 : 6)} network");
                continue;
            }

            foreach (var other in seen.Where(other => Networks.Overlap(other.Prefix, network)))
            {
                context.Problems.Add(path, $"{network} overlaps {other.Prefix} of {other.Name}", $"a prefix of its own; the other is on {context.Problems.LineOf(other.Path)}");
            }

            seen.Add((path, name, network));
        }
    }

    private static IEnumerable<(string Path, string Name, IPNetwork? Prefix, bool V4)> Prefixes(EnvironmentValidation context)
    {
        foreach (var (path, network) in EnvironmentValidation.Each("networks", context.Environment.Networks))
        {
            yield return ($"{path}.v4", $"the network {network.Name}", network.V4, true);
            yield return ($"{path}.v6", $"the network {network.Name}", network.V6, false);
        }

        if (context.Environment.Edge?.Announce is { } announce)
        {
            yield return ("edge.announce.v4", "the announced addresses", announce.V4, true);
            yield return ("edge.announce.v6", "the announced addresses", announce.V6, false);
        }

        foreach (var (path, cluster) in EnvironmentValidation.Each("clusters", context.Environment.Clusters))
        {
            yield return ($"{path}.podNetwork", $"the pods of {cluster.Name}", cluster.PodNetwork, true);
            yield return ($"{path}.serviceNetwork", $"the services of {cluster.Name}", cluster.ServiceNetwork, true);
        }
    }
}
