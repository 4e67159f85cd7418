using AppStack.Engine.Diagnostics;
using AppStack.Engine.Projects;

namespace AppStack.Engine.Tests.Projects;

public sealed class StackFileEditorTests
{
    private const string File = """
        # who to ask: the SRE team
        encryptionsalt: v1:abc
        config:
          # the greeting
          sample:greeting: hello   # said at the door

          sample:site:
            name: athens
            racks: 12
          # the token
          sample:token:
            secure: v1:xyz
        environment: {}

        """;

    private static ConfigNode Text(string text) => new ConfigNode.Scalar(text, IsText: true);

    private static string Set(string file, string key, ConfigNode value) => StackFileEditor.SetConfig(file, "Pulumi.dev.yaml", key, value);

    private static ConfigNode Read(string file, string key) => StackSettings.Read(file, "Pulumi.dev.yaml").Config[key];

    [Fact]
    public void Only_the_value_that_is_set_changes() =>
        Assert.Equal(
            File.Replace("  sample:site:\n    name: athens\n    racks: 12\n", "  sample:site: patra\n", StringComparison.Ordinal),
            Set(File, "sample:site", Text("patra")));

    [Fact]
    public void A_new_value_comes_after_the_last() =>
        Assert.Equal(
            File.Replace("    secure: v1:xyz\n", "    secure: v1:xyz\n  sample:new: x\n", StringComparison.Ordinal), Set(File, "sample:new", Text("x")));

    [Fact]
    public void A_value_is_removed_with_all_its_lines() =>
        Assert.Equal(
            File.Replace("  sample:site:\n    name: athens\n    racks: 12\n", "", StringComparison.Ordinal),
            StackFileEditor.RemoveConfig(File, "Pulumi.dev.yaml", "sample:site"));

    [Fact]
    public void The_last_value_leaves_an_empty_mapping_that_can_be_filled_again()
    {
        var emptied = StackFileEditor.RemoveConfig("config:\n  a:b: c\n", "Pulumi.dev.yaml", "a:b");

        Assert.Empty(StackSettings.Read(emptied, "Pulumi.dev.yaml").Config);
        Assert.Equal(Text("d"), Read(Set(emptied, "a:b", Text("d")), "a:b"));
    }

    [Fact]
    public void An_empty_file_gets_its_first_value() => Assert.Equal("config:\n  a:b: c\n", Set("", "a:b", Text("c")));

    [Theory]
    [InlineData("plain")]
    [InlineData("true")]
    [InlineData("12")]
    [InlineData("")]
    [InlineData("with: colon")]
    [InlineData("# not a comment")]
    [InlineData("- not a list")]
    [InlineData("quotes \" and ' and \\")]
    [InlineData("two\nlines\n")]
    [InlineData(" spaces ")]
    [InlineData("{braces} [brackets] & * ! | > % @ `")]
    [InlineData("žluť 🚀")]
    [InlineData("~")]
    [InlineData("http://host:80/path")]
    public void Every_text_is_read_back_as_it_was_set(string text)
    {
        var read = Assert.IsType<ConfigNode.Scalar>(Read(Set(File, "sample:greeting", Text(text)), "sample:greeting"));

        Assert.Equal(text, read.Text);
        Assert.Equal(text, YamlFile.Typed(read));
    }

    [Fact]
    public void Objects_lists_and_secrets_are_read_back_as_they_were_set()
    {
        ConfigNode value = new ConfigNode.Map(
        [
            new("list", new ConfigNode.List([Text("a"), new ConfigNode.Map([new("x", Text("1")), new("y", new ConfigNode.Secure("v1:s"))]), new ConfigNode.List([Text("i")])])),
            new("number", new ConfigNode.Scalar("3", IsText: false)),
            new("empty", new ConfigNode.Map([])),
        ]);

        var json = ConfigReader.Open(Read(Set(File, "sample:site", value), "sample:site"), _ => "opened");

        Assert.Equal("""{"empty":{},"list":["a",{"x":"1","y":"opened"},["i"]],"number":3}""", json.Text);
        Assert.True(json is { Secret: true, IsObject: true });
    }

    [Fact]
    public void The_salt_is_set_in_place_or_first()
    {
        Assert.Equal(File.Replace("v1:abc", "v1:new", StringComparison.Ordinal), StackFileEditor.SetScalar(File, "Pulumi.dev.yaml", "encryptionsalt", "v1:new"));
        Assert.Equal("encryptionsalt: v1:new\n", StackFileEditor.SetScalar("", "Pulumi.dev.yaml", "encryptionsalt", "v1:new"));
    }

    [Fact]
    public void Configuration_on_one_line_is_refused_with_its_place() =>
        Assert.Contains("Pulumi.dev.yaml:1", Assert.Throws<StackException>(() => Set("config: {a:b: c}\n", "a:b", Text("d"))).Message, StringComparison.Ordinal);
}
