using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace AppStack.Compatibility.Tests;

/// <summary><c>tests/scenarios.md</c> names tests; they must exist.</summary>
public sealed partial class ScenarioMapTests
{
    private const int Fewest = 150;

    private static readonly string Tests = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, ".."));

    [Fact]
    public void Every_test_that_the_map_names_exists()
    {
        var missing = Named().Except(Existing(), StringComparer.Ordinal).Order(StringComparer.Ordinal);

        Assert.True(!missing.Any(), $"tests/scenarios.md names tests that do not exist:{Environment.NewLine}{string.Join(Environment.NewLine, missing)}");
    }

    [Fact]
    public void The_map_names_enough_tests() => Assert.InRange(Named().Count, Fewest, int.MaxValue);

    [Fact]
    public void Every_scenario_has_a_test()
    {
        var rows = File.ReadLines(Path.Combine(Tests, "scenarios.md")).TakeWhile(line => line != "## Left out").Where(line => line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| scenario", StringComparison.Ordinal));

        Assert.All(rows, row => Assert.Matches(TestName(), row));
    }

    private static HashSet<string> Named() =>
        [.. TestName().Matches(File.ReadAllText(Path.Combine(Tests, "scenarios.md"))).Select(match => match.Groups["name"].Value)];

    private static HashSet<string> Existing() =>
    [
        .. from file in Directory.EnumerateFiles(Tests, "*Tests.cs", SearchOption.AllDirectories)
           from match in TestMethod().Matches(File.ReadAllText(file))
           select $"{Path.GetFileNameWithoutExtension(file)}.{match.Groups["name"].Value}",
    ];

    [GeneratedRegex(@"`(?<name>\w+Tests\.\w+)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TestName();

    [GeneratedRegex(@"public (async )?(Task|void|Property) (?<name>\w+)\(", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TestMethod();

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
