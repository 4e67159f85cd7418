using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using AppStack.Stacks.Environments.Descriptors;
using AppStack.Stacks.Environments.Reading;

namespace AppStack.Stacks.Environments.Schema;

/// <summary>Writes the JSON Schema of descriptors, for completion and checks in editors. It comes from the same types that read a descriptor.</summary>
internal static class DescriptorSchema
{
    // Draft 7 is what editors' YAML support understands best.
    private const string Dialect = "http://json-schema.org/draft-07/schema#";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The schema as indented JSON with a line end.</summary>
    /// <param name="descriptor">The type of the whole descriptor.</param>
    /// <param name="title">What such a descriptor describes.</param>
    public static string Write(Type descriptor, string title)
    {
        var definitions = new SortedDictionary<string, JsonNode>(StringComparer.Ordinal);
        var root = Object(descriptor, definitions);
        var schema = new JsonObject
        {
            ["$schema"] = Dialect,
            ["title"] = title,
        };
        foreach (var (key, value) in root)
        {
            schema[key] = value?.DeepClone();
        }

        var members = new JsonObject();
        foreach (var (name, definition) in definitions)
        {
            members[name] = definition;
        }

        schema["definitions"] = members;
        return schema.ToJsonString(Indented) + "\n";
    }

    private static JsonObject Object(Type type, SortedDictionary<string, JsonNode> definitions)
    {
        var properties = new JsonObject();
        var required = new JsonArray();
        foreach (var key in KeyDefinition.Of(type))
        {
            properties[key.Name] = Property(key, definitions);
            if (key.Meaning.Required)
            {
                required.Add((JsonNode)key.Name);
            }
        }

        var schema = new JsonObject { ["type"] = "object", ["additionalProperties"] = false, ["properties"] = properties };
        if (required.Count > 0)
        {
            schema["required"] = required;
        }

        return schema;
    }

    private static JsonObject Property(KeyDefinition key, SortedDictionary<string, JsonNode> definitions)
    {
        var item = KeyDefinition.ItemOf(key.Property.PropertyType);
        var value = Value(item ?? key.Property.PropertyType, key.Meaning, definitions);
        var schema = item is null ? value : new JsonObject { ["type"] = "array", ["items"] = value };
        if (item is not null && key.Meaning.Required)
        {
            schema["minItems"] = 1;
        }

        var described = new JsonObject { ["description"] = Description(key.Meaning) };
        foreach (var (name, member) in schema)
        {
            described[name] = member?.DeepClone();
        }

        // Draft 7 ignores everything beside a $ref.
        return schema.ContainsKey("$ref")
            ? new JsonObject { ["description"] = Description(key.Meaning), ["allOf"] = new JsonArray(schema) }
            : described;
    }

    private static JsonObject Value(Type type, KeyAttribute meaning, SortedDictionary<string, JsonNode> definitions)
    {
        var target = Nullable.GetUnderlyingType(type) ?? type;
        if (target == typeof(int) || target == typeof(long))
        {
            return Number(meaning);
        }

        if (target == typeof(bool))
        {
            return new JsonObject { ["type"] = "boolean" };
        }

        if (target.IsEnum)
        {
            return new JsonObject { ["enum"] = new JsonArray([.. Words.All(target).Select(word => (JsonNode)word)]) };
        }

        if (target == typeof(string))
        {
            var text = new JsonObject { ["type"] = "string" };
            if (TextFormats.Pattern(meaning.Format) is { Length: > 0 } pattern)
            {
                text["pattern"] = pattern;
            }

            return text;
        }

        if (KeyDefinition.IsMap(target))
        {
            return new JsonObject { ["type"] = "object", ["additionalProperties"] = new JsonObject { ["type"] = "string" } };
        }

        if (target == typeof(TimeSpan))
        {
            return new JsonObject { ["type"] = "string", ["pattern"] = "^[0-9]+(ms|s|m|h|d)$" };
        }

        if (target == typeof(IPAddress))
        {
            return new JsonObject { ["anyOf"] = new JsonArray(new JsonObject { ["type"] = "string", ["format"] = "ipv4" }, new JsonObject { ["type"] = "string", ["format"] = "ipv6" }) };
        }

        if (target == typeof(IPNetwork))
        {
            return new JsonObject { ["type"] = "string", ["pattern"] = "^[0-9a-fA-F.:]+/[0-9]{1,3}$" };
        }

        var name = target.Name.Replace("Descriptor", "", StringComparison.Ordinal);
        name = char.ToLowerInvariant(name[0]) + name[1..];
        if (!definitions.ContainsKey(name))
        {
            definitions[name] = new JsonObject();
            definitions[name] = Object(target, definitions);
        }

        return new JsonObject { ["$ref"] = $"#/definitions/{name}" };
    }

    private static JsonObject Number(KeyAttribute meaning)
    {
        var number = new JsonObject { ["type"] = "integer" };
        if (meaning.Minimum != long.MinValue)
        {
            number["minimum"] = meaning.Minimum;
        }

        if (meaning.Maximum != long.MaxValue)
        {
            number["maximum"] = meaning.Maximum;
        }

        return number;
    }

    private static string Description(KeyAttribute meaning) =>
        meaning.Default.Length == 0 ? meaning.Description : $"{meaning.Description} Default: {meaning.Default}.";
}
