using AppStack.Engine.Model.Values;
using Pulumi;

namespace AppStack.Cli.Import;

/// <summary>
/// Values of one resource as C#, in the form that the property they are assigned to has. Secrets come from the configuration: their values
/// are in the state, and not in the code.
/// </summary>
/// <param name="resource">The resource's name: the first part of the keys of its secrets.</param>
/// <param name="secrets">Receives the keys of the secrets.</param>
internal sealed class ValueWriter(string resource, ICollection<string> secrets)
{
    private string Write(PropertyValue value, Type type, string path, string indent, bool secret)
    {
        if (value is PropertyValue.Secret marked)
        {
            return Write(marked.Element, type, path, indent, secret: true);
        }

        if (type.IsGenericType)
        {
            var (definition, argument) = (type.GetGenericTypeDefinition(), type.GetGenericArguments()[0]);
            if (definition == typeof(Input<>) || definition == typeof(Nullable<>))
            {
                return Write(value, argument, path, indent, secret);
            }

            if (definition == typeof(InputMap<>) && value is PropertyValue.Map map)
            {
                return Block("", indent, map.Members.Select(member => $"[{CSharpText.Literal(member.Key)}] = {Write(member.Value, argument, $"{path}.{member.Key}", indent + "    ", secret)}"));
            }

            if (definition == typeof(InputList<>) && value is PropertyValue.List list)
            {
                // Elements of a list of anything have to be told from lists.
                return argument == typeof(object)
                    ? Array(list, path, indent, secret)
                    : Block("", indent, list.Items.Select((item, i) => Write(item, argument, $"{path}[{i}]", indent + "    ", secret)));
            }

            if (definition == typeof(InputUnion<,>))
            {
                return Write(value, typeof(object), path, indent, secret);
            }
        }

        return value switch
        {
            PropertyValue.Map map when typeof(InputArgs).IsAssignableFrom(type) => Args(map.Members, type, path, indent, secret),
            PropertyValue.Asset or PropertyValue.Archive when type.IsAssignableTo(typeof(AssetOrArchive)) || type == typeof(object) => Files(value, path, indent),
            PropertyValue.Text text when IsEnum(type) => Enumeration(text.Value, type, path),
            PropertyValue.Text text when Takes(type, typeof(string)) => secret ? Required("RequireSecret", path) : CSharpText.Literal(text.Value),
            PropertyValue.Bool flag when Takes(type, typeof(bool)) => secret ? Required("RequireSecretBoolean", path) : flag.Value ? "true" : "false",
            PropertyValue.Number number when type == typeof(int) && double.IsInteger(number.Value) =>
                secret ? Required("RequireSecretInt32", path) : CSharpText.Literal(number.Value),
            PropertyValue.Number number when Takes(type, typeof(double)) => secret ? Required("RequireSecretDouble", path) : CSharpText.Literal(number.Value),
            PropertyValue.List list when type == typeof(object) => Array(list, path, indent, secret),
            PropertyValue.Map map when type == typeof(object) => Block(
                "new Dictionary<string, object>", indent, map.Members.Select(member => $"[{CSharpText.Literal(member.Key)}] = {Write(member.Value, type, $"{path}.{member.Key}", indent + "    ", secret)}")),
            _ => throw new DeclarationException($"the value of '{path}' does not fit a {type.Name}"),
        };
    }

    /// <summary>An object of an args class.</summary>
    /// <param name="inputs">Its inputs.</param>
    /// <param name="type">The class.</param>
    /// <param name="path">Where it is, for messages and keys of secrets.</param>
    /// <param name="indent">The indentation of the line that it is on.</param>
    /// <param name="secret">Whether it is part of a secret.</param>
    /// <exception cref="DeclarationException">The class cannot hold the inputs.</exception>
    public string Args(PropertyMap inputs, Type type, string path, string indent, bool secret = false)
    {
        var known = SdkTypes.InputsOf(type);
        if (inputs.Keys.FirstOrDefault(name => known.All(input => input.Name != name)) is { } unknown)
        {
            throw new DeclarationException($"{CSharpText.TypeName(type)} has no input '{Join(path, unknown)}'");
        }

        return Block(
            $"new {CSharpText.TypeName(type)}",
            indent,
            known.Where(input => inputs.ContainsKey(input.Name) && inputs[input.Name] is not PropertyValue.Null)
                .Select(input => Assignment(input.Property, Write(inputs[input.Name], input.Type, Join(path, input.Name), indent + "    ", secret))));
    }

    // Initialisers of lists and maps begin on a line of their own.
    private static string Assignment(string property, string value) => value.StartsWith('\n') ? $"{property} ={value}" : $"{property} = {value}";

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    private static bool Takes(Type type, Type wanted) => type == wanted || type == typeof(object);

    private static bool IsEnum(Type type) => type.IsDefined(typeof(EnumTypeAttribute), inherit: false);

    private static string Enumeration(string value, Type type, string path)
    {
        var toText = type.GetMethod("op_Explicit", [type])!;
        var member = type.GetProperties().FirstOrDefault(property => property.PropertyType == type && (string?)toText.Invoke(null, [property.GetValue(null)]) == value)
            ?? throw new DeclarationException($"'{value}' of '{path}' is no value of {CSharpText.TypeName(type)}");
        return $"{CSharpText.TypeName(type)}.{member.Name}";
    }

    private static string Block(string prefix, string indent, IEnumerable<string> lines)
    {
        var inner = string.Concat(lines.Select(line => $"{indent}    {line},\n"));
        return prefix.Length == 0 && inner.Length == 0 ? "{ }"
            : inner.Length == 0 ? prefix + "()"
            : $"{(prefix.Length == 0 ? "" : prefix)}\n{indent}{{\n{inner}{indent}}}";
    }

    private static string Files(PropertyValue value, string path, string indent) => value switch
    {
        PropertyValue.Asset { Content: { } content } => $"new StringAsset({CSharpText.Literal(content)})",
        PropertyValue.Asset { Path: { } file } => $"new FileAsset({CSharpText.Literal(file)})",
        PropertyValue.Asset { Uri: { } uri } => $"new RemoteAsset({CSharpText.Literal(uri)})",
        PropertyValue.Archive { Path: { } file } => $"new FileArchive({CSharpText.Literal(file)})",
        PropertyValue.Archive { Uri: { } uri } => $"new RemoteArchive({CSharpText.Literal(uri)})",
        PropertyValue.Archive { Assets: { } assets } => Block(
            "new AssetArchive(new Dictionary<string, AssetOrArchive>", indent, assets.Select(member => $"[{CSharpText.Literal(member.Key)}] = {Files(member.Value, path, indent + "    ")}")) + ")",
        _ => throw new DeclarationException($"the value of '{path}' is no file"),
    };

    private string Array(PropertyValue.List list, string path, string indent, bool secret) =>
        list.Items.IsEmpty
            ? "Array.Empty<object>()"
            : Block("new object[]", indent, list.Items.Select((item, i) => Write(item, typeof(object), $"{path}[{i}]", indent + "    ", secret)));

    private string Required(string method, string path)
    {
        var key = $"{resource}-{path.Replace('.', '-').Replace('[', '-').Replace("]", "", StringComparison.Ordinal)}";
        secrets.Add(key);
        return $"config.{method}({CSharpText.Literal(key)})";
    }
}
