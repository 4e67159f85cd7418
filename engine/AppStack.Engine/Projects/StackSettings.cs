using System.Collections.Immutable;
using AppStack.Engine.Diagnostics;
using YamlDotNet.RepresentationModel;

namespace AppStack.Engine.Projects;

/// <summary>What a stack's file (<c>Pulumi.STACK.yaml</c>) says.</summary>
internal sealed record StackSettings
{
    public static StackSettings Empty { get; } = new();

    public string? EncryptionSalt { get; init; }

    /// <summary>Values by <c>namespace:key</c>.</summary>
    public ImmutableSortedDictionary<string, ConfigNode> Config { get; init; } = ImmutableSortedDictionary.Create<string, ConfigNode>(StringComparer.Ordinal);

    public static StackSettings Read(string? text, string path)
    {
        if (text is null)
        {
            return Empty;
        }

        var root = YamlFile.Read(text, path);
        var provider = YamlFile.Text(root, "secretsprovider");
        if (!string.IsNullOrEmpty(provider) && provider != "passphrase")
        {
            throw new StackException(
                $"{path}: the secrets provider '{provider}' is not supported; this engine has 'passphrase'. Run `pulumi stack change-secrets-provider passphrase` first.");
        }

        if (YamlFile.Find(root, "environment") is { } environment and not (YamlMappingNode { Children.Count: 0 } or YamlSequenceNode { Children.Count: 0 } or YamlScalarNode { Value: null or "" }))
        {
            throw new StackException(
                $"{path}:{environment.Start.Line}: `environment` takes configuration from Pulumi ESC, which is not supported. Set the values under `config`, and remove it.");
        }

        return new StackSettings
        {
            EncryptionSalt = YamlFile.Text(root, "encryptionsalt"),
            Config = YamlFile.Find(root, "config") is YamlMappingNode config
                ? config.Children.ToImmutableSortedDictionary(
                    member => (member.Key as YamlScalarNode)?.Value ?? "", member => YamlFile.ToConfig(member.Value, path), StringComparer.Ordinal)
                : Empty.Config,
        };
    }
}
