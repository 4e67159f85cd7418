using System.Collections.Immutable;
using System.Net;
using AppStack.Stacks.Environments.Descriptors;
using AppStack.Stacks.Environments.Reading;

namespace AppStack.Stacks.Environments.Validation;

/// <summary>What validators look at: the descriptor as written, the place to report to, and lookups that several of them need.</summary>
internal sealed class EnvironmentValidation(EnvironmentDescriptor environment, string fileName, ProblemList problems)
{
    private static readonly ImmutableArray<IEnvironmentValidator> Validators =
    [
        new NamesValidator(),
        new PlacementValidator(),
        new NetworksValidator(),
        new AddressesValidator(),
        new LabValidator(),
        new VipsValidator(),
        new BgpValidator(),
        new FrontendsValidator(),
        new ClustersValidator(),
        new DatabasesValidator(),
        new ServiceDatabasesValidator(),
        new MonitoringValidator(),
    ];

    /// <summary>The descriptor.</summary>
    public EnvironmentDescriptor Environment { get; } = environment;

    /// <summary>The name of the descriptor's file without folder and extension.</summary>
    public string FileName { get; } = fileName;

    /// <summary>Where problems go.</summary>
    public ProblemList Problems { get; } = problems;

    /// <summary>Runs all validators.</summary>
    public void Run()
    {
        foreach (var validator in Validators)
        {
            validator.Validate(this);
        }
    }

    /// <summary>Items that could be read at least in part, with the paths of their keys.</summary>
    public static IEnumerable<(string Path, T Item)> Each<T>(string path, IReadOnlyList<T?> items)
        where T : class
    {
        for (var i = 0; i < items.Count; i++)
        {
            if (items[i] is { } item)
            {
                yield return ($"{path}[{i}]", item);
            }
        }
    }

    /// <summary>The nodes, with the paths of their keys.</summary>
    public IEnumerable<(string Path, NodeDescriptor Node)> Nodes() => Each("nodes", Environment.Nodes);

    /// <summary>The nodes of a cluster that have one of the roles.</summary>
    public IEnumerable<(string Path, NodeDescriptor Node)> NodesOf(string? cluster, params NodeRole[] roles) =>
        Nodes().Where(found => cluster is not null && found.Node.Cluster == cluster && found.Node.Role is { } role && roles.Contains(role));

    /// <summary>The declared network in which an address lies.</summary>
    public NetworkDescriptor? NetworkOf(IPAddress address) =>
        Environment.Networks.FirstOrDefault(network =>
            (network?.V4 is { } v4 && v4.Contains(address)) || (network?.V6 is { } v6 && v6.Contains(address)));

    /// <summary>Reports a reference to something that is not there, with what was probably meant.</summary>
    public void ReportUnknown(string path, string wrong, string written, IEnumerable<string?> known)
    {
        var names = known.OfType<string>().Distinct(StringComparer.Ordinal).ToImmutableArray();
        var nearest = NearestName.Of(written, names);
        var right = nearest is not null ? $"did you mean '{nearest}'?"
            : names.IsEmpty ? "none is declared"
            : $"declared: {string.Join(", ", names)}";
        Problems.Add(path, wrong, right);
    }

    /// <summary>Reports values that occur more than once.</summary>
    public void ReportTwice(string what, IEnumerable<(string Path, string? Value)> values)
    {
        var first = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (path, value) in values)
        {
            if (value is not null && !first.TryAdd(value, path))
            {
                Problems.Add(path, $"the {what} '{value}' occurs twice", $"another one; the first is on {Problems.LineOf(first[value])}");
            }
        }
    }
}
