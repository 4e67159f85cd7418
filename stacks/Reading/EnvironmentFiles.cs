using System.Collections.Immutable;

namespace AppStack.Stacks.Environments;

/// <summary>Finds descriptors. An environment is named by its name, or by the path of a descriptor that lies elsewhere.</summary>
public static class EnvironmentFiles
{
    /// <summary>The environment variable that names another folder with descriptors than the project's own.</summary>
    public const string FolderVariable = "APPSTACK_ENVIRONMENTS";

    private const string Extension = ".yaml";

    /// <summary>Finds the descriptor of an environment; it does not have to exist.</summary>
    /// <param name="root">The project's folder, where <c>Pulumi.yaml</c> is.</param>
    /// <param name="nameOrPath">A name such as <c>local</c>, or the path of a <c>.yaml</c> file.</param>
    public static EnvironmentFile Find(string root, string nameOrPath)
    {
        var isPath = nameOrPath.EndsWith(Extension, StringComparison.Ordinal);
        var path = isPath ? Path.GetFullPath(nameOrPath) : Path.Combine(Folder(root), nameOrPath + Extension);
        var relative = Path.GetRelativePath(root, path);
        return new EnvironmentFile(Path.GetFileNameWithoutExtension(path), path, relative.StartsWith("..", StringComparison.Ordinal) ? path : relative);
    }

    /// <summary>The names of all environments of the project.</summary>
    public static ImmutableArray<string> List(string root) => In(Folder(root));

    /// <summary>The names of the environments beside a descriptor.</summary>
    internal static ImmutableArray<string> Siblings(string path) => In(Path.GetDirectoryName(Path.GetFullPath(path))!);

    private static ImmutableArray<string> In(string folder) =>
        Directory.Exists(folder)
            ? [.. Directory.EnumerateFiles(folder, "*" + Extension)
                .Select(file => Path.GetFileNameWithoutExtension(file)!)
                .Where(name => !name.StartsWith("Pulumi.", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)]
            : [];

    private static string Folder(string root) =>
        Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } folder ? Path.GetFullPath(folder) : Path.Combine(root, "stacks", "environments");
}
