using System.Net;

namespace AppStack.Operations.Load;

/// <summary>One TCP connection of the load generator and the request that is on it: a small state machine that poll(2) drives.</summary>
internal sealed class LoadConnection
{
    private readonly HttpResponseParser _parser = new();
    private readonly SocketAddress _address;
    private readonly byte[] _request;
    private bool _sent;

    public LoadConnection(SocketAddress address, byte[] request)
    {
        _address = address;
        _request = request;
    }

    /// <summary>The socket, or -1.</summary>
    public int Descriptor { get; private set; } = -1;

    /// <summary>What the connection waits for.</summary>
    public short Events => _sent || State != LoadConnectionState.Busy ? LinuxSocket.PollIn : LinuxSocket.PollOut;

    /// <summary>Where in its life the connection is.</summary>
    public LoadConnectionState State { get; private set; } = LoadConnectionState.Closed;

    /// <summary>When the request on the connection was due, in microseconds.</summary>
    public long DueMicros { get; private set; }

    /// <summary>Why the request failed; <see langword="null"/> when it was answered.</summary>
    public string? Failure { get; private set; }

    /// <summary>Puts a request on the connection; opens it first when it is closed.</summary>
    public void Begin(long dueMicros)
    {
        DueMicros = dueMicros;
        Failure = null;
        State = LoadConnectionState.Busy;
        _sent = false;
        _parser.Reset();
        if (Descriptor >= 0)
        {
            Send();
            return;
        }

        var error = LinuxSocket.BeginConnect(_address, out var descriptor);
        Descriptor = descriptor;
        if (error != 0)
        {
            Fail(LinuxSocket.Reason(error));
        }
    }

    /// <summary>Goes on after poll(2) said that something happened.</summary>
    /// <param name="buffer">Room for what arrives; its content is not kept.</param>
    public void Advance(Span<byte> buffer)
    {
        if (State == LoadConnectionState.Busy && !_sent)
        {
            Send();
            return;
        }

        var error = LinuxSocket.Receive(Descriptor, buffer, out var count);
        if (State != LoadConnectionState.Busy)
        {
            // Between two requests (RFC 9112 section 9.3.1) or after the last one: the server closes, and nothing has failed.
            if (count == 0 || error != 0)
            {
                Close();
            }
        }
        else if (error != 0)
        {
            Fail(LinuxSocket.Reason(error));
        }
        else if (count >= 0)
        {
            Read(buffer[..count]);
        }
    }

    /// <summary>Gives the request up, or the waiting for the server to close.</summary>
    public void GiveUp()
    {
        if (State == LoadConnectionState.Busy)
        {
            Fail("timeout");
        }
        else
        {
            Close();
        }
    }

    /// <summary>Closes the socket.</summary>
    public void Close()
    {
        if (Descriptor >= 0)
        {
            LinuxSocket.Close(Descriptor);
        }

        Descriptor = -1;
        State = LoadConnectionState.Closed;
    }

    private void Send()
    {
        var error = LinuxSocket.Send(Descriptor, _request, out _sent);
        if (error != 0)
        {
            Fail(LinuxSocket.Reason(error));
        }
    }

    private void Read(ReadOnlySpan<byte> bytes)
    {
        bool complete;
        try
        {
            complete = bytes.IsEmpty ? _parser.Close() : _parser.Feed(bytes);
        }
        catch (FormatException)
        {
            Fail("bad-response");
            return;
        }

        if (!complete)
        {
            if (bytes.IsEmpty)
            {
                Fail("closed");
            }

            return;
        }

        Failure = _parser.Status == 200 ? null : $"status-{_parser.Status}";
        if (bytes.IsEmpty)
        {
            Close();
        }
        else
        {
            State = _parser.KeepsAlive ? LoadConnectionState.Idle : LoadConnectionState.Finishing;
        }
    }

    private void Fail(string reason)
    {
        Close();
        Failure = reason;
    }
}
