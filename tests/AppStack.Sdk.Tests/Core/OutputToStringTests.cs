using AppStack.Sdk.Tests.Support;
using Pulumi;

namespace AppStack.Sdk.Tests.Core;

/// <summary>These tests set an environment variable, so they do not run beside others that read it.</summary>
[Collection(nameof(OutputToStringTests))]
[CollectionDefinition(nameof(OutputToStringTests), DisableParallelization = true)]
public sealed class OutputToStringTests
{
    private const string Variable = "PULUMI_ERROR_OUTPUT_STRING";

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
    public void ToString_WhenTold_Throws(string value)
    {
        Environment.SetEnvironmentVariable(Variable, value);
        try
        {
            Assert.Throws<InvalidOperationException>(() => Output.Create("x").ToString());
        }
        finally
        {
            Environment.SetEnvironmentVariable(Variable, null);
        }
    }
}
