using System.Runtime.CompilerServices;

namespace AppStack.Compatibility.Tests.Compilation;

/// <summary>What <c>appstack import</c> prints is pasted into programs: it must compile.</summary>
public sealed class ImportedDeclarationTests
{
    /// <summary>The golden files of the command's own tests.</summary>
    public static TheoryData<string> Goldens => [.. Directory.EnumerateFiles(Folder(), "ImportCommandTests.*.verified.txt").Select(static path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Goldens))]
    public void Declarations_compile(string golden) => Assert.Equal([], Snippet.ErrorsOfProgram(File.ReadAllText(Path.Combine(Folder(), golden))));

    [Fact]
    public void A_declaration_that_does_not_compile_is_noticed() => Assert.NotEmpty(Snippet.ErrorsOfProgram("var id = new Pulumi.Random.RandomId(\"id\", new() { ByteLenght = 4 });"));

    private static string Folder([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "AppStack.Cli.Tests", "Commands", "Snapshots"));
}
