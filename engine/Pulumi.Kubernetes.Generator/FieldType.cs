namespace Pulumi.Kubernetes.Generator;

/// <summary>
/// The type of a field as tables write it: <c>string int bool double json object</c>, <c>[T]</c> a list, <c>{T}</c> a map of strings to T,
/// <c>A|B</c> either, <c>@Name</c> an enumeration written by hand, <c>Name</c> a type of the same group, <c>Group.V1.Name</c> of another.
/// </summary>
internal sealed class FieldType
{
    private const string Root = "global::Pulumi.Kubernetes.";

    private readonly string _text;
    private readonly string _group;

    public FieldType(string text, string group)
    {
        _text = text;
        _group = group;
    }

    /// <summary>Whether args keep it in a field of their own that is made on first use.</summary>
    public bool IsCollection => _text[0] is '[' or '{';

    /// <summary>The type of the args property, not nullable.</summary>
    public string Input => (_text[0], Split()) switch
    {
        ('[', null) => $"InputList<{Plain(Inner(), input: true)}>",
        ('{', null) => $"InputMap<{Plain(Inner(), input: true)}>",
        (_, { } pair) => $"InputUnion<{Plain(pair.First, input: true)}, {Plain(pair.Second, input: true)}>",
        _ when _text == "json" => "InputJson",
        _ => $"Input<{Plain(_text, input: true)}>",
    };

    /// <summary>The type of the output class's field and of what the resource's output holds.</summary>
    public string Output => Plain(_text, input: false);

    private string Inner() => _text.Substring(1, _text.Length - 2);

    private (string First, string Second)? Split() => Split(_text);

    private static (string First, string Second)? Split(string text)
    {
        var depth = 0;
        for (var i = 0; i < text.Length; i++)
        {
            depth += text[i] is '[' or '{' ? 1 : text[i] is ']' or '}' ? -1 : 0;
            if (text[i] == '|' && depth == 0)
            {
                return (text.Substring(0, i), text.Substring(i + 1));
            }
        }

        return null;
    }

    private string Plain(string text, bool input)
    {
        if (Split(text) is { } pair)
        {
            // The API always answers with the text of an enumeration.
            return !input && pair.Second[0] == '@' ? Plain(pair.First, input) : $"Union<{Plain(pair.First, input)}, {Plain(pair.Second, input)}>";
        }

        var inner = text.Length > 2 ? text.Substring(1, text.Length - 2) : text;
        return text[0] switch
        {
            '[' => $"ImmutableArray<{Plain(inner, input)}>",
            '{' => $"ImmutableDictionary<string, {Plain(inner, input)}>",
            '@' => $"{Root}{_group}.{text.Substring(1)}",
            _ => Scalar(text, input),
        };
    }

    private string Scalar(string text, bool input) => text switch
    {
        "string" or "int" or "bool" or "double" or "object" => text,
        "json" => "System.Text.Json.JsonElement",
        _ => $"{Root}Types.{(input ? "Inputs" : "Outputs")}.{(text.Contains('.') ? text : $"{_group}.{text}")}{(input ? "Args" : "")}",
    };
}
