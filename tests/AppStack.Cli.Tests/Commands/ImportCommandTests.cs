using System.Text.Json.Nodes;
using AppStack.Testing;

namespace AppStack.Cli.Tests.Commands;

/// <summary><c>appstack import</c> with the real providers: nothing outside is needed to take a random value or a known command over.</summary>
public sealed class ImportCommandTests : IDisposable
{
    private const string Secret = "4dabf18193072939515e22adb298388d\": \"1b47061264138c4ac30d75fd1eb44270\", \"plaintext";

    private readonly ProjectFixture _project = new();

    [Fact]
    public async Task A_value_is_imported_and_declared()
    {
        await OkAsync("stack", "init", "local");

        var terminal = await OkAsync("import", "local", "random:index/randomString:RandomString", "release-name", "gentle-otter");

        Snapshot.Verify(Code(terminal.Out));
        Assert.Equal("gentle-otter", (await ResourceAsync("release-name"))["id"]!.GetValue<string>());
        Assert.True((await ResourceAsync("release-name"))["protect"]!.GetValue<bool>());
    }

    [Fact]
    public async Task A_password_is_read_from_standard_input_and_nowhere_in_clear()
    {
        await OkAsync("stack", "init", "local");

        var (exitCode, terminal) = await _project.RunAsync(
            new FakeTerminal("hunter-twenty-two\n"), "import", "local", "random:index/randomPassword:RandomPassword", "db", "-", "--no-protect");

        Assert.True(exitCode == ExitCodes.Done, terminal.Error);
        Assert.Contains("Length = 17,", terminal.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter-twenty-two", terminal.Out + terminal.Error, StringComparison.Ordinal);
        foreach (var file in Directory.EnumerateFiles(_project.Root, "*", SearchOption.AllDirectories))
        {
            Assert.DoesNotContain("hunter-twenty-two", await File.ReadAllTextAsync(file), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_file_is_imported_and_declared()
    {
        await OkAsync("stack", "init", "local");
        await WriteAsync(
            $$"""
            {
                "resources": [
                    { "type": "appstack:test:Group", "name": "group", "component": true },
                    { "type": "random:index/randomId:RandomId", "name": "id", "id": "kept-,AQIDBA", "parent": "group" },
                    { "type": "command:local:Command", "name": "2nd command", "id": "x1", "parent": "group",
                      "inputs": { "create": "echo \"hello\"\necho there", "environment": { "A": "1", "B-2": "two" }, "interpreter": ["/bin/sh", "-c"], "logging": "stdout",
                                  "addPreviousOutputInEnv": false, "triggers": ["a", 1, true, ["b"], { "k": "v" }], "archivePaths": ["out/*.txt"] },
                      "outputs": { "stdout": "hello\nthere", "stderr": "" } },
                    { "type": "command:remote:Command", "name": "remote", "id": "x2",
                      "inputs": { "connection": { "{{Secret}}": "{\"host\":\"192.0.2.1\",\"port\":22,\"password\":\"hunter-one\"}" }, "create": "true" },
                      "outputs": { "stdout": "" } }
                ]
            }
            """);

        var terminal = await OkAsync("import", "local", "--file", "import.json", "--out", "Imported.cs");

        var code = await File.ReadAllTextAsync(Path.Combine(_project.Root, "Imported.cs"));
        Snapshot.Verify(code);
        Assert.DoesNotContain("hunter-one", code + terminal.Out, StringComparison.Ordinal);
        Assert.Equal("x1", (await ResourceAsync("2nd command"))["id"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_preview_imports_nothing()
    {
        await OkAsync("stack", "init", "local");

        await OkAsync("import", "local", "random:index/randomString:RandomString", "a", "text", "--preview-only");

        Assert.DoesNotContain("::a", (await OkAsync("state", "ls", "local")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_are_json()
    {
        await OkAsync("stack", "init", "local");

        var terminal = await OkAsync("import", "local", "random:index/randomString:RandomString", "a", "text", "--json");

        var events = terminal.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!).ToArray();
        Assert.Contains(events, happened => happened["resOutputsEvent"]?["metadata"]?["op"]?.GetValue<string>() == "import");
    }

    [Fact]
    public async Task What_cannot_be_imported_fails()
    {
        await OkAsync("stack", "init", "local");

        var (exitCode, terminal) = await _project.RunAsync("import", "local", "command:local:Command", "a", "x");

        Assert.Equal(ExitCodes.Failed, exitCode);
        Assert.Contains("cannot be imported: nothing outside the state knows about it", terminal.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_no_SDK_has_is_imported_and_said_not_to_be_declared()
    {
        await OkAsync("stack", "init", "local");
        await WriteAsync(
            """{ "resources": [ { "type": "random:index/randomThing:RandomThing", "name": "a", "id": "x", "outputs": {} }, { "type": "random:index/randomString:RandomString", "name": "b", "id": "text", "inputs": { "colour": "red" } } ] }""");

        var (exitCode, terminal) = await _project.RunAsync("import", "local", "--file", "import.json");

        Assert.Equal(ExitCodes.Failed, exitCode);
        Assert.Contains("no SDK here has the type random:index/randomThing:RandomThing", terminal.Error, StringComparison.Ordinal);
        Assert.Contains("has no input 'colour'", terminal.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("import", "local")]
    [InlineData("import", "local", "t:m:T", "name")]
    [InlineData("import", "local", "t:m:T", "name", "id", "--parent", "group")]
    [InlineData("import", "local", "t:m:T", "name", "id", "--file", "import.json")]
    [InlineData("import", "local", "--file", "missing.json")]
    [InlineData("import", "local", "--file", "Pulumi.yaml")]
    [InlineData("import", "local", "T", "name", "id")]
    [InlineData("import", "prod.example", "t:m:T", "name", "id", "--yes")]
    public async Task What_makes_no_sense_is_refused(params string[] arguments)
    {
        await OkAsync("stack", "init", "local");

        var (exitCode, terminal) = await _project.RunAsync(arguments);

        Assert.Equal(ExitCodes.BadInput, exitCode);
        Assert.StartsWith("error: ", terminal.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_to_ask_is_a_refusal()
    {
        await OkAsync("stack", "init", "prod.example");

        Assert.Equal(ExitCodes.Refused, (await _project.RunAsync("import", "prod.example", "random:index/randomString:RandomString", "a", "text")).ExitCode);
    }

    public void Dispose() => _project.Dispose();

    private static string Code(string text) => text[text.IndexOf("using Pulumi;", StringComparison.Ordinal)..];

    private Task WriteAsync(string json) => File.WriteAllTextAsync(Path.Combine(_project.Root, "import.json"), json);

    private async Task<JsonNode> ResourceAsync(string name)
    {
        var export = JsonNode.Parse((await OkAsync("stack", "export", "local")).Out)!;
        return export["deployment"]!["resources"]!.AsArray().First(resource => resource!["urn"]!.GetValue<string>().EndsWith($"::{name}", StringComparison.Ordinal))!;
    }

    private Task<FakeTerminal> OkAsync(params string[] arguments) => _project.OkAsync(arguments);
}
