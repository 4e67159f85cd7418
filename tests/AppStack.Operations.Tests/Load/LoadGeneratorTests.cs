using System.Net;
using System.Net.Sockets;
using AppStack.Operations.Load;

namespace AppStack.Operations.Tests.Load;

/// <summary>Counts are exact, times are not asserted: the machine that runs the tests has other things to do.</summary>
public sealed class LoadGeneratorTests
{
    private const int Rate = 200;
    private static readonly TimeSpan Duration = TimeSpan.FromMilliseconds(500);
    private const int Expected = 100;

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    public async Task Every_due_request_is_sent_once_and_answered(int connections)
    {
        await using var server = new TestServer(_ => TestAnswer.Ok);

        var samples = await RunAsync(server.Address, connections);

        Assert.Equal(Expected, samples.Count);
        Assert.All(samples, sample => Assert.Null(sample.Failure));
        Assert.Equal(Expected, samples.Select(sample => sample.StartMicros).Distinct().Count());
    }

    [Fact]
    public async Task New_connections_are_new_ones()
    {
        await using var server = new TestServer(_ => TestAnswer.Ok);

        await RunAsync(server.Address, connections: 0);

        Assert.Equal(Expected, server.Connections);
    }

    [Fact]
    public async Task Requests_are_sent_over_IPv6()
    {
        if (!Socket.OSSupportsIPv6)
        {
            return;
        }

        await using var server = new TestServer(_ => TestAnswer.Ok, IPAddress.IPv6Loopback);

        Assert.All(await RunAsync(server.Address, connections: 0), sample => Assert.Null(sample.Failure));
    }

    [Fact]
    public async Task A_server_that_closes_kept_alive_connections_between_requests_fails_nobody()
    {
        // Slow enough that the close has arrived before the connection's turn comes again.
        await using var server = new TestServer(number => number % 7 == 0 ? TestAnswer.OkThenClose : TestAnswer.Ok);

        var samples = await RunAsync(server.Address, connections: 50);

        Assert.All(samples, sample => Assert.Null(sample.Failure));
    }

    [Theory]
    [InlineData(0, TestAnswer.Reset, "reset")]
    [InlineData(0, TestAnswer.Close, "closed")]
    [InlineData(0, TestAnswer.Unavailable, "status-503")]
    [InlineData(0, TestAnswer.Silence, "timeout")]
    [InlineData(10, TestAnswer.Reset, "reset")]
    [InlineData(10, TestAnswer.Close, "closed")]
    [InlineData(10, TestAnswer.Unavailable, "status-503")]
    [InlineData(10, TestAnswer.Silence, "timeout")]
    internal async Task Failed_requests_are_counted_with_their_reason(int connections, TestAnswer answer, string reason)
    {
        await using var server = new TestServer(number => number % 5 == 0 ? answer : TestAnswer.Ok);

        var samples = await RunAsync(server.Address, connections);

        Assert.Equal(Expected, samples.Count);
        Assert.Equal(Expected / 5, samples.Count(sample => !sample.Succeeded));
        Assert.All(samples.Where(sample => !sample.Succeeded), sample => Assert.Equal(reason, sample.Failure));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    public async Task Nobody_listening_is_refused_not_lost(int connections)
    {
        IPEndPoint address;
        await using (var server = new TestServer(_ => TestAnswer.Ok))
        {
            address = server.Address;
        }

        var samples = await RunAsync(address, connections);

        Assert.Equal(Expected, samples.Count);
        Assert.All(samples, sample => Assert.Equal("refused", sample.Failure));
    }

    private static async Task<IReadOnlyList<RequestSample>> RunAsync(IPEndPoint target, int connections)
    {
        var sink = new ListSink();
        var generator = new LoadGenerator(
            new LoadOptions
            {
                Target = target,
                Rate = Rate,
                Connections = connections,
                Duration = Duration,
                // Far longer than an answer takes on a machine that is busy with other tests.
                Timeout = TimeSpan.FromSeconds(3),
            },
            sink)
        {
            StopsWithStandardInput = false,
        };
        await Task.Factory.StartNew(generator.Run, TaskCreationOptions.LongRunning);
        return sink.Samples;
    }

    private sealed class ListSink : ISampleSink
    {
        public List<RequestSample> Samples { get; } = [];

        public void Add(RequestSample sample) => Samples.Add(sample);

        public void Flush()
        {
        }
    }
}
