using AppStack.Engine.State;

namespace AppStack.Engine.Tests.State;

public sealed class JsonTextTests
{
    // What Go's encoder gives for the same numbers.
    [Theory]
    [InlineData(0, "0")]
    [InlineData(-0.0, "-0")]
    [InlineData(1, "1")]
    [InlineData(-17, "-17")]
    [InlineData(1.5, "1.5")]
    [InlineData(0.1, "0.1")]
    [InlineData(0.000001, "0.000001")]
    [InlineData(0.0000001, "1e-7")]
    [InlineData(1.25e-10, "1.25e-10")]
    [InlineData(1e15, "1000000000000000")]
    [InlineData(1e20, "100000000000000000000")]
    [InlineData(1e21, "1e+21")]
    [InlineData(1.5e300, "1.5e+300")]
    [InlineData(123456789012345680, "123456789012345680")]
    [InlineData(1795352715695969591, "1795352715695969500")]
    [InlineData(3.141592653589793, "3.141592653589793")]
    [InlineData(5e-324, "5e-324")]
    public void Numbers_are_written_as_Go_writes_them(double number, string expected)
    {
        var json = new JsonText();
        json.Number(number);

        Assert.Equal(expected, json.ToString());
    }

    [Theory]
    [InlineData("plain", "\"plain\"")]
    [InlineData("<html> & 'quotes'", "\"<html> & 'quotes'\"")]
    [InlineData("a\"b\\c/d", "\"a\\\"b\\\\c/d\"")]
    [InlineData("\n\r\t\b\f\u0001\u001f\u007f", "\"\\n\\r\\t\\b\\f\\u0001\\u001f\u007f\"")]
    [InlineData("\u2028\u2029", "\"\\u2028\\u2029\"")]
    [InlineData("žluťoučký 🚀 \u00a0", "\"žluťoučký 🚀 \u00a0\"")]
    public void Strings_are_escaped_as_Go_escapes_them(string text, string expected)
    {
        var json = new JsonText();
        json.String(text);

        Assert.Equal(expected, json.ToString());
    }

    [Fact]
    public void Indented_text_has_four_spaces_and_short_empty_brackets()
    {
        var json = new JsonText(indented: true);
        json.BeginObject();
        json.Name("a");
        json.BeginArray();
        json.EndArray();
        json.Name("b");
        json.BeginObject();
        json.EndObject();
        json.Name("c");
        json.BeginArray();
        json.Number(1);
        json.Null();
        json.EndArray();
        json.EndObject();

        Assert.Equal("{\n    \"a\": [],\n    \"b\": {},\n    \"c\": [\n        1,\n        null\n    ]\n}", json.ToString());
    }
}
