using System.Net;
using AppStack.Stacks.Environments.Reading;

namespace AppStack.Stacks.Environments.Validation;

/// <summary>Every address lies in a declared network, can be given to a machine there, and belongs to one machine only.</summary>
internal sealed class AddressesValidator : IEnvironmentValidator
{
    public void Validate(EnvironmentValidation context)
    {
        context.ReportTwice("address", Addresses(context).Select(found => (found.Path, (string?)found.Address.ToString())));
        foreach (var (path, address) in Addresses(context))
        {
            CheckNetwork(context, path, address);
        }

        foreach (var (path, node) in context.Nodes())
        {
            CheckOnePerFamily(context, $"{path}.addresses", node.Addresses);
        }

        if (context.Environment.Lab is { } lab)
        {
            CheckOnePerFamily(context, "lab.host", lab.Host);
        }
    }

    private static void CheckNetwork(EnvironmentValidation context, string path, IPAddress address)
    {
        var network = context.NetworkOf(address);
        if (network is null)
        {
            var declared = context.Environment.Networks.SelectMany(found => new[] { found?.V4, found?.V6 })
                .Where(prefix => prefix is { } found && found.IsV4() == address.IsV4());
            context.Problems.Add(path, $"{address} lies in none of the networks", $"an address in {string.Join(", ", declared)}, or a network for it");
            return;
        }

        if (network.V4 is { } prefix && address.IsV4() && prefix.PrefixLength < 31 && IsReserved(address, prefix))
        {
            context.Problems.Add(path, $"{address} is the network or broadcast address of {prefix}", "an address between the two");
        }
    }

    private static void CheckOnePerFamily(EnvironmentValidation context, string path, IReadOnlyList<IPAddress?> addresses)
    {
        foreach (var group in EnvironmentValidation.Each(path, addresses).GroupBy(found => (context.NetworkOf(found.Item)?.Name, found.Item.IsV4())))
        {
            if (group.Key.Name is { } network && group.DistinctBy(found => found.Item).Skip(1).FirstOrDefault() is { Path: not null } second)
            {
                context.Problems.Add(second.Path, $"a second IPv{(group.Key.Item2 ? 4 : 6)} address in the network {network}", "one of each family in a network");
            }
        }
    }

    private static IEnumerable<(string Path, IPAddress Address)> Addresses(EnvironmentValidation context) =>
        EnvironmentValidation.Each("lab.host", context.Environment.Lab?.Host ?? [])
            .Concat(context.Nodes().SelectMany(found => EnvironmentValidation.Each($"{found.Path}.addresses", found.Node.Addresses)))
            .Concat(EnvironmentValidation.Each("edge.bgp.neighbours", context.Environment.Edge?.Bgp?.Neighbours ?? [])
                .SelectMany(found => EnvironmentValidation.Each($"{found.Path}.addresses", found.Item.Addresses)));

    private static bool IsReserved(IPAddress address, IPNetwork network)
    {
        var bytes = address.GetAddressBytes();
        var hostBits = ~0u >> network.PrefixLength;
        var host = (((uint)bytes[0] << 24) | ((uint)bytes[1] << 16) | ((uint)bytes[2] << 8) | bytes[3]) & hostBits;
        return host == 0 || host == hostBits;
    }
}
