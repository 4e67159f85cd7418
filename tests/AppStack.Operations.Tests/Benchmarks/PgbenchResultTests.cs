using AppStack.Operations.Benchmarks;

namespace AppStack.Operations.Tests.Benchmarks;

public sealed class PgbenchResultTests
{
    private const string Output = """
        pgbench (15.20 (Debian 15.20-0+deb12u1))
        transaction type: <builtin: simple update>
        scaling factor: 10
        query mode: simple
        number of clients: 8
        number of threads: 2
        duration: 4 s
        number of transactions actually processed: 5421
        number of failed transactions: 0 (0.000%)
        latency average = 5.906 ms
        initial connection time = 31.016 ms
        tps = 1354.632148 (without initial connection time)
        """;

    [Fact]
    public void Parse_Report_HasTheRate() => Assert.Equal(1354.632148, PgbenchResult.Parse(Output).TransactionsPerSecond);

    [Theory]
    [InlineData("pgbench: error: connection to server failed")]
    [InlineData("Run was aborted; the above results are incomplete.\ntps = 10.0 (without initial connection time)")]
    public void Parse_NoResult_SaysWhatPgbenchSaid(string text) =>
        Assert.Contains(text, Assert.Throws<InvalidOperationException>(() => PgbenchResult.Parse(text)).Message, StringComparison.Ordinal);
}
