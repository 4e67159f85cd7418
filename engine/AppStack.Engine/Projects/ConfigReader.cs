using System.Collections.Immutable;
using AppStack.Engine.State;

namespace AppStack.Engine.Projects;

/// <summary>Turns configuration of files into values for programs, and for history.</summary>
internal static class ConfigReader
{
    /// <summary>The value for a program; secrets are decrypted, objects become JSON text.</summary>
    public static ConfigValue Open(ConfigNode node, Func<string, string> decrypt)
    {
        switch (node)
        {
            case ConfigNode.Scalar scalar:
                return new ConfigValue(scalar.Text, Secret: false, IsObject: false);
            case ConfigNode.Secure secure:
                return new ConfigValue(decrypt(secure.Ciphertext), Secret: true, IsObject: false);
            default:
                var json = new JsonText();
                Write(json, node, ciphertext => (decrypt(ciphertext), IsSecure: false));
                return new ConfigValue(json.ToString(), node.HasSecrets, IsObject: true);
        }
    }

    /// <summary>The configuration as history keeps it: JSON, secrets still encrypted.</summary>
    public static string ForHistory(ImmutableSortedDictionary<string, ConfigNode> config)
    {
        var json = new JsonText();
        json.BeginObject();
        foreach (var (key, node) in config)
        {
            json.Name(key);
            if (node is ConfigNode.Scalar scalar)
            {
                json.String(scalar.Text);
            }
            else
            {
                Write(json, node, ciphertext => (ciphertext, IsSecure: true));
            }
        }

        json.EndObject();
        return json.ToString();
    }

    /// <summary>The configuration for display: secrets masked.</summary>
    public static ImmutableSortedDictionary<string, string> ForDisplay(ImmutableSortedDictionary<string, ConfigNode> config) =>
        config.ToImmutableSortedDictionary(
            entry => entry.Key,
            entry => entry.Value is ConfigNode.Secure ? "[secret]" : Open(entry.Value, _ => "[secret]").Text,
            StringComparer.Ordinal);

    private static void Write(JsonText json, ConfigNode node, Func<string, (string Text, bool IsSecure)> open)
    {
        switch (node)
        {
            case ConfigNode.Scalar scalar:
                switch (YamlFile.Typed(scalar))
                {
                    case null: json.Null(); break;
                    case bool flag: json.Bool(flag); break;
                    case double number: json.Number(number); break;
                    case var text: json.String((string)text); break;
                }

                break;
            case ConfigNode.Secure secure:
                var (value, isSecure) = open(secure.Ciphertext);
                if (isSecure)
                {
                    json.BeginObject();
                    json.Name("secure");
                    json.String(value);
                    json.EndObject();
                }
                else
                {
                    json.String(value);
                }

                break;
            case ConfigNode.List list:
                json.BeginArray();
                foreach (var item in list.Items)
                {
                    Write(json, item, open);
                }

                json.EndArray();
                break;
            case ConfigNode.Map map:
                json.BeginObject();
                foreach (var (name, member) in map.Members.OrderBy(member => member.Key, StringComparer.Ordinal))
                {
                    json.Name(name);
                    Write(json, member, open);
                }

                json.EndObject();
                break;
        }
    }
}
