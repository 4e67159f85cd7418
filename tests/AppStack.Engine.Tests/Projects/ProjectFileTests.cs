using System.Collections.Immutable;
using AppStack.Engine.Diagnostics;
using AppStack.Engine.Projects;

namespace AppStack.Engine.Tests.Projects;

public sealed class ProjectFileTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("appstack-project-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void Everything_that_a_project_says_is_read()
    {
        var project = Read("""
            name: sample
            runtime: dotnet
            main: infra
            description: A sample
            stackConfigDir: stacks
            backend:
              url: file:///state
            options:
              refresh: always
            """);

        Assert.Equal("sample", project.Name);
        Assert.Equal("infra", project.Main);
        Assert.Equal("A sample", project.Description);
        Assert.Equal(Path.Combine(_directory, "stacks", "Pulumi.dev.yaml"), project.StackFile("dev"));
        Assert.Equal("file:///state", project.BackendUrl);
        Assert.True(project.AlwaysRefreshes);
        Assert.False(Read("name: sample").AlwaysRefreshes);
    }

    [Fact]
    public void Values_and_defaults_are_those_of_stacks_without_an_own_one()
    {
        var project = Read("""
            name: sample
            config:
              plain: north
              explicit: {value: south}
              preset: {type: integer, default: 3}
              other:key: {value: west}
              declared: {type: string}
            """);

        Assert.Equal(["other:key", "sample:explicit", "sample:plain", "sample:preset"], project.Defaults.Keys);
        Assert.Equal("declared", Assert.Single(project.Declarations, declaration => declaration.Required).Name);
    }

    [Fact]
    public void Everything_that_a_stack_has_wrong_is_told_at_once()
    {
        var project = Read("""
            name: sample
            config:
              missing: {description: nobody knows it}
              size: {type: integer}
              flag: {type: boolean}
              racks: {type: array, items: {type: array, items: {type: integer}}}
              site: {type: object}
              token: {type: string, secret: true}
            """);

        var problems = ConfigDeclaration.Problems(
            project.Declarations,
            "dev",
            Config("""
                size: many
                flag: "yes"
                racks: [[1, 2], ["three", x]]
                site: athens
                token: in clear
                """),
            (ciphertext, _) => ciphertext);

        Assert.Equal(6, problems.Length);
        Assert.All(["missing", "size", "flag", "array<array<integer>>", "site", "token"], named => Assert.Contains(problems, problem => problem.Contains(named, StringComparison.Ordinal)));
    }

    [Fact]
    public void What_is_as_declared_is_accepted()
    {
        var project = Read("""
            name: sample
            config:
              size: {type: integer}
              flag: {type: boolean}
              racks: {type: array, items: {type: integer}}
              site: {type: object}
              token: {type: integer, secret: true}
              text: {type: string}
            """);

        Assert.Empty(ConfigDeclaration.Problems(
            project.Declarations,
            "dev",
            Config("""
                size: 3
                flag: true
                racks: [1, 2]
                site: {name: athens}
                token: {secure: "42"}
                text: 5
                """),
            (ciphertext, _) => ciphertext));
    }

    [Theory]
    [InlineData("x: {default: 1, value: 2}", "both")]
    [InlineData("x: {type: integer, default: many}", "not of its type integer")]
    [InlineData("x: {type: array}", "items")]
    [InlineData("x: {type: number}", "unknown type 'number'")]
    [InlineData("other:x: {type: string, value: y}", "another package")]
    [InlineData("other:x: {default: y}", "another package")]
    [InlineData("other:x: {description: y}", "needs a `value`")]
    public void A_declaration_that_cannot_be_is_refused_with_its_place(string declaration, string expected)
    {
        var exception = Assert.Throws<StackException>(() => Read($"name: sample\nconfig:\n  {declaration}\n"));

        Assert.Contains("Pulumi.yaml:3:3", exception.Message, StringComparison.Ordinal);
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("environment: [prod]")]
    [InlineData("environment:\n  values: {a: b}")]
    public void Configuration_from_elsewhere_is_refused_by_name(string settings)
    {
        var exception = Assert.Throws<StackException>(() => StackSettings.Read(settings, "Pulumi.dev.yaml"));

        Assert.Contains("Pulumi ESC", exception.Message, StringComparison.Ordinal);
    }

    private ProjectSettings Read(string text)
    {
        File.WriteAllText(Path.Combine(_directory, "Pulumi.yaml"), text);
        return ProjectFile.Read(_directory);
    }

    private static ImmutableSortedDictionary<string, ConfigNode> Config(string values) =>
        StackSettings.Read("config:\n" + string.Join('\n', values.Split('\n').Select(line => $"  sample:{line}")), "Pulumi.dev.yaml").Config;
}
