using System.Text.Json;
using AppStack.Engine.Model.Values;
using AppStack.Engine.Providers.Kubernetes.Objects;

namespace AppStack.Engine.Providers.Kubernetes.Readiness;

/// <summary>The annotation <c>pulumi.com/waitFor</c>: <c>condition=Type[=Status]</c>, <c>jsonpath={.path}[=value]</c>, or a JSON list of such.</summary>
internal static class WaitForRules
{
    /// <summary>Reads the annotation.</summary>
    /// <exception cref="FormatException">It says nothing that is understood.</exception>
    public static ReadinessRule Parse(string annotation)
    {
        var conditions = Split(annotation).Select(ParseOne).ToList();
        return conditions.Count == 0
            ? throw new FormatException($"{Manifest.WaitFor}: at least one condition must be given")
            : new ReadinessRule(observation =>
            {
                var open = conditions.Where(condition => !condition.Holds(observation.Object)).Select(condition => condition.Text).ToList();
                return Verdict.When(open.Count == 0, $"waiting for {string.Join(" and ", open)}", Conditions(observation.Object));
            });
    }

    /// <summary>Objects of other kinds that speak of being ready: <c>Ready</c>, where they have such a condition.</summary>
    public static Verdict Heuristic(Observation observation)
    {
        var made = observation.Object;
        var seen = made.FindNumberAt("status", "observedGeneration") is not { } generation || generation >= made.NumberAt("metadata", "generation");
        return Verdict.When(
            seen && (made.Condition("Ready") is not { } ready || ready.TextAt("status") == "True"), seen ? "its condition Ready is not True" : "its controller has not seen it yet", Conditions(made));
    }

    private static IEnumerable<string> Conditions(PropertyMap made) =>
        from condition in made.MapsAt("status", "conditions")
        where condition.TextAt("status") == "False" && condition.TextAt("message") is { Length: > 0 }
        select $"{condition.TextAt("type")}: {condition.TextAt("reason")}: {condition.TextAt("message")}";

    private static string[] Split(string annotation)
    {
        try
        {
            return annotation.TrimStart().StartsWith('[') ? JsonSerializer.Deserialize<string[]>(annotation) ?? [] : [annotation];
        }
        catch (JsonException exception)
        {
            throw new FormatException($"{Manifest.WaitFor}: '{annotation}' is no JSON list of texts", exception);
        }
    }

    private static (string Text, Func<PropertyMap, bool> Holds) ParseOne(string text)
    {
        if (text.StartsWith("condition=", StringComparison.Ordinal))
        {
            var parts = text["condition=".Length..].Split('=', 2);
            var status = parts.Length == 2 ? parts[1] : "True";
            return (text, made => string.Equals(made.Condition(parts[0])?.TextAt("status"), status, StringComparison.OrdinalIgnoreCase));
        }

        if (text.StartsWith("jsonpath=", StringComparison.Ordinal) && JsonPath.TryParse(text["jsonpath=".Length..]) is { } path)
        {
            return (text, path.Holds);
        }

        throw new FormatException($"{Manifest.WaitFor}: '{text}' must be condition=Type, or jsonpath={{.a.path}}=value");
    }
}
