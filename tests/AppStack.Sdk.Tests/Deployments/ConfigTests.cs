using System.Text.Json;
using AppStack.Sdk.Tests.Support;
using Pulumi;
using static AppStack.Sdk.Tests.Support.Values;

namespace AppStack.Sdk.Tests.Deployments;

public sealed class ConfigTests
{
    [Fact]
    public Task Values_are_read_by_kind() => With(config =>
    {
        Assert.Equal("t", config.Get("text"));
        Assert.Equal("t", config.Require("text"));
        Assert.Equal(3, config.GetInt32("number"));
        Assert.Equal(3, config.RequireInt32("number"));
        Assert.Equal(1.5, config.GetDouble("ratio"));
        Assert.Equal(1.5, config.RequireDouble("ratio"));
        Assert.True(config.GetBoolean("flag"));
        Assert.True(config.RequireBoolean("flag"));
        Assert.Equal(new Point(1, 2), config.GetObject<Point>("object"));
        Assert.Equal(new Point(1, 2), config.RequireObject<Point>("object"));
    });

    [Fact]
    public Task Missing_values_are_null() => With(config =>
    {
        Assert.Null(config.Get("missing"));
        Assert.Null(config.GetInt32("missing"));
        Assert.Null(config.GetDouble("missing"));
        Assert.Null(config.GetBoolean("missing"));
        Assert.Null(config.GetObject<Point>("missing"));
        Assert.Null(config.GetSecret("missing"));
        Assert.Null(config.GetSecretInt32("missing"));
        Assert.Null(config.GetSecretDouble("missing"));
        Assert.Null(config.GetSecretBoolean("missing"));
        Assert.Null(config.GetSecretObject<Point>("missing"));
        Assert.Equal(0, config.GetObject<int>("missing"));
    });

    [Fact]
    public Task Secret_forms_give_secret_outputs() => With(async config =>
    {
        Assert.Equal(("t", true, true), await Facts(config.GetSecret("text")!));
        Assert.Equal(("t", true, true), await Facts(config.RequireSecret("text")));
        Assert.Equal((3, true, true), await Facts(config.GetSecretInt32("number")!));
        Assert.Equal((3, true, true), await Facts(config.RequireSecretInt32("number")));
        Assert.Equal((1.5, true, true), await Facts(config.GetSecretDouble("ratio")!));
        Assert.Equal((1.5, true, true), await Facts(config.RequireSecretDouble("ratio")));
        Assert.Equal((true, true, true), await Facts(config.GetSecretBoolean("flag")!));
        Assert.Equal((true, true, true), await Facts(config.RequireSecretBoolean("flag")));
        Assert.Equal((new Point(1, 2), true, true), await Facts(config.GetSecretObject<Point>("object")!));
        Assert.Equal((new Point(1, 2), true, true), await Facts(config.RequireSecretObject<Point>("object")));
    });

    [Fact]
    public Task Objects_are_case_sensitive_unless_told_otherwise() => With(config =>
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        Assert.Equal(new Point(0, 0), config.RequireObject<Point>("lower"));
        Assert.Equal(new Point(1, 2), config.RequireObject<Point>("lower", options));
        Assert.Equal(new Point(1, 2), config.GetObject<Point>("lower", options));
    });

    [Theory]
    [InlineData("text")]
    [InlineData("upperFlag")]
    public Task A_boolean_is_exactly_true_or_false(string key) => With(config => Assert.ThrowsAny<RunException>(() => { _ = config.GetBoolean(key); }));

    [Fact]
    public Task Values_of_another_kind_are_named() => With(config =>
    {
        Assert.Equal("Configuration 'project:text' value 't' is not a valid Int32", Assert.ThrowsAny<RunException>(() => config.GetInt32("text")).Message);
        Assert.Equal("Configuration 'project:text' value 't' is not a valid Double", Assert.ThrowsAny<RunException>(() => config.RequireDouble("text")).Message);
        Assert.StartsWith("Configuration 'project:text' value 't' is not a valid", Assert.ThrowsAny<RunException>(() => config.GetObject<Point>("text")).Message, StringComparison.Ordinal);
    });

    [Fact]
    public Task A_secret_of_another_kind_is_not_shown() => With(config =>
        Assert.Equal("Configuration 'project:secret' value '[secret]' is not a valid Int32", Assert.ThrowsAny<RunException>(() => config.GetInt32("secret")).Message));

    [Fact]
    public Task Missing_required_values_say_how_to_set_them() => With(config =>
    {
        var message = Assert.ThrowsAny<RunException>(() => config.Require("missing")).Message;
        Assert.Contains("Missing Required configuration variable 'project:missing'", message, StringComparison.Ordinal);
        Assert.Contains("pulumi config set project:missing <value>", message, StringComparison.Ordinal);
        Assert.ThrowsAny<RunException>(() => config.RequireInt32("missing"));
        Assert.ThrowsAny<RunException>(() => config.RequireSecretObject<Point>("missing"));
    });

    [Fact]
    public Task Other_namespaces_are_read_by_name() => With(_ =>
    {
        Assert.Equal("o", new Config("other").Get("text"));
        Assert.Equal("o", new Config("other:config").Get("text"));
    });

    private static Task With(Action<Config> check) => With(config =>
    {
        check(config);
        return Task.CompletedTask;
    });

    private static async Task With(Func<Config, Task> check)
    {
        Exception? failure = null;
        var values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["project:text"] = "t",
            ["project:number"] = "3",
            ["project:ratio"] = "1.5",
            ["project:flag"] = "true",
            ["project:upperFlag"] = "True",
            ["project:object"] = """{"X":1,"Y":2}""",
            ["project:lower"] = """{"x":1,"y":2}""",
            ["project:secret"] = "hidden",
            ["other:text"] = "o",
        };
        await Run.Program(
            new FakeMonitor(),
            () => Deployment.RunAsync(async () =>
            {
                failure = await Record.ExceptionAsync(() => check(new Config()));
            }),
            config: values,
            secrets: new HashSet<string>(StringComparer.Ordinal) { "project:secret" });
        Assert.Null(failure);
    }

    private sealed record Point(int X, int Y);
}
