using System.Collections.Immutable;
using AppStack.Stacks.Environments.Descriptors;

namespace AppStack.Stacks.Environments.Reading;

/// <summary>
/// Binds a YAML tree to descriptor records, by the <see cref="KeyAttribute"/>s of their properties. What cannot be read is reported and
/// left <see langword="null"/>; everything else is bound all the same.
/// </summary>
internal sealed class DescriptorBinder(ProblemList problems, SourceMap source)
{
    /// <summary>Binds the root of a document.</summary>
    public T Bind<T>(YamlNode root)
        where T : class, new()
    {
        source.Add("", root.Mark);
        return (T?)BindObject(root, typeof(T), "") ?? new T();
    }

    private object? BindObject(YamlNode node, Type type, string path)
    {
        var keys = KeyDefinition.Of(type);
        if (node is not YamlNode.Mapping mapping)
        {
            problems.Add(node.Mark, path, $"{node.Kind} stands where an object belongs", $"an object with the keys {Names(keys)}");
            return null;
        }

        var result = Activator.CreateInstance(type)!;
        var seen = new Dictionary<string, SourceMark>(StringComparer.Ordinal);
        foreach (var (key, value) in mapping.Members)
        {
            var keyPath = Join(path, key.Value);
            if (!seen.TryAdd(key.Value, key.Mark))
            {
                problems.Add(key.Mark, keyPath, $"the key '{key.Value}' occurs twice", $"keep one of them; the first is on line {seen[key.Value].Line}");
                continue;
            }

            var definition = keys.FirstOrDefault(known => known.Name == key.Value);
            if (definition is null)
            {
                ReportUnknown(key, keyPath, keys);
                continue;
            }

            source.Add(keyPath, key.Mark);
            definition.Property.SetValue(result, BindValue(value, definition.Property.PropertyType, keyPath, definition));
        }

        foreach (var missing in keys.Where(known => known.Meaning.Required && !seen.ContainsKey(known.Name)))
        {
            problems.Add(mapping.Mark, Join(path, missing.Name), $"the key '{missing.Name}' is missing", Advice(missing));
        }

        return result;
    }

    private object? BindValue(YamlNode node, Type type, string path, KeyDefinition definition)
    {
        if (KeyDefinition.ItemOf(type) is { } item)
        {
            return BindList(node, item, path, definition);
        }

        if (KeyDefinition.IsMap(type))
        {
            return BindMap(node, path, definition);
        }

        if (node is YamlNode.Scalar { IsNull: true })
        {
            problems.Add(path, $"the key '{definition.Name}' has no value", Advice(definition));
            return null;
        }

        return KeyDefinition.IsObject(type) ? BindObject(node, type, path) : BindScalar(node, type, path, definition);
    }

    private Dictionary<string, string?> BindMap(YamlNode node, string path, KeyDefinition definition)
    {
        var map = new Dictionary<string, string?>(StringComparer.Ordinal);
        if (node is not YamlNode.Mapping mapping)
        {
            problems.Add(node.Mark, path, $"{node.Kind} stands where names with values belong", Advice(definition));
            return map;
        }

        foreach (var (key, value) in mapping.Members)
        {
            var keyPath = Join(path, key.Value);
            if (map.ContainsKey(key.Value))
            {
                problems.Add(key.Mark, keyPath, $"the key '{key.Value}' occurs twice", "keep one of them");
                continue;
            }

            source.Add(keyPath, key.Mark);
            map[key.Value] = (string?)BindScalar(value, typeof(string), keyPath, definition);
        }

        return map;
    }

    private Array BindList(YamlNode node, Type item, string path, KeyDefinition definition)
    {
        if (node is not YamlNode.Sequence sequence)
        {
            problems.Add(node.Mark, path, $"{node.Kind} stands where a list belongs", Advice(definition));
            return Array.CreateInstance(item, 0);
        }

        if (sequence.Items.IsEmpty && definition.Meaning.Required)
        {
            problems.Add(node.Mark, path, "the list is empty", Advice(definition));
        }

        var items = Array.CreateInstance(item, sequence.Items.Length);
        for (var i = 0; i < sequence.Items.Length; i++)
        {
            var itemPath = $"{path}[{i}]";
            source.Add(itemPath, sequence.Items[i].Mark);
            items.SetValue(KeyDefinition.IsObject(item) ? BindObject(sequence.Items[i], item, itemPath) : BindScalar(sequence.Items[i], item, itemPath, definition), i);
        }

        return items;
    }

    private object? BindScalar(YamlNode node, Type type, string path, KeyDefinition definition)
    {
        if (node is not YamlNode.Scalar scalar || scalar.IsNull)
        {
            problems.Add(node.Mark, path, $"{node.Kind} stands where a single value belongs", Advice(definition));
            return null;
        }

        var result = ScalarReader.Read(scalar.Value, type, definition.Meaning);
        if (result.Value is null)
        {
            problems.Add(scalar.Mark, path, result.Wrong, result.Right);
        }

        return result.Value;
    }

    private void ReportUnknown(YamlNode.Scalar key, string path, ImmutableArray<KeyDefinition> keys)
    {
        var nearest = NearestName.Of(key.Value, keys.Select(known => known.Name));
        problems.Add(key.Mark, path, $"the key '{key.Value}' is not known here", nearest is null ? $"known keys: {Names(keys)}" : $"did you mean '{nearest}'?");
    }

    private static string Advice(KeyDefinition key)
    {
        var meaning = key.Meaning.Description;
        return key.Meaning.Example.Length == 0 ? meaning : $"{meaning} For example: {key.Meaning.Example}";
    }

    private static string Names(ImmutableArray<KeyDefinition> keys) => string.Join(", ", keys.Select(key => key.Name));

    private static string Join(string path, string key) => path.Length == 0 ? key : $"{path}.{key}";
}
