using System.Text.RegularExpressions;

namespace AppStack.Components.Nodes;

/// <summary>Collects the problems of a specification; the checks that several validators need.</summary>
internal sealed partial class NetworkProblems
{
    private readonly List<SpecProblem> _problems = [];

    public IReadOnlyList<SpecProblem> All => _problems;

    public void Add(string path, string message) => _problems.Add(new(path, message));

    public void AddIf(bool wrong, string path, string message)
    {
        if (wrong)
        {
            Add(path, message);
        }
    }

    public void Name(string path, string name)
        => AddIf(!NamePattern().IsMatch(name), path, $"'{name}' is not a name; use 1 to 40 lower-case letters, digits and hyphens, starting with a letter");

    public void Unique(string path, string what, IEnumerable<string> names)
    {
        foreach (var group in names.GroupBy(n => n, StringComparer.Ordinal).Where(g => g.Count() > 1))
        {
            Add(path, $"the {what} '{group.Key}' is given {group.Count()} times; it must be unique");
        }
    }

    public void Port(string path, int port) => AddIf(port is < 1 or > 65535, path, $"{port} is not a TCP port; use 1 to 65535");

    public void Asn(string path, long asn)
        => AddIf(asn is < 1 or > 4294967294 or 23456 or 65535, path, $"{asn} is not a usable AS number; use 1 to 4294967294 (not 23456 and 65535), 64512 to 65534 are for private use");

    public void Address(string path, string address) => AddIf(!Cidr.IsAddress(address), path, $"'{address}' is not an address");

    public void Ipv4(string path, string address) => AddIf(!Cidr.IsIpv4(address), path, $"'{address}' is not an IPv4 address");

    public void Ipv6(string path, string? address) => AddIf(address is not null && !Cidr.IsIpv6(address), path, $"'{address}' is not an IPv6 address");

    public void Network(string path, string network)
        => AddIf(!Cidr.IsNetwork(network), path, $"'{network}' is not a network in CIDR form whose host bits are zero, e.g. 10.0.0.0/24");

    public void Networks(string path, IReadOnlyList<string> networks)
    {
        for (var i = 0; i < networks.Count; i++)
        {
            Network($"{path}[{i}]", networks[i]);
        }
    }

    public void Positive(string path, TimeSpan time) => AddIf(time <= TimeSpan.Zero, path, $"{time} is not a duration above zero");

    public void Access(string path, AccessSpec access)
    {
        AddIf(access.ManagementNetworks.IsDefaultOrEmpty, $"{path}.managementNetworks", "is empty; the firewall would let nobody log in, not even the next deployment");
        Networks($"{path}.managementNetworks", access.ManagementNetworks);
        Networks($"{path}.monitoringNetworks", access.MonitoringNetworks);
        Networks($"{path}.metricsSources", access.MetricsSources);
    }

    [GeneratedRegex("^[a-z][a-z0-9-]{0,39}$")]
    private static partial Regex NamePattern();
}
