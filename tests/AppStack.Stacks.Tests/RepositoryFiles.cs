using System.Runtime.CompilerServices;

namespace AppStack.Stacks.Tests;

/// <summary>Files of the repository, found from this source file: nothing depends on the working directory.</summary>
internal static class RepositoryFiles
{
    public static string Environments => Path.Combine(Root(), "stacks", "environments");

    public static string Of(params string[] parts) => Path.Combine([Root(), .. parts]);

    private static string Root([CallerFilePath] string source = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(source)!, "..", ".."));
}
