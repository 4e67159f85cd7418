using System.Buffers;
using System.Text;
using System.Text.Json;
using AppStack.Engine.Model.Values;

namespace Pulumi.Serialization;

/// <summary>Writes engine values as JSON; secrets are written as what is inside them.</summary>
internal static class PropertyJson
{
    public static string Write(PropertyValue value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            Write(writer, value);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter writer, PropertyValue value)
    {
        switch (value)
        {
            case PropertyValue.Bool flag:
                writer.WriteBooleanValue(flag.Value);
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
            case PropertyValue.Reference reference:
                Write(writer, reference.Id ?? PropertyValue.Of(reference.Urn));
                break;
            case PropertyValue.List list:
                writer.WriteStartArray();
                foreach (var item in list.Items)
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            case PropertyValue.Map map:
                writer.WriteStartObject();
                foreach (var (key, member) in map.Members)
                {
                    writer.WritePropertyName(key);
                    Write(writer, member);
                }

                writer.WriteEndObject();
                break;
            case PropertyValue.Null or PropertyValue.Unknown:
                writer.WriteNullValue();
                break;
            default:
                throw new InvalidOperationException($"A {value.GetType().Name} cannot be written as JSON.");
        }
    }
}
