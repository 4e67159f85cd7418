using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Dilosi.Tests;

public sealed class DilosiOptionsTests
{
    [Fact]
    public void Read_DatabaseOnly_HasDefaults()
    {
        var options = Read(("Database", "Host=a,b;Database=dilosi;Username=dilosi"));

        Assert.Equal((8080, 8081), (options.Port, options.OperationsPort));
        Assert.Equal(TimeSpan.FromSeconds(15), options.RetryFor);
    }

    [Fact]
    public void Read_SeveralThingsWrong_NamesAll()
    {
        var failure = Assert.Throws<OptionsValidationException>(() => Read(("Port", "8081"), ("PasswordFile", "/nowhere/password")));

        Assert.Collection(
            failure.Failures,
            problem => Assert.Contains("both 8081", problem, StringComparison.Ordinal),
            problem => Assert.Contains("/nowhere/password", problem, StringComparison.Ordinal),
            problem => Assert.Contains("Dilosi:Database is missing", problem, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Host=a;Password=open", "holds a password")]
    [InlineData("Hots=a", "not a connection string")]
    public void Read_DatabaseThatIsNotRight_SaysWhy(string database, string why)
    {
        var failure = Assert.Throws<OptionsValidationException>(() => Read(("Database", database)));

        Assert.Contains(why, Assert.Single(failure.Failures), StringComparison.Ordinal);
    }

    private static DilosiOptions Read(params (string Key, string Value)[] settings) => DilosiOptions.Read(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create($"Dilosi:{setting.Key}", (string?)setting.Value))).Build());
}
