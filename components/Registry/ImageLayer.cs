using System.Security.Cryptography;

namespace AppStack.Components.Registry;

/// <summary>A layer of an image: a tar archive, compressed with gzip.</summary>
/// <param name="File">The file that holds it.</param>
/// <param name="Digest">SHA-256 of the file: <c>sha256:HEX</c>.</param>
/// <param name="DiffId">SHA-256 of the archive in it, which is what an image's configuration names.</param>
/// <param name="Size">Bytes of the file.</param>
public sealed record ImageLayer(string File, string Digest, string DiffId, long Size)
{
    /// <summary>The digest of some bytes as registries write it.</summary>
    /// <param name="content">The bytes.</param>
    /// <returns><c>sha256:HEX</c>.</returns>
    public static string DigestOf(ReadOnlySpan<byte> content) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(content))}";
}
