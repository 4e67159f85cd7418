using System.Collections;
using System.Collections.Immutable;
using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Pulumi.Kubernetes.Yaml;

/// <summary>Reads manifests: several documents in a text, lists among them.</summary>
internal static class ManifestReader
{
    /// <summary>The objects of a file.</summary>
    /// <exception cref="ArgumentException">It cannot be read.</exception>
    public static IEnumerable<ImmutableDictionary<string, object?>> ReadFile(string path)
    {
        if (path.Contains("://", StringComparison.Ordinal))
        {
            throw new ArgumentException($"The manifests at {path} are not fetched: keep the file with the program, so that a deployment does not depend on who answers there today.");
        }

        return Read(File.ReadAllText(Path.Combine(Deployment.Instance.RootDirectory, path)), path);
    }

    /// <summary>The objects of all files that a pattern finds, or of the one file that it names.</summary>
    public static IEnumerable<ImmutableDictionary<string, object?>> ReadPattern(string pattern)
    {
        if (pattern.IndexOfAny(['*', '?']) < 0)
        {
            return ReadFile(pattern);
        }

        var folder = Path.GetDirectoryName(pattern) is { Length: > 0 } named ? named : ".";
        return folder.IndexOfAny(['*', '?']) >= 0
            ? throw new ArgumentException($"In the pattern {pattern} only the file's name may have wildcards.")
            : Directory.GetFiles(Path.Combine(Deployment.Instance.RootDirectory, folder), Path.GetFileName(pattern)).Order(StringComparer.Ordinal).SelectMany(ReadFile);
    }

    /// <summary>The objects of a text.</summary>
    /// <param name="text">YAML or JSON; documents are separated by <c>---</c>.</param>
    /// <param name="source">What to call it in errors.</param>
    public static IEnumerable<ImmutableDictionary<string, object?>> Read(string text, string source)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(text));
        }
        catch (YamlException exception)
        {
            throw new ArgumentException($"{source}:{exception.Start.Line}:{exception.Start.Column}: {exception.Message}", exception);
        }

        var objects = ImmutableArray.CreateBuilder<ImmutableDictionary<string, object?>>();
        foreach (var document in stream.Documents)
        {
            switch (document.RootNode)
            {
                case YamlMappingNode { Children.Count: 0 } or YamlScalarNode { Value: null or "" or "null" or "~" }:
                    break;
                case YamlMappingNode mapping:
                    Add(objects, Map(mapping), $"{source}:{mapping.Start.Line}");
                    break;
                default:
                    throw new ArgumentException($"{source}:{document.RootNode.Start.Line}: an object with apiVersion and kind belongs here.");
            }
        }

        return objects;
    }

    /// <summary>An object that the program wrote itself.</summary>
    public static ImmutableDictionary<string, object?> Of(object written)
    {
        if (Plain(written) is not ImmutableDictionary<string, object?> members)
        {
            throw new ArgumentException("An object of `objs` must be a dictionary with apiVersion, kind and metadata.");
        }

        var objects = ImmutableArray.CreateBuilder<ImmutableDictionary<string, object?>>();
        Add(objects, members, "objs");
        return objects.Count == 1 ? objects[0] : throw new ArgumentException("An object of `objs` cannot be a list.");
    }

    // Nobody keeps a list as such: its elements are the objects.
    private static void Add(ImmutableArray<ImmutableDictionary<string, object?>>.Builder objects, ImmutableDictionary<string, object?> made, string where)
    {
        if (made.GetValueOrDefault("kind") is not string kind || made.GetValueOrDefault("apiVersion") is not string version)
        {
            throw new ArgumentException($"{where}: an object needs apiVersion and kind.");
        }

        if (kind.EndsWith("List", StringComparison.Ordinal) && made.GetValueOrDefault("items") is ImmutableArray<object?> items)
        {
            foreach (var item in items)
            {
                Add(objects, item as ImmutableDictionary<string, object?> ?? throw new ArgumentException($"{where}: an item of the {kind} is no object."), where);
            }

            return;
        }

        if (made.GetValueOrDefault("metadata") is not ImmutableDictionary<string, object?> metadata || metadata.GetValueOrDefault("name") is not string)
        {
            throw new ArgumentException($"{where}: the {kind} needs metadata.name.");
        }

        objects.Add(version.StartsWith("core/", StringComparison.Ordinal) ? made.SetItem("apiVersion", version["core/".Length..]) : made);
    }

    private static object? Plain(object? value) => value switch
    {
        IDictionary map => map.Keys.Cast<object>().ToImmutableDictionary(key => (string)key, key => Plain(map[key])),
        string or null => value,
        IEnumerable list => list.Cast<object?>().Select(Plain).ToImmutableArray(),
        _ => value,
    };

    private static ImmutableDictionary<string, object?> Map(YamlMappingNode mapping)
    {
        var members = ImmutableDictionary.CreateBuilder<string, object?>(StringComparer.Ordinal);
        foreach (var (key, value) in mapping.Children)
        {
            if (key is YamlScalarNode { Value: "<<", Style: ScalarStyle.Plain })
            {
                // What is merged gives way to what is said here.
                foreach (var merged in value is YamlSequenceNode several ? several.Children.OfType<YamlMappingNode>() : [(YamlMappingNode)value])
                {
                    foreach (var (name, inherited) in Map(merged))
                    {
                        members.TryAdd(name, inherited);
                    }
                }
            }
        }

        foreach (var (key, value) in mapping.Children)
        {
            if (key is YamlScalarNode { Value: { } name } && !(name == "<<" && value is not YamlScalarNode))
            {
                members[name] = Value(value);
            }
        }

        return members.ToImmutable();
    }

    private static object? Value(YamlNode node) => node switch
    {
        YamlMappingNode mapping => Map(mapping),
        YamlSequenceNode sequence => sequence.Children.Select(Value).ToImmutableArray(),
        YamlScalarNode { Style: ScalarStyle.Plain } scalar => Scalar(scalar.Value ?? ""),
        YamlScalarNode scalar => scalar.Value,
        _ => null,
    };

    // As Kubernetes reads YAML (version 1.1): `yes` is a boolean, and the mode 0644 is octal.
    private static object? Scalar(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => null,
        "true" or "True" or "TRUE" or "yes" or "Yes" or "YES" or "on" or "On" or "ON" => true,
        "false" or "False" or "FALSE" or "no" or "No" or "NO" or "off" or "Off" or "OFF" => false,
        _ => Number(text) ?? (object)text,
    };

    private static object? Number(string text)
    {
        var digits = text.TrimStart('+', '-');
        if (digits.Length == 0 || !(char.IsAsciiDigit(digits[0]) || (digits[0] == '.' && digits.Length > 1 && char.IsAsciiDigit(digits[1]))))
        {
            return null;
        }

        var sign = text[0] == '-' ? -1 : 1;
        if (digits.Length > 1 && digits[0] == '0' && Array.TrueForAll(digits.ToCharArray(), digit => digit is >= '0' and <= '7'))
        {
            return Whole(sign * Convert.ToInt64(digits, 8));
        }

        if (digits.StartsWith("0x", StringComparison.Ordinal) && long.TryParse(digits[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var hexadecimal))
        {
            return Whole(sign * hexadecimal);
        }

        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? Whole(whole)
            : double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number) ? number
            : null;
    }

    private static object Whole(long number) => number is >= int.MinValue and <= int.MaxValue ? (int)number : (double)number;
}
