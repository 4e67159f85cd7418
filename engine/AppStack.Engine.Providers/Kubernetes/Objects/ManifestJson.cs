using System.Buffers;
using System.Text.Json;
using AppStack.Engine.Model.Values;

namespace AppStack.Engine.Providers.Kubernetes.Objects;

/// <summary>Objects as the API's JSON. Names with dashes that JSON schemas have are written with underscores in programs and state, as officially.</summary>
internal static class ManifestJson
{
    private static readonly Dictionary<string, string> Dashed = new[]
    {
        "x-kubernetes-embedded-resource", "x-kubernetes-int-or-string", "x-kubernetes-list-map-keys", "x-kubernetes-list-type",
        "x-kubernetes-map-type", "x-kubernetes-preserve-unknown-fields", "x-kubernetes-validations",
    }.ToDictionary(name => name.Replace('-', '_'), StringComparer.Ordinal);

    private static readonly Dictionary<string, string> Underscored = Dashed.ToDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);

    /// <summary>An object for the API, with its secrets in clear.</summary>
    /// <exception cref="ArgumentException">It holds a value that is not known, or one that JSON does not have.</exception>
    public static byte[] Write(PropertyMap manifest)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            Write(writer, manifest);
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>A member's name as it is kept in state, where manifests may have the one with dashes.</summary>
    public static string Underscore(string name) => Underscored.GetValueOrDefault(name, name);

    /// <summary>A value of the API.</summary>
    public static PropertyValue Read(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => PropertyValue.Of(ReadObject(element)),
        JsonValueKind.Array => PropertyValue.Of(element.EnumerateArray().Select(Read)),
        JsonValueKind.String => PropertyValue.Of(element.GetString()),
        JsonValueKind.Number => PropertyValue.Of(element.GetDouble()),
        JsonValueKind.True or JsonValueKind.False => PropertyValue.Of(element.GetBoolean()),
        _ => PropertyValue.Null.Instance,
    };

    /// <summary>An object of the API.</summary>
    public static PropertyMap ReadObject(JsonElement element) =>
        PropertyMap.Of(element.EnumerateObject().Select(member => new KeyValuePair<string, PropertyValue>(Underscored.GetValueOrDefault(member.Name, member.Name), Read(member.Value))));

    private static void Write(Utf8JsonWriter writer, PropertyMap map)
    {
        writer.WriteStartObject();
        foreach (var (name, value) in map)
        {
            writer.WritePropertyName(Dashed.GetValueOrDefault(name, name));
            Write(writer, value);
        }

        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, PropertyValue value)
    {
        switch (value)
        {
            case PropertyValue.Null:
                writer.WriteNullValue();
                break;
            case PropertyValue.Bool flag:
                writer.WriteBooleanValue(flag.Value);
                break;
            case PropertyValue.Number { Value: var number } when double.IsInteger(number) && Math.Abs(number) < 1e18:
                writer.WriteNumberValue((long)number);
                break;
            case PropertyValue.Number number:
                writer.WriteNumberValue(number.Value);
                break;
            case PropertyValue.Text text:
                writer.WriteStringValue(text.Value);
                break;
            case PropertyValue.Secret secret:
                Write(writer, secret.Element);
                break;
            case PropertyValue.Map map:
                Write(writer, map.Members);
                break;
            case PropertyValue.List list:
                writer.WriteStartArray();
                foreach (var item in list.Items)
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            default:
                throw new ArgumentException($"A manifest cannot hold a value of the kind {value.GetType().Name}.", nameof(value));
        }
    }
}
