using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using AppStack.Components.Lab;

namespace AppStack.Components.Services.Images;

/// <summary>
/// What an image's tag says: the project's sources, the settings of the repository that hold for every project, the recipe of images, and the runtime of
/// this host. The same sources are the same image; another one stands beside those that are there.
/// </summary>
public static class SourceHash
{
    private static readonly ImmutableArray<string> BuildFolders = ["bin", "obj"];
    private static readonly ImmutableArray<string> Shared = ["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props", "global.json"];

    /// <summary>The hash.</summary>
    /// <param name="root">The repository's folder.</param>
    /// <param name="project">The project's file, absolute.</param>
    /// <returns>Twelve hexadecimal digits.</returns>
    public static string Of(string root, string project)
    {
        ArgumentNullException.ThrowIfNull(root);
        ArgumentNullException.ThrowIfNull(project);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Text(LabScript.Recipe);
        Text(Environment.Version.ToString());
        foreach (var file in Sources(Path.GetDirectoryName(project)!).Concat(Shared.Select(name => Path.Combine(root, name)).Where(File.Exists)))
        {
            Text(Path.GetRelativePath(root, file));
            hash.AppendData(SHA256.HashData(File.ReadAllBytes(file)));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..12];

        void Text(string text) => hash.AppendData(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    private static IEnumerable<string> Sources(string folder) => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .Where(file => !Path.GetRelativePath(folder, file).Split(Path.DirectorySeparatorChar).Any(BuildFolders.Contains))
        .Order(StringComparer.Ordinal);
}
