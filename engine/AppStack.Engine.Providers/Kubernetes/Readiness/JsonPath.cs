using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using AppStack.Engine.Model.Values;

namespace AppStack.Engine.Providers.Kubernetes.Readiness;

/// <summary>The part of kubectl's JSONPath that conditions need: fields, positions, and elements by one of their fields (<c>[?(@.type=="Ready")]</c>).</summary>
internal sealed partial class JsonPath
{
    private readonly ImmutableArray<Func<PropertyValue, PropertyValue?>> _steps;
    private readonly string? _expected;

    private JsonPath(ImmutableArray<Func<PropertyValue, PropertyValue?>> steps, string? expected) => (_steps, _expected) = (steps, expected);

    /// <summary>Reads <c>{.path}</c> or <c>{.path}=value</c>.</summary>
    public static JsonPath? TryParse(string text)
    {
        var end = text.LastIndexOf('}');
        if (!text.StartsWith('{') || end < 0 || (end + 1 < text.Length && text[end + 1] != '='))
        {
            return null;
        }

        var steps = ImmutableArray.CreateBuilder<Func<PropertyValue, PropertyValue?>>();
        var rest = text[1..end];
        while (rest.Length > 0)
        {
            var match = Step.Match(rest);
            if (!match.Success)
            {
                return null;
            }

            steps.Add(Of(match));
            rest = rest[match.Length..];
        }

        return steps.Count == 0 ? null : new JsonPath(steps.ToImmutable(), end + 2 <= text.Length ? text[(end + 2)..] : null);
    }

    /// <summary>Whether the value is there, and is the one that is expected.</summary>
    public bool Holds(PropertyMap made)
    {
        PropertyValue? value = PropertyValue.Of(made);
        foreach (var step in _steps)
        {
            value = value is null ? null : step(value);
        }

        var text = Text(value);
        return text is not null && (_expected is null || string.Equals(text, _expected, StringComparison.OrdinalIgnoreCase));
    }

    [GeneratedRegex("""^(?:\.(?<field>(?:[A-Za-z0-9_/-]|\\.)+)|\['(?<field>[^']+)'\]|\[(?<index>\d+)\]|\[\?\(@\.(?<key>[A-Za-z0-9_]+)\s*==\s*["'](?<value>[^"']*)["']\)\])""", RegexOptions.ExplicitCapture)]
    private static partial Regex Step { get; }

    private static Func<PropertyValue, PropertyValue?> Of(Match match)
    {
        if (match.Groups["field"] is { Success: true, Value: var field })
        {
            var name = field.Replace("\\", "", StringComparison.Ordinal);
            return value => (value as PropertyValue.Map)?.Members.Find(name);
        }

        if (match.Groups["index"] is { Success: true, Value: var digits })
        {
            var index = int.Parse(digits, CultureInfo.InvariantCulture);
            return value => value is PropertyValue.List list && index < list.Items.Length ? list.Items[index] : null;
        }

        var (key, wanted) = (match.Groups["key"].Value, match.Groups["value"].Value);
        return value => (value as PropertyValue.List)?.Items.FirstOrDefault(item => item is PropertyValue.Map map && Text(map.Members.Find(key)) == wanted);
    }

    private static string? Text(PropertyValue? value) => value switch
    {
        PropertyValue.Text text => text.Value,
        PropertyValue.Number number => number.Value.ToString(CultureInfo.InvariantCulture),
        PropertyValue.Bool flag => flag.Value ? "true" : "false",
        PropertyValue.Map or PropertyValue.List => "",
        _ => null,
    };
}
