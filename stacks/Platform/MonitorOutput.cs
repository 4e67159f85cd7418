using System.Collections.Immutable;
using System.Globalization;
using AppStack.Components.Nodes;
using Pulumi;

namespace AppStack.Stacks;

/// <summary>What a platform tells the stacks of services about a monitoring node, on which they put their alert rules. Who writes and who reads it are here side by side.</summary>
internal static class MonitorOutput
{
    private const string Key = "privateKey";

    /// <summary>The texts; secret, as the key is among them.</summary>
    public static Output<ImmutableDictionary<string, string>> Of(BareMetalNode node) =>
        Output.CreateSecret(Output.Tuple(node.Access(), node.PrivateKey()).Apply(both => both.Item1.SetItem(Key, both.Item2)));

    /// <summary>Reads the texts.</summary>
    public static BareMetalNodeArgs Read(IReadOnlyDictionary<string, string> texts) => new()
    {
        Address = texts["address"],
        User = texts["user"],
        Port = int.Parse(texts["port"], CultureInfo.InvariantCulture),
        HostKey = texts.TryGetValue("hostKey", out var hostKey) ? (Input<string>)hostKey : null,
        PrivateKey = texts[Key] is { Length: > 0 } privateKey ? (Input<string>)Output.CreateSecret(privateKey) : null,
    };
}
