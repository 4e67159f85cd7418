using AppStack.Operations.Benchmarks;

namespace AppStack.Operations.Tests.Benchmarks;

public sealed class WrkResultTests
{
    [Fact]
    public void Parse_Result_HasRateAndErrors()
    {
        const string Output = """
            Running 4s test @ http://10.87.100.1:80/bench
              1 threads and 50 connections
              Thread Stats   Avg      Stdev     Max   +/- Stdev
                Latency     2.11ms    3.05ms  60.12ms   92.51%
                Req/Sec    26.61k     2.93k   31.24k    77.50%
              105893 requests in 4.01s, 122.70MB read
              Socket errors: connect 0, read 3, write 0, timeout 0
            Requests/sec:  26402.11
            Transfer/sec:     30.59MB
            """;

        var result = WrkResult.Parse(Output);

        Assert.Equal(26402.11, result.RequestsPerSecond);
        Assert.Equal("Socket errors: connect 0, read 3, write 0, timeout 0", result.Errors);
    }

    [Fact]
    public void Parse_NoResult_SaysWhatWrkSaid()
    {
        var exception = Assert.Throws<InvalidOperationException>(() => WrkResult.Parse("unable to connect to 10.87.100.1:80 Connection refused"));

        Assert.Contains("Connection refused", exception.Message, StringComparison.Ordinal);
    }
}
