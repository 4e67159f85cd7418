using System.Collections.Immutable;
using System.Net;
using System.Text;
using AppStack.Stacks.Environments.Descriptors;
using AppStack.Stacks.Environments.Reading;
using AppStack.Stacks.Services.Descriptors;

namespace AppStack.Stacks.Environments.Schema;

/// <summary>Writes the reference of all keys for docs/descriptors.md and docs/service-yaml.md, from the same types that read a descriptor.</summary>
public static class DescriptorReference
{
    /// <summary>The keys of an environment.</summary>
    public static string OfEnvironment() => WriteMarkdown(typeof(EnvironmentDescriptor), "The environment");

    /// <summary>The keys of a service.</summary>
    public static string OfService() => WriteMarkdown(typeof(ServiceDescriptor), "The service");

    /// <summary>One table for each object, in the order in which a descriptor uses them.</summary>
    private static string WriteMarkdown(Type descriptor, string heading)
    {
        var text = new StringBuilder();
        var pending = new Queue<(string Path, Type Type)>([("", descriptor)]);
        while (pending.TryDequeue(out var next))
        {
            text.Append(next.Path.Length == 0 ? $"### {heading}\n\n" : $"### `{next.Path}`\n\n");
            text.Append("| key | value | default | meaning |\n|---|---|---|---|\n");
            foreach (var key in KeyDefinition.Of(next.Type))
            {
                var item = KeyDefinition.ItemOf(key.Property.PropertyType);
                var type = item ?? key.Property.PropertyType;
                var value = (item is null ? "" : "list of ") + ValueOf(type, key.Meaning);
                var fallback = key.Meaning.Required ? "**required**" : key.Meaning.Default;
                text.Append($"| `{key.Name}` | {value} | {fallback} | {key.Meaning.Description} |\n");
                if (KeyDefinition.IsObject(type))
                {
                    var path = next.Path.Length == 0 ? key.Name : $"{next.Path}.{key.Name}";
                    pending.Enqueue((item is null ? path : path + "[]", type));
                }
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    private static string ValueOf(Type type, KeyAttribute meaning)
    {
        var target = Nullable.GetUnderlyingType(type) ?? type;
        if (target.IsEnum)
        {
            ImmutableArray<string> words = Words.All(target);
            return string.Join(", ", words.Select(word => $"`{word}`"));
        }

        return target switch
        {
            _ when KeyDefinition.IsMap(target) => "names with values",
            _ when target == typeof(IPAddress) => "address",
            _ when target == typeof(IPNetwork) => "network",
            _ when target == typeof(TimeSpan) => "duration",
            _ when target == typeof(bool) => "`true`, `false`",
            _ when target == typeof(int) || target == typeof(long) => $"{meaning.Minimum} to {meaning.Maximum}",
            _ when target == typeof(string) => meaning.Format == TextFormat.Any ? "text" : Words.Of(meaning.Format).Replace('-', ' '),
            _ => "object",
        };
    }
}
