using System.Net;
using System.Net.Sockets;

namespace AppStack.Operations.Tests.Load;

/// <summary>A web server of a few lines, whose behaviour a test chooses per request.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private readonly Socket _listener;
    private readonly Func<int, TestAnswer> _answer;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;
    private int _requests;
    private int _connections;

    public TestServer(Func<int, TestAnswer> answer, IPAddress? address = null)
    {
        _answer = answer;
        address ??= IPAddress.Loopback;
        _listener = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        _listener.Bind(new IPEndPoint(address, 0));
        _listener.Listen(512);
        Address = (IPEndPoint)_listener.LocalEndPoint!;
        _loop = AcceptAsync();
    }

    public IPEndPoint Address { get; }

    public int Connections => _connections;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _loop;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var connection = await _listener.AcceptAsync(_stop.Token);
                Interlocked.Increment(ref _connections);
                _ = ServeAsync(connection);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(Socket connection)
    {
        using var _ = connection;
        var buffer = new byte[4096];
        try
        {
            while (await connection.ReceiveAsync(buffer, _stop.Token) is var count and > 0)
            {
                var close = buffer.AsSpan(0, count).IndexOf("Connection: close"u8) >= 0;
                switch (_answer(Interlocked.Increment(ref _requests)))
                {
                    case TestAnswer.Ok:
                        await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"u8.ToArray());
                        break;
                    case TestAnswer.OkThenClose:
                        await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"u8.ToArray());
                        return;
                    case TestAnswer.Unavailable:
                        await connection.SendAsync("HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n"u8.ToArray());
                        break;
                    case TestAnswer.Reset:
                        connection.LingerState = new LingerOption(enable: true, 0);
                        return;
                    case TestAnswer.Silence:
                        await Task.Delay(Timeout.Infinite, _stop.Token);
                        return;
                    default:
                        return;
                }

                if (close)
                {
                    return;
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
            // The client went away, or the test is over.
        }
    }
}

internal enum TestAnswer
{
    Ok,
    OkThenClose,
    Unavailable,
    Reset,
    Close,
    Silence,
}
