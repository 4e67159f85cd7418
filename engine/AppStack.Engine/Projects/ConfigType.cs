using System.Globalization;

namespace AppStack.Engine.Projects;

/// <summary>A type that the project declares for a configuration value, by Pulumi's names.</summary>
/// <param name="Name"><c>string</c>, <c>integer</c>, <c>boolean</c>, <c>object</c> or <c>array</c>.</param>
/// <param name="Items">The type of an array's items; <see langword="null"/> for other types.</param>
public sealed record ConfigType(string Name, ConfigType? Items)
{
    internal static IReadOnlyList<string> Names { get; } = ["string", "integer", "boolean", "object", "array"];

    /// <summary>The name with the types of items: <c>array&lt;integer&gt;</c>.</summary>
    public override string ToString() => Items is null ? Name : $"{Name}<{Items}>";

    /// <summary>Whether a value is of this type.</summary>
    /// <param name="node">The value.</param>
    /// <param name="isText">Whether a scalar is text whatever it looks like, as a stack's values are; those within lists and objects keep their types.</param>
    /// <param name="decrypt">Opens secrets.</param>
    internal bool Accepts(ConfigNode node, bool isText, Func<string, string> decrypt) => (Name, node) switch
    {
        ("object", ConfigNode.Map) => true,
        ("array", ConfigNode.List list) => Items is { } type && list.Items.All(item => type.Accepts(item, isText: false, decrypt)),
        ("string" or "integer" or "boolean", ConfigNode.Secure secure) => Accepts(decrypt(secure.Ciphertext)),
        ("string" or "integer" or "boolean", ConfigNode.Scalar scalar) => Accepts(isText ? scalar.Text : YamlFile.Typed(scalar)),
        _ => false,
    };

    private bool Accepts(object? value) => (Name, value) switch
    {
        ("string", string) => true,
        ("integer", double number) => double.IsInteger(number),
        ("integer", string text) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
        ("boolean", bool or "true" or "false") => true,
        _ => false,
    };
}
