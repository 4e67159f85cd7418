using System.Runtime.CompilerServices;

namespace AppStack.Compatibility.Tests.Surface;

/// <summary>The program (components, stacks, infra) must build against either engine, so it may not know which one it has.</summary>
public sealed class ProgramSourceTests
{
    [Theory]
    [InlineData("#if", "conditional compilation would give the engines different programs")]
    [InlineData("AppStack.Engine", "the official packages do not have the embedded engine's types")]
    [InlineData("Pulumi.Serialization", "the official package keeps that namespace's types internal")]
    public void The_program_is_ordinary_Pulumi_code(string forbidden, string reason)
    {
        var root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "..", ".."));
        var found =
            from folder in new[] { "components", "stacks", "infra" }
            from file in Directory.EnumerateFiles(Path.Combine(root, folder), "*", SearchOption.AllDirectories)
            where file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".csproj", StringComparison.Ordinal)
            from line in File.ReadLines(file).Select((text, index) => (Text: text, Number: index + 1))
            where line.Text.Contains(forbidden, StringComparison.Ordinal) && !line.Text.TrimStart().StartsWith("//", StringComparison.Ordinal)
            select $"{Path.GetRelativePath(root, file)}:{line.Number}: {line.Text.Trim()}";

        Assert.True(!found.Any(), $"{reason}:{Environment.NewLine}{string.Join(Environment.NewLine, found)}");
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
