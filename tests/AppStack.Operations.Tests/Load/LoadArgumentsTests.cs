using System.Net;
using AppStack.Operations.Load;

namespace AppStack.Operations.Tests.Load;

public sealed class LoadArgumentsTests
{
    [Theory]
    [InlineData("10.87.100.1:80")]
    [InlineData("[fd8a:51c0:87:100::1]:80")]
    public void Format_ThenParse_GivesEqualOptions(string target)
    {
        var options = new LoadOptions
        {
            Target = IPEndPoint.Parse(target),
            Path = "/bench",
            Rate = 12.5,
            Connections = 50,
            Timeout = TimeSpan.FromMilliseconds(1500),
            Duration = TimeSpan.FromSeconds(2),
        };

        Assert.True(LoadArguments.TryParse(LoadArguments.Format(options), out var parsed, out var problems));
        Assert.Empty(problems);
        Assert.Equal(options, parsed);
    }

    [Fact]
    public void TryParse_SeveralMistakes_ReportsAllOfThem()
    {
        Assert.False(LoadArguments.TryParse(["--rate", "0", "--path", "no slash", "--colour", "red"], out _, out var problems));

        Assert.Collection(
            problems,
            problem => Assert.Contains("'--rate' with value '0'", problem, StringComparison.Ordinal),
            problem => Assert.Contains("'--path' with value 'no slash'", problem, StringComparison.Ordinal),
            problem => Assert.Contains("'--colour'", problem, StringComparison.Ordinal),
            problem => Assert.Contains("--target ADDRESS:PORT is missing", problem, StringComparison.Ordinal));
    }
}
