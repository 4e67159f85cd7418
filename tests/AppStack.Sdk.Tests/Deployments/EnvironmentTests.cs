using AppStack.Sdk.Tests.Support;
using Pulumi;
using Pulumi.Testing;

namespace AppStack.Sdk.Tests.Deployments;

/// <summary>These tests set environment variables, so they do not run beside others that read them.</summary>
[Collection(nameof(EnvironmentTests))]
[CollectionDefinition(nameof(EnvironmentTests), DisableParallelization = true)]
public sealed class EnvironmentTests
{

    [Fact]
    public async Task ToString_ByDefault_WarnsAndExplains()
    {
        var text = "";
        var monitor = await Run.Ok(() => text = $"{Output.Create("x")}");

        Assert.Contains("Output.Format", text, StringComparison.Ordinal);
        Assert.Contains("may throw in a future version", text, StringComparison.Ordinal);
        Assert.Contains("is not supported", Assert.Single(monitor.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("true")]
    [InlineData("TRUE")]
    public Task ToString_WhenTold_Throws(string value) => With("PULUMI_ERROR_OUTPUT_STRING", value, () =>
    {
        Assert.Throws<InvalidOperationException>(() => Output.Create("x").ToString());
        return Task.CompletedTask;
    });

    [Fact]
    public Task RunAsync_StartedByThePulumiCli_SaysHowToBuild() => With("PULUMI_MONITOR", "127.0.0.1:1", async () =>
    {
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => Deployment.RunAsync(() => { }));
        Assert.Contains("-p:PulumiEngine=official", exception.Message, StringComparison.Ordinal);
    });

    [Fact]
    public Task TestAsync_Config_IsThatOfTheEnvironment() => With("PULUMI_CONFIG", """{"project:key":"value"}""", async () =>
    {
        var seen = "";
        await Deployment.TestAsync(new EmptyMocks(), new TestOptions(), () => { seen = new Config().Require("key"); });
        Assert.Equal("value", seen);
    });

    private static async Task With(string variable, string value, Func<Task> check)
    {
        Environment.SetEnvironmentVariable(variable, value);
        try
        {
            await check();
        }
        finally
        {
            Environment.SetEnvironmentVariable(variable, null);
        }
    }
}
