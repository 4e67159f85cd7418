using AppStack.Engine.Model.Providers;
using AppStack.Engine.Providers.Kubernetes.Objects;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace AppStack.Engine.Providers.Kubernetes.Helm;

/// <summary>Puts the release's namespace into manifests that leave it open, as `helm install` would.</summary>
internal static class ManifestNamespace
{
    /// <summary>The manifests with a namespace; those of kinds that have none, or that nobody knows, stay as they are.</summary>
    /// <param name="manifests">YAML documents.</param>
    /// <param name="space">The namespace; nothing is changed without one.</param>
    /// <exception cref="ProviderException">They are no YAML.</exception>
    public static string Fill(string manifests, string? space)
    {
        if (string.IsNullOrEmpty(space))
        {
            return manifests;
        }

        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(manifests));
            foreach (var root in stream.Documents.Select(document => document.RootNode).OfType<YamlMappingNode>())
            {
                if (KnownKinds.IsNamespaced(new ObjectKind(Text(root, "apiVersion"), Text(root, "kind"))) == true
                    && root.Children.TryGetValue("metadata", out var found)
                    && found is YamlMappingNode metadata
                    && !metadata.Children.ContainsKey("namespace"))
                {
                    metadata.Add("namespace", space);
                }
            }

            var text = new StringWriter();
            stream.Save(text, assignAnchors: false);
            return text.ToString();
        }
        catch (YamlException exception)
        {
            throw new ProviderException($"what helm rendered is no YAML: line {exception.Start.Line}, column {exception.Start.Column}: {exception.Message}", exception);
        }
    }

    private static string Text(YamlMappingNode node, string name) => node.Children.TryGetValue(name, out var value) && value is YamlScalarNode { Value: { } text } ? text : "";
}
