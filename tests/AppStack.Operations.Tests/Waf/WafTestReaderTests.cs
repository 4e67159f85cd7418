using System.Text;
using AppStack.Operations.Waf;
using AppStack.Stacks.Environments.Reading;

namespace AppStack.Operations.Tests.Waf;

public sealed class WafTestReaderTests
{
    [Theory]
    [InlineData("- stage:\n          input: { method: POST, uri: \"/a?b=c\", headers: { Host: x, Accept: \"*/*\" }, data: \"a=b c\" }\n          output: { status: [403, 405], log_contains: 'id \"942100\"' }")]
    [InlineData("- input: { method: POST, uri: \"/a?b=c\", headers: { Host: x, Accept: \"*/*\" }, data: \"a=b c\" }\n        output: { status: [403, 405], log_contains: 'id \"942100\"' }")]
    public void Both_layouts_of_stages(string stage)
    {
        var test = Assert.Single(Read($"meta:\n  enabled: true\ntests:\n  - test_title: t-1\n    stages:\n      {stage}\n"));

        var found = Assert.Single(test.Stages);
        Assert.Equal("t-1", test.Title);
        Assert.Equal([403, 405], found.Expectation.Status.AsEnumerable());
        Assert.Equal("id \"942100\"", found.Expectation.LogContains);
        Assert.Equal(
            "POST /a?b=c HTTP/1.1\r\nHost: x\r\nAccept: */*\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 5\r\n\r\na=b+c",
            Encoding.UTF8.GetString(found.Request.ToBytes()));
    }

    [Theory]
    [InlineData("data: \"a=%20\"", "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 5\r\n\r\na=%20")]
    [InlineData("data: \"a=b\", stop_magic: true", "\r\na=b")]
    [InlineData("data: [\"x\", \"y\"], headers: { Content-Type: text/plain, content-length: 9 }", "Content-Type: text/plain\r\ncontent-length: 9\r\n\r\nx\r\ny")]
    [InlineData("version: \"HTTP/1.0\"", "\r\n")]
    public void Bodies_as_the_rule_sets_own_runner_sends_them(string input, string sent)
    {
        var bytes = One(input, "status: 200").Request.ToBytes();

        Assert.Equal($"GET / HTTP/1.{(input.StartsWith("version", StringComparison.Ordinal) ? 0 : 1)}\r\n{sent}", Encoding.UTF8.GetString(bytes));
    }

    [Fact]
    public void A_whole_request_in_base64() =>
        Assert.Equal("GET / HTTP/1.0\r\n\r\n"u8.ToArray(), One($"encoded_request: {Convert.ToBase64String("GET / HTTP/1.0\r\n\r\n"u8)}", "expect_error: true").Request.ToBytes());

    [Fact]
    public void A_file_that_is_not_enabled_has_no_tests() => Assert.Empty(Read("meta: { enabled: false }\ntests: []\n"));

    [Fact]
    public void All_mistakes_at_once_with_line_and_column()
    {
        var exception = Assert.Throws<DescriptorException>(() => Read("""
            tests:
              - stages:
                  - stage:
                      input: { verb: GET, encoded_request: "%" }
                      output: { status: many, log_contains: "(" }
              - test_title: two
                stages:
                  - input: {}
                    output: {}
              - test_title: three
                stages: []

            """));

        Assert.Equal(
            [
                "2:5 tests[0]", "4:20 tests[0].stages[0].stage.input.verb", "4:48 tests[0].stages[0].stage.input.encoded_request", "5:29 tests[0].stages[0].stage.output.status",
                "5:49 tests[0].stages[0].stage.output.log_contains", "9:17 tests[1].stages[0].output", "11:13 tests[2].stages",
            ],
            exception.Problems.Select(problem => $"{problem.Line}:{problem.Column} {problem.Path}"));
    }

    [Theory]
    [InlineData("status: 200", 200, "", true)]
    [InlineData("status: 200", 403, "", false)]
    [InlineData("status: 200", null, "", false)]
    [InlineData("status: [403, 405]", 405, "", true)]
    [InlineData("log_contains: 'id \"942100\"'", 403, "[id \"942100\"]", true)]
    [InlineData("log_contains: 'id \"942100\"'", 403, "[id \"942110\"]", false)]
    [InlineData("no_log_contains: 'id \"942100\"'", 403, "[id \"942100\"]", false)]
    [InlineData("no_log_contains: 'id \"942100\"'", 403, "[id \"942110\"]", true)]
    [InlineData("expect_error: true", null, "", true)]
    [InlineData("expect_error: true", 400, "", false)]
    [InlineData("response_contains: 'b.d'", 400, "", true)]
    [InlineData("response_contains: 'good'", 400, "", false)]
    public void Expectations(string output, int? status, string log, bool met) =>
        Assert.Equal(met, One("method: GET", output).Expectation.Unmet(new(status, "bad", [log])).IsEmpty);

    private static WafStage One(string input, string output) =>
        Assert.Single(Assert.Single(Read($"tests: [{{ test_title: t, stages: [{{ input: {{ {input} }}, output: {{ {output} }} }}] }}]\n")).Stages);

    private static IReadOnlyList<WafTest> Read(string text) => WafTestReader.Read(new StringReader(text), "waf/tests.yaml");
}
