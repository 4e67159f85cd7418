using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AppStack.Components.Registry;

/// <summary>An image as registries keep it: its layers, its configuration, and the manifest that names both (OCI image specification 1.0).</summary>
public sealed record ImageManifest
{
    /// <summary>The media type of manifests.</summary>
    public const string MediaType = "application/vnd.oci.image.manifest.v1+json";

    private const string ConfigurationType = "application/vnd.oci.image.config.v1+json";
    private const string LayerType = "application/vnd.oci.image.layer.v1.tar+gzip";

    private ImageManifest(ImmutableArray<ImageLayer> layers, byte[] configuration, byte[] content) => (Layers, Configuration, Content) = (layers, configuration, content);

    /// <summary>The layers, the lowest first.</summary>
    public ImmutableArray<ImageLayer> Layers { get; }

    /// <summary>The configuration's bytes.</summary>
    public ReadOnlyMemory<byte> Configuration { get; }

    /// <summary>The manifest's bytes.</summary>
    public ReadOnlyMemory<byte> Content { get; }

    /// <summary>The digest under which the image can be fetched for good.</summary>
    public string Digest => ImageLayer.DigestOf(Content.Span);

    /// <summary>Makes the manifest of an image for Linux on x86-64. The same parts give the same bytes: nothing in it is a time.</summary>
    /// <param name="layers">The layers, the lowest first.</param>
    /// <param name="execution">How it is run: members of the configuration's <c>config</c> such as <c>Entrypoint</c>, <c>Env</c>, <c>User</c>, <c>WorkingDir</c>.</param>
    /// <returns>The image.</returns>
    public static ImageManifest Of(ImmutableArray<ImageLayer> layers, JsonObject execution)
    {
        var configuration = JsonSerializer.SerializeToUtf8Bytes(new JsonObject
        {
            ["architecture"] = "amd64",
            ["os"] = "linux",
            ["config"] = execution.DeepClone(),
            ["rootfs"] = new JsonObject { ["type"] = "layers", ["diff_ids"] = new JsonArray([.. layers.Select(layer => JsonValue.Create(layer.DiffId))]) },
        });
        var manifest = JsonSerializer.SerializeToUtf8Bytes(new JsonObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = MediaType,
            ["config"] = Descriptor(ConfigurationType, ImageLayer.DigestOf(configuration), configuration.Length),
            ["layers"] = new JsonArray([.. layers.Select(layer => Descriptor(LayerType, layer.Digest, layer.Size))]),
        });
        return new(layers, configuration, manifest);
    }

    private static JsonObject Descriptor(string type, string digest, long size) => new() { ["mediaType"] = type, ["digest"] = digest, ["size"] = size };
}
