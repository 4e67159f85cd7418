using System.Text.Json;
using AppStack.Engine.State;

namespace AppStack.Engine.Plans;

/// <summary>Writes JSON text into other JSON in the form of that one.</summary>
internal static class JsonCopy
{
    public static void Write(JsonText json, string text)
    {
        using var document = JsonDocument.Parse(text);
        Write(json, document.RootElement);
    }

    private static void Write(JsonText json, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                json.BeginObject();
                foreach (var member in element.EnumerateObject())
                {
                    json.Name(member.Name);
                    Write(json, member.Value);
                }

                json.EndObject();
                break;
            case JsonValueKind.Array:
                json.BeginArray();
                foreach (var item in element.EnumerateArray())
                {
                    Write(json, item);
                }

                json.EndArray();
                break;
            case JsonValueKind.String:
                json.String(element.GetString()!);
                break;
            default:
                json.Verbatim(element.GetRawText());
                break;
        }
    }
}
