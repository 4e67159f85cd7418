using AppStack.Stacks.Environments;

namespace AppStack.Stacks.Services;

/// <summary>
/// The descriptors of a stack: a platform has its environment's (<c>local</c>), a service in an environment both
/// (<c>local-dilosi</c>: the environment, a hyphen, the service).
/// </summary>
/// <param name="Name">The stack's name.</param>
/// <param name="Environment">The environment's descriptor.</param>
/// <param name="Service">The service's descriptor; <see langword="null"/> for the platform itself.</param>
public sealed record StackFiles(string Name, EnvironmentFile Environment, ServiceFile? Service)
{
    /// <summary>Finds the descriptors of a stack; they do not have to exist.</summary>
    /// <param name="root">The project's folder.</param>
    /// <param name="nameOrPath">
    /// The stack's name; or, where the environment's descriptor lies elsewhere, its path (<c>/labs/test.yaml</c>) or that path with the service's
    /// name in the place of the extension (<c>/labs/test-dilosi</c>).
    /// </param>
    public static StackFiles Find(string root, string nameOrPath)
    {
        var environment = EnvironmentFiles.Find(root, nameOrPath);
        if (nameOrPath.EndsWith(".yaml", StringComparison.Ordinal) || environment.Exists)
        {
            return new(environment.Name, environment, null);
        }

        var name = Path.GetFileName(nameOrPath);
        var folder = name.Length == nameOrPath.Length ? null : Path.GetFullPath(nameOrPath[..^name.Length]);
        var candidates = new List<StackFiles>();
        for (var hyphen = name.IndexOf('-'); hyphen > 0 && hyphen < name.Length - 1; hyphen = name.IndexOf('-', hyphen + 1))
        {
            var found = EnvironmentFiles.Find(root, folder is null ? name[..hyphen] : Path.Combine(folder, name[..hyphen] + ".yaml"));
            if (found.Exists)
            {
                candidates.Add(new(name, found, ServiceFiles.Find(root, name[(hyphen + 1)..])));
            }
        }

        // A service that is not there (any more) is one all the same: its stack can be destroyed, and who mistyped it is told.
        return candidates.Find(found => found.Service!.Exists) ?? candidates.LastOrDefault() ?? new(environment.Name, environment, null);
    }
}
