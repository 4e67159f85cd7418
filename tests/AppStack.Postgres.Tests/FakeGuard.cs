using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AppStack.Postgres.Tests;

/// <summary>The status endpoint of a server's guard: says what the test wants it to say.</summary>
internal sealed class FakeGuard : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _serving;

    public FakeGuard(string address, int port, string status)
    {
        Status = status;
        _listener = new TcpListener(IPAddress.Parse(address), port);
        _listener.Start();
        _serving = ServeAsync();
    }

    /// <summary>The JSON object that it answers; empty: it hangs up.</summary>
    public string Status { get; set; }

    public static string Leader(int term, string switchover = "")
        => $$"""{"role":"leader","writable":true,"term":{{term}},"leader":"x","streaming":false,"switchover":"{{switchover}}"}""";

    public static string Standby(int term, bool streaming = true)
        => $$"""{"role":"standby","writable":false,"term":{{term}},"leader":"x","streaming":{{(streaming ? "true" : "false")}},"switchover":""}""";

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _serving;
        _end.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_end.Token);
                var stream = client.GetStream();
                _ = await stream.ReadAsync(new byte[4096], _end.Token);
                if (Status.Length > 0)
                {
                    await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{Status}\n"), _end.Token);
                }
            }
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or IOException)
        {
            // The test is over.
        }
    }
}
