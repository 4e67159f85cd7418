namespace AppStack.Cli.Hosting;

/// <summary>Finds the project: the folder with <c>Pulumi.yaml</c>.</summary>
internal static class ProjectFolder
{
    private const string ProjectFile = "Pulumi.yaml";

    /// <summary>The folder that was asked for, or the nearest one above it, or the one that this program was built in.</summary>
    /// <param name="start">Where to begin; the working directory when <see langword="null"/>.</param>
    /// <exception cref="CommandException">There is none.</exception>
    public static string Find(string? start)
    {
        var from = Path.GetFullPath(start ?? Environment.CurrentDirectory);
        var found = Above(from) ?? (start is null ? Above(AppContext.BaseDirectory) : null);
        return found ?? throw new CommandException(
            ExitCodes.BadInput,
            $"There is no {ProjectFile} in {from} or above. Run the command inside of the project, or name its folder with --cwd.");
    }

    private static string? Above(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, ProjectFile)))
            {
                return at.FullName;
            }
        }

        return null;
    }
}
