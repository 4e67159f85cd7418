using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace AppStack.Components.Lab;

/// <summary>Finds what is wrong with a lab before anything is made.</summary>
public static partial class LocalLabValidator
{
    /// <summary>The host's script looks at this many cables of a machine.</summary>
    private const int MaximumInterfaces = 8;

    /// <summary>Checks a lab.</summary>
    /// <param name="spec">The lab.</param>
    /// <returns>All problems; empty when there is none.</returns>
    public static IReadOnlyList<SpecProblem> Validate(LocalLabSpec spec)
    {
        List<SpecProblem> problems = [];
        Name("name", spec.Name, problems);
        Unique("networks", "network", spec.Networks.Select(network => network.Name), problems);
        Unique("machines", "machine", spec.Machines.Select(machine => machine.Name), problems);
        Unique("machines", "address", AllAddresses(spec), problems);
        for (var i = 0; i < spec.Networks.Length; i++)
        {
            Network($"networks[{i}]", spec.Networks[i], problems);
        }

        var networks = spec.Networks.Select(network => network.Name).ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < spec.Machines.Length; i++)
        {
            Machine($"machines[{i}]", spec.Machines[i], networks, problems);
        }

        return problems;
    }

    private static IEnumerable<string> AllAddresses(LocalLabSpec spec)
        => spec.Networks.SelectMany(network => network.HostAddresses)
            .Concat(spec.Machines.SelectMany(machine => machine.Interfaces).SelectMany(found => found.Addresses))
            .Select(address => address.Split('/')[0]);

    private static void Network(string path, LabNetworkSpec network, List<SpecProblem> problems)
    {
        Name($"{path}.name", network.Name, problems);
        Addresses($"{path}.hostAddresses", network.HostAddresses, problems);
        Routes($"{path}.routes", network.Routes, problems);
        if (network.Routes.Length > 0 && network.HostAddresses.IsEmpty)
        {
            problems.Add(new($"{path}.routes", "the host has routes through this network but no address in it; add hostAddresses"));
        }
    }

    private static void Machine(string path, LabMachineSpec machine, HashSet<string> networks, List<SpecProblem> problems)
    {
        Name($"{path}.name", machine.Name, problems);
        Name($"{path}.image.name", machine.Image.Name, problems);
        for (var i = 0; i < machine.Image.Packages.Length; i++)
        {
            if (!PackagePattern().IsMatch(machine.Image.Packages[i]))
            {
                problems.Add(new($"{path}.image.packages[{i}]", $"'{machine.Image.Packages[i]}' is not the name of a Debian package"));
            }
        }

        if (machine.Interfaces.Length is 0 or > MaximumInterfaces)
        {
            problems.Add(new($"{path}.interfaces", $"{machine.Interfaces.Length} interfaces; use 1 to {MaximumInterfaces}"));
        }

        for (var i = 0; i < machine.Interfaces.Length; i++)
        {
            var found = machine.Interfaces[i];
            if (!networks.Contains(found.Network))
            {
                problems.Add(new($"{path}.interfaces[{i}].network", $"there is no network '{found.Network}'; there are: {string.Join(", ", networks.Order(StringComparer.Ordinal))}"));
            }

            Addresses($"{path}.interfaces[{i}].addresses", found.Addresses, problems);
        }

        Routes($"{path}.routes", machine.Routes, problems);
    }

    private static void Addresses(string path, ImmutableArray<string> addresses, List<SpecProblem> problems)
    {
        for (var i = 0; i < addresses.Length; i++)
        {
            var parts = addresses[i].Split('/');
            if (parts.Length != 2
                || !IPAddress.TryParse(parts[0], out var address)
                || !int.TryParse(parts[1], out var length)
                || length < 1
                || length > (address.AddressFamily == AddressFamily.InterNetworkV6 ? 128 : 32))
            {
                problems.Add(new($"{path}[{i}]", $"'{addresses[i]}' is not an address with prefix length, such as 10.87.0.21/24 or fd8a:51c0:87::21/64"));
            }
        }
    }

    private static void Routes(string path, ImmutableArray<LabRouteSpec> routes, List<SpecProblem> problems)
    {
        for (var i = 0; i < routes.Length; i++)
        {
            if (!IPAddress.TryParse(routes[i].Gateway, out _))
            {
                problems.Add(new($"{path}[{i}].gateway", $"'{routes[i].Gateway}' is not an IP address"));
            }

            if (routes[i].Destination != "default" && !IPNetwork.TryParse(routes[i].Destination, out _))
            {
                problems.Add(new($"{path}[{i}].destination", $"'{routes[i].Destination}' is neither a network such as 10.87.100.0/24 nor 'default'"));
            }
        }
    }

    private static void Name(string path, string name, List<SpecProblem> problems)
    {
        if (!NamePattern().IsMatch(name))
        {
            problems.Add(new(path, $"'{name}' is not valid; use 1 to 32 lower-case letters, digits and hyphens, not starting or ending with a hyphen"));
        }
    }

    private static void Unique(string path, string what, IEnumerable<string> names, List<SpecProblem> problems)
    {
        foreach (var group in names.GroupBy(name => name, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            problems.Add(new(path, $"the {what} '{group.Key}' is given {group.Count()} times; it must be unique"));
        }
    }

    // The same rule as check_name of the script.
    [GeneratedRegex("^[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?$")]
    private static partial Regex NamePattern();

    [GeneratedRegex("^[a-z0-9][a-z0-9+.-]+$")]
    private static partial Regex PackagePattern();
}
