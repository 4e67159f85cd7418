using System.Collections.Immutable;

namespace AppStack.Stacks.Services;

/// <summary>Finds the descriptors of services: <c>stacks/services/NAME/service.yaml</c>.</summary>
public static class ServiceFiles
{
    /// <summary>The environment variable that names another folder with services than the project's own.</summary>
    public const string FolderVariable = "APPSTACK_SERVICES";

    /// <summary>The name of every descriptor.</summary>
    public const string FileName = "service.yaml";

    /// <summary>Finds the descriptor of a service; it does not have to exist.</summary>
    /// <param name="root">The project's folder, where <c>Pulumi.yaml</c> is.</param>
    /// <param name="name">The service's name.</param>
    public static ServiceFile Find(string root, string name)
    {
        var path = Path.Combine(Folder(root), name, FileName);
        var relative = Path.GetRelativePath(root, path);
        return new ServiceFile(name, path, relative.StartsWith("..", StringComparison.Ordinal) ? path : relative);
    }

    /// <summary>The names of all services of the project.</summary>
    /// <param name="root">The project's folder.</param>
    public static ImmutableArray<string> List(string root) => In(Folder(root));

    /// <summary>The names of the services in a folder.</summary>
    internal static ImmutableArray<string> In(string services) =>
        Directory.Exists(services)
            ? [.. Directory.EnumerateDirectories(services)
                .Where(folder => File.Exists(Path.Combine(folder, FileName)))
                .Select(folder => Path.GetFileName(folder)!)
                .Order(StringComparer.Ordinal)]
            : [];

    /// <summary>The folder in which the services of a project are.</summary>
    /// <param name="root">The project's folder.</param>
    public static string Folder(string root) =>
        Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } folder ? Path.GetFullPath(folder) : Path.Combine(root, "stacks", "services");
}
