using System.Collections.Immutable;
using System.Globalization;

namespace AppStack.Components.Kubernetes.Waf;

/// <summary>
/// The rules and settings of the Core Rule Set that the ingress loads: Debian 12's <c>modsecurity-crs</c> 3.3.4-1+deb12u3. Written by
/// <c>Scripts/crs.pl catalogue</c> from the package; a test compares where the package is installed.
/// </summary>
public static class CrsCatalogue
{
    /// <summary>The version, as <c>tx.crs_setup_version</c> says it (3.3.4).</summary>
    public const int SetupVersion = 334;

    private const string Resource = "AppStack.Components.Kubernetes.Waf.crs-3.3.4.tsv";

    private static readonly Lazy<(ImmutableSortedDictionary<int, CrsRule> Rules, ImmutableSortedDictionary<string, string> Settings)> Table = new(Read);

    /// <summary>All rules by id.</summary>
    public static ImmutableSortedDictionary<int, CrsRule> Rules => Table.Value.Rules;

    /// <summary>CRS' settings (variables of <c>TX</c>) with its defaults.</summary>
    public static ImmutableSortedDictionary<string, string> Settings => Table.Value.Settings;

    /// <summary>Settings that only rules read which the ingress does not load: sampling, floods, reputation.</summary>
    public static ImmutableArray<string> UnreadSettings { get; } = ["do_reput_block", "sampling_percentage", "static_extensions"];

    /// <summary>Rules with a tag that look for attacks, in the order of their ids.</summary>
    public static ImmutableArray<CrsRule> WithTag(string tag) => [.. Rules.Values.Where(rule => rule.Level > 0 && rule.Tags.Contains(tag, StringComparer.Ordinal))];

    /// <summary>All tags of such rules, sorted.</summary>
    public static ImmutableSortedSet<string> Tags() => Rules.Values.Where(rule => rule.Level > 0).SelectMany(rule => rule.Tags).ToImmutableSortedSet(StringComparer.Ordinal);

    private static (ImmutableSortedDictionary<int, CrsRule>, ImmutableSortedDictionary<string, string>) Read()
    {
        using var stream = typeof(CrsCatalogue).Assembly.GetManifestResourceStream(Resource) ?? throw new InvalidOperationException($"{Resource} is not part of this assembly");
        using var reader = new StreamReader(stream);
        var lines = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#').ToList();
        var settings = lines.IndexOf("settings");
        return (
            lines.Take(settings).Select(Rule).ToImmutableSortedDictionary(rule => rule.Id, rule => rule),
            lines.Skip(settings + 1).Select(line => line.Split('\t')).ToImmutableSortedDictionary(cells => cells[0], cells => cells[1], StringComparer.Ordinal));
    }

    private static CrsRule Rule(string line)
    {
        var cells = line.Split('\t');
        return new(Number(cells[0]), Number(cells[1]), Number(cells[2]), [.. cells[3].Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
    }

    private static int Number(string cell) => int.Parse(cell, CultureInfo.InvariantCulture);
}
