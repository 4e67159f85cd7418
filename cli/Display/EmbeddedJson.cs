using System.Text.Json;
using AppStack.Engine.Model.Values;

namespace AppStack.Cli.Display;

/// <summary>Texts that hold a JSON document, such as what a bundle sends on stdin: their diff is shown member by member.</summary>
internal static class EmbeddedJson
{
    /// <summary>The document as a value; <see langword="null"/> when the text is not a JSON object or list.</summary>
    public static PropertyValue? Read(string text)
    {
        var start = text.AsSpan().TrimStart();
        if (start.IsEmpty || start[0] is not ('{' or '['))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(text);
            return ToValue(document.RootElement);
        }
        catch (JsonException)
        {
            return null;
        }
        catch (ArgumentException)
        {
            // A member that occurs twice: valid JSON, but no object.
            return null;
        }
    }

    private static PropertyValue ToValue(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => PropertyValue.Of(PropertyMap.Of(element.EnumerateObject().Select(member => KeyValuePair.Create(member.Name, ToValue(member.Value))))),
        JsonValueKind.Array => PropertyValue.Of(element.EnumerateArray().Select(ToValue)),
        JsonValueKind.String => PropertyValue.Of(element.GetString()),
        JsonValueKind.Number => PropertyValue.Of(element.GetDouble()),
        JsonValueKind.True => PropertyValue.Of(value: true),
        JsonValueKind.False => PropertyValue.Of(value: false),
        _ => PropertyValue.Null.Instance,
    };
}
