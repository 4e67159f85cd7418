using System.Collections.Immutable;
using System.Globalization;

namespace AppStack.Components.Postgres.Parameters;

/// <summary>One parameter of one version of PostgreSQL, as <c>pg_settings</c> describes it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Context">When it can be changed; <c>postmaster</c> needs a restart.</param>
/// <param name="Type"><c>bool</c>, <c>enum</c>, <c>integer</c>, <c>real</c> or <c>string</c>.</param>
/// <param name="Minimum">The least number, in <paramref name="Unit"/>; null: none.</param>
/// <param name="Maximum">The greatest number, in <paramref name="Unit"/>; null: none.</param>
/// <param name="Values">The words of an enumeration.</param>
/// <param name="Unit">What a number without a unit means; empty: nothing.</param>
public sealed record ParameterDefinition(string Name, string Context, string Type, double? Minimum, double? Maximum, ImmutableArray<string> Values, string Unit)
{
    private static readonly ImmutableArray<string> Booleans = ["on", "off", "true", "false", "yes", "no", "1", "0"];

    // In bytes and in milliseconds, as PostgreSQL reads them; longer units come first.
    private static readonly ImmutableArray<(string Unit, double Factor)> Sizes = [("kB", 1024), ("MB", 1048576), ("GB", 1073741824), ("TB", 1099511627776), ("B", 1)];
    private static readonly ImmutableArray<(string Unit, double Factor)> Times = [("us", 0.001), ("ms", 1), ("min", 60_000), ("s", 1000), ("h", 3_600_000), ("d", 86_400_000)];

    /// <summary>Whether a new value needs a restart.</summary>
    public bool NeedsRestart => Context == "postmaster";

    /// <summary>Says what is wrong with a value.</summary>
    /// <param name="value">The value, without quotes.</param>
    /// <returns>What is wrong; null when nothing is.</returns>
    public string? Problem(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return Type switch
        {
            "bool" => Booleans.Contains(value.ToLowerInvariant()) ? null : $"'{value}' is neither on nor off",
            "enum" => Values.Contains(value.ToLowerInvariant()) ? null : $"'{value}' is none of {string.Join(", ", Values)}",
            "integer" or "real" => NumberProblem(value),
            _ => null,
        };
    }

    private string? NumberProblem(string value)
    {
        var (text, factor) = (value, 1.0);
        if (Base() is { } own)
        {
            var table = own.Table.OrderByDescending(u => u.Unit.Length);
            if (table.FirstOrDefault(u => value.EndsWith(u.Unit, StringComparison.Ordinal)) is { Unit: not null } unit)
            {
                (text, factor) = (value[..^unit.Unit.Length].TrimEnd(), unit.Factor / own.Factor);
            }
        }

        if (!double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            return Unit.Length == 0 ? $"'{value}' is not a number" : $"'{value}' is not a number, with or without a unit (kB, MB, GB; ms, s, min, h)";
        }

        number *= factor;
        return number < Minimum || number > Maximum
            ? string.Create(CultureInfo.InvariantCulture, $"{value} is outside of {Minimum:0.####} to {Maximum:0.####}{(Unit.Length == 0 ? "" : " " + Unit)}")
            : null;
    }

    private (ImmutableArray<(string Unit, double Factor)> Table, double Factor)? Base()
    {
        if (Unit == "8kB")
        {
            return (Sizes, 8192);
        }

        foreach (var table in new[] { Sizes, Times })
        {
            if (table.FirstOrDefault(u => u.Unit == Unit) is { Unit: not null } found)
            {
                return (table, found.Factor);
            }
        }

        return null;
    }
}
