using System.Text.Json;

namespace Pulumi;

/// <summary>A JSON value that a resource takes; texts, documents, elements and outputs of them convert to it.</summary>
public sealed class InputJson : Input<JsonElement>
{
    /// <summary>No value.</summary>
    public InputJson()
        : base(default(JsonElement))
    {
    }

    private InputJson(JsonElement value)
        : base(value)
    {
    }

    private InputJson(Output<JsonElement> value)
        : base(value)
    {
    }

    /// <summary>A JSON text.</summary>
    /// <param name="json">The text.</param>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static implicit operator InputJson(string json) => new(Parse(json));

    /// <summary>A parsed document.</summary>
    /// <param name="document">The document.</param>
    public static implicit operator InputJson(JsonDocument document) => new(document.RootElement);

    /// <summary>An element.</summary>
    /// <param name="element">The element.</param>
    public static implicit operator InputJson(JsonElement element) => new(element);

    /// <summary>An output of a JSON text.</summary>
    /// <param name="json">The text.</param>
    public static implicit operator InputJson(Output<string> json) => new(json.Apply(Parse));

    /// <summary>An output of a parsed document.</summary>
    /// <param name="document">The document.</param>
    public static implicit operator InputJson(Output<JsonDocument> document) => new(document.Apply(static value => value.RootElement));

    /// <summary>An output of an element.</summary>
    /// <param name="element">The element.</param>
    public static implicit operator InputJson(Output<JsonElement> element) => new(element);

    private static JsonElement Parse(string json) => JsonElement.Parse(json);
}
