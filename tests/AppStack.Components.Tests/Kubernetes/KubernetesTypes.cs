using System.Text.Json;

namespace AppStack.Components.Tests.Kubernetes;

/// <summary>The fields of Kubernetes' objects and their types, from <c>kubernetes-1.35.tsv</c>, whose first lines say where they come from.</summary>
internal sealed class KubernetesTypes
{
    private readonly Dictionary<string, string> _kinds = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Dictionary<string, Field>> _types = new(StringComparer.Ordinal);

    /// <summary>Reads the table.</summary>
    public KubernetesTypes(IEnumerable<string> lines)
    {
        Dictionary<string, Field> fields = [];
        foreach (var words in lines.Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split('\t')))
        {
            switch (words)
            {
                case ["kind", var version, var kind, var type]:
                    _kinds[$"{version} {kind}"] = type;
                    break;
                case ["", var name, var type, .. var rest]:
                    fields[name] = new(type, rest is ["required"]);
                    break;
                default:
                    _types[words[0]] = fields = new(StringComparer.Ordinal);
                    break;
            }
        }
    }

    /// <summary>Says what the API server of that version would not take, or would drop without a word.</summary>
    /// <param name="manifest">The object.</param>
    /// <returns>The problems, each with the field's path.</returns>
    public IReadOnlyList<string> Check(JsonElement manifest)
    {
        var kind = $"{Text(manifest, "apiVersion")} {Text(manifest, "kind")}";
        var problems = new List<string>();
        if (_kinds.TryGetValue(kind, out var type))
        {
            Check(manifest, type, "", problems);
        }
        else
        {
            problems.Add($"there is no kind '{kind}'");
        }

        return problems;
    }

    private static string Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.ToString() : "";

    private void Check(JsonElement value, string type, string path, List<string> problems)
    {
        if (type == "object")
        {
            return;
        }

        if (type.EndsWith("[]", StringComparison.Ordinal) && value.ValueKind == JsonValueKind.Array)
        {
            var items = value.EnumerateArray().ToList();
            items.ForEach(item => Check(item, type[..^2], $"{path}[{items.IndexOf(item)}]", problems));
        }
        else if (type.EndsWith("{}", StringComparison.Ordinal) && value.ValueKind == JsonValueKind.Object)
        {
            foreach (var entry in value.EnumerateObject())
            {
                Check(entry.Value, type[..^2], $"{path}['{entry.Name}']", problems);
            }
        }
        else if (_types.TryGetValue(type, out var fields) && value.ValueKind == JsonValueKind.Object)
        {
            CheckFields(value, fields, path, problems);
        }
        else if (!IsA(value, type))
        {
            problems.Add($"{path}: {value.GetRawText()} is not {type}");
        }
    }

    private void CheckFields(JsonElement value, Dictionary<string, Field> fields, string path, List<string> problems)
    {
        foreach (var found in value.EnumerateObject())
        {
            if (fields.TryGetValue(found.Name, out var field))
            {
                Check(found.Value, field.Type, $"{path}.{found.Name}", problems);
            }
            else
            {
                problems.Add($"{path}.{found.Name}: there is no such field");
            }
        }

        problems.AddRange(fields.Where(field => field.Value.Required && !value.TryGetProperty(field.Key, out _)).Select(field => $"{path}.{field.Key}: is missing"));
    }

    private static bool IsA(JsonElement value, string type) => type switch
    {
        "string" => value.ValueKind == JsonValueKind.String,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "number" => value.ValueKind == JsonValueKind.Number,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        _ => false,
    };

    private sealed record Field(string Type, bool Required);
}
