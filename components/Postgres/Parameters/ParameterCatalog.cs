using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;

namespace AppStack.Components.Postgres.Parameters;

/// <summary>
/// The parameters that a version of PostgreSQL knows, taken from a real server (<c>Parameters/&lt;version&gt;.tsv</c>):
/// <c>select name, context, vartype, min_val, max_val, array_to_string(enumvals, ','), unit from pg_settings where context &lt;&gt; 'internal'</c>.
/// </summary>
public static class ParameterCatalog
{
    private static readonly ConcurrentDictionary<int, ImmutableSortedDictionary<string, ParameterDefinition>?> Known = new();

    /// <summary>The parameters of a version.</summary>
    /// <param name="version">The major version.</param>
    /// <returns>Parameters by name; null when there is no list of that version.</returns>
    public static ImmutableSortedDictionary<string, ParameterDefinition>? Of(int version) => Known.GetOrAdd(version, Read);

    private static ImmutableSortedDictionary<string, ParameterDefinition>? Read(int version)
    {
        var resource = string.Create(CultureInfo.InvariantCulture, $"AppStack.Components.Postgres.Parameters.{version}.tsv");
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(resource);
        if (stream is null)
        {
            return null;
        }

        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Parse)
            .ToImmutableSortedDictionary(p => p.Name, p => p, StringComparer.OrdinalIgnoreCase);
    }

    private static ParameterDefinition Parse(string line)
    {
        var field = line.Split('\t');
        return new(field[0], field[1], field[2], Number(field[3]), Number(field[4]), [.. field[5].Split(',', StringSplitOptions.RemoveEmptyEntries)], field[6]);
    }

    private static double? Number(string text) => text.Length == 0 ? null : double.Parse(text, CultureInfo.InvariantCulture);
}
