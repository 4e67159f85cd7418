using System.Text.Json;
using AppStack.Stacks.Environments.Schema;

namespace AppStack.Stacks.Tests;

public sealed class EnvironmentSchemaTests
{
    private const string Begin = "<!-- keys: written by the tests from the descriptor types -->\n\n";
    private const string End = "<!-- end of keys -->";

    [Fact]
    public void Checked_in_schema_is_the_one_that_the_types_give()
    {
        AssertCurrent(RepositoryFiles.Of("stacks", "environments", "environment.schema.json"), _ => EnvironmentSchema.Write());
    }

    [Fact]
    public void Checked_in_schema_of_services_is_the_one_that_the_types_give()
    {
        AssertCurrent(RepositoryFiles.Of("stacks", "services", "service.schema.json"), _ => ServiceSchema.Write());
    }

    [Fact]
    public void Reference_page_lists_the_keys_that_the_types_have() => AssertLists("descriptors.md", DescriptorReference.OfEnvironment());

    [Fact]
    public void Reference_page_of_services_lists_the_keys_that_the_types_have() => AssertLists("service-yaml.md", DescriptorReference.OfService());

    [Fact]
    public void Write_EveryReference_HasItsDefinition()
    {
        using var schema = JsonDocument.Parse(EnvironmentSchema.Write());
        var definitions = schema.RootElement.GetProperty("definitions").EnumerateObject().Select(found => found.Name).ToHashSet(StringComparer.Ordinal);

        Assert.All(References(schema.RootElement), reference => Assert.Contains(reference["#/definitions/".Length..], definitions));
    }

    private static void AssertLists(string page, string keys) => AssertCurrent(RepositoryFiles.Of("docs", page), text =>
    {
        var begin = text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        var end = text.IndexOf(End, StringComparison.Ordinal);
        return string.Concat(text.AsSpan(0, begin), keys, text.AsSpan(end));
    });

    private static void AssertCurrent(string file, Func<string, string> expected)
    {
        var actual = File.Exists(file) ? File.ReadAllText(file) : "";
        var wanted = expected(actual);
        if (actual != wanted && Environment.GetEnvironmentVariable("APPSTACK_ACCEPT") == "1")
        {
            File.WriteAllText(file, wanted);
            return;
        }

        Assert.True(actual == wanted, $"{file} is not current; run the test with APPSTACK_ACCEPT=1 and look at the difference.");
    }

    private static IEnumerable<string> References(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member =>
            member.NameEquals("$ref") ? [member.Value.GetString()!] : References(member.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(References),
        _ => [],
    };
}
