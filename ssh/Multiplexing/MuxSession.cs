using System.Buffers.Binary;
using System.Net.Sockets;

namespace AppStack.Ssh.Multiplexing;

/// <summary>
/// One session on the connection that a master <c>ssh</c> process holds. It speaks to the master's control socket in its proxy mode
/// (OpenSSH's PROTOCOL.mux, the mode of <c>ssh -O proxy</c>): after a short greeting the socket carries plain packets of the SSH
/// connection protocol, and the master does keys, encryption and channel numbers. Compared with one more <c>ssh</c> process for each
/// command this keeps commands out of the local process list, tells when sshd refuses a variable, and tells an exit from a lost connection.
/// </summary>
internal sealed class MuxSession : IAsyncDisposable
{
    private const uint Hello = 0x00000001;
    private const uint ProtocolVersion = 4;
    private const uint ProxyRequest = 0x1000000f;
    private const uint ProxyAccepted = 0x8000000f;
    private const uint LocalChannel = 0;

    // As OpenSSH's own client: 2 MiB of unread output, packets of 32 KiB.
    private const uint WindowSize = 2 * 1024 * 1024;
    private const uint PacketSize = 32 * 1024;
    private const uint StderrStream = 1;

    private readonly NetworkStream _stream;
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly SendWindow _sendWindow = new();
    private byte[] _packet = new byte[PacketSize + 64];
    private uint _remoteChannel;
    private uint _remotePacketSize;
    private uint _unacknowledged;
    private bool _closeSent;

    private MuxSession(NetworkStream stream) => _stream = stream;

    /// <summary>Why the node refused to open the session; <see langword="null"/> when it is open.</summary>
    public string? Refusal { get; private set; }

    /// <summary>
    /// Opens a session. A refused one comes back too, with <see cref="Refusal"/> set: the master process dies of a fatal error when the
    /// socket of a session that was never opened is closed (seen with OpenSSH 9.2), so it must be kept for as long as the master lives.
    /// For the same reason opening cannot be cancelled.
    /// </summary>
    /// <exception cref="IOException">The connection is gone.</exception>
    public static async Task<MuxSession> OpenAsync(string socketPath)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(socketPath));
        }
        catch (SocketException exception)
        {
            socket.Dispose();
            throw new IOException("The ssh process does not answer any more.", exception);
        }

        var session = new MuxSession(new NetworkStream(socket, ownsSocket: true));
        try
        {
            await session.GreetAsync();
            await session.OpenChannelAsync();
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    /// <summary>Sets an environment variable for the command.</summary>
    /// <returns>Whether sshd accepted it.</returns>
    public Task<bool> SetEnvironmentAsync(string name, string value, CancellationToken cancellationToken) =>
        RequestAsync(Request("env").Text(name).Text(value), cancellationToken);

    /// <summary>Starts the command.</summary>
    /// <returns>Whether sshd started it.</returns>
    public Task<bool> ExecuteAsync(string command, CancellationToken cancellationToken) =>
        RequestAsync(Request("exec").Text(command), cancellationToken);

    /// <summary>Feeds the command and takes its output until it has ended and all of its output has arrived.</summary>
    /// <returns>How it ended; <see langword="null"/> when the session was closed without a word about that.</returns>
    /// <exception cref="IOException">The connection was lost.</exception>
    public async Task<MuxExit?> RunAsync(
        Stream? stdin, Action<ReadOnlyMemory<byte>> stdout, Action<ReadOnlyMemory<byte>> stderr, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var sending = SendInputAsync(stdin, ended.Token);
        var receiving = ReceiveAsync(stdout, stderr, ended.Token);
        try
        {
            if (await Task.WhenAny(sending, receiving) == sending)
            {
                // Nothing but an input that cannot be read makes this fail.
                await sending;
            }

            return await receiving;
        }
        finally
        {
            await ended.CancelAsync();
            await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await ((Task)receiving).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync();
        _writing.Dispose();
    }

    private async Task GreetAsync()
    {
        const uint RequestId = 1;
        await WriteAsync(new PacketWriter().UInt32(Hello).UInt32(ProtocolVersion), CancellationToken.None);
        var hello = new PacketReader(await ReadAsync(CancellationToken.None));
        if (hello.UInt32() != Hello || hello.UInt32() != ProtocolVersion)
        {
            throw new InvalidDataException("The ssh process speaks another version of the multiplexing protocol; OpenSSH 7.4 or later is needed.");
        }

        await WriteAsync(new PacketWriter().UInt32(ProxyRequest).UInt32(RequestId), CancellationToken.None);
        var answer = new PacketReader(await ReadAsync(CancellationToken.None));
        if (answer.UInt32() != ProxyAccepted)
        {
            throw new InvalidDataException("The ssh process does not offer the proxy mode of its multiplexing protocol; OpenSSH 7.4 or later is needed.");
        }
    }

    private async Task OpenChannelAsync()
    {
        await WriteAsync(
            PacketWriter.Message(SshMessage.ChannelOpen).Text("session").UInt32(LocalChannel).UInt32(WindowSize).UInt32(PacketSize),
            CancellationToken.None);
        var (type, fields) = await ReadMessageAsync(CancellationToken.None);
        if (type == SshMessage.ChannelOpenFailure)
        {
            _ = fields.UInt32();
            Refusal = fields.Text();
            return;
        }

        if (type != SshMessage.ChannelOpenConfirmation)
        {
            throw new InvalidDataException($"The ssh process answered with message {type} where a session was to be opened.");
        }

        _remoteChannel = fields.UInt32();
        _sendWindow.Add(fields.UInt32());
        _remotePacketSize = Math.Min(fields.UInt32(), PacketSize);
    }

    private PacketWriter Message(SshMessage type) => PacketWriter.Message(type).UInt32(_remoteChannel);

    private PacketWriter Request(string type)
    {
        const byte WantReply = 1;
        return Message(SshMessage.ChannelRequest).Text(type).Byte(WantReply);
    }

    private async Task<bool> RequestAsync(PacketWriter request, CancellationToken cancellationToken)
    {
        await WriteAsync(request, cancellationToken);
        while (true)
        {
            var (type, fields) = await ReadMessageAsync(cancellationToken);
            switch (type)
            {
                case SshMessage.ChannelSuccess:
                    return true;
                case SshMessage.ChannelFailure:
                    return false;
                case SshMessage.ChannelWindowAdjust:
                    _sendWindow.Add(fields.UInt32());
                    break;
                case SshMessage.ChannelClose:
                    throw new IOException("The node closed the session before the command was started.");
            }
        }
    }

    private async Task SendInputAsync(Stream? stdin, CancellationToken cancellationToken)
    {
        try
        {
            var buffer = stdin is null ? [] : new byte[_remotePacketSize];
            int length;
            while (stdin is not null && (length = await stdin.ReadAsync(buffer, cancellationToken)) > 0)
            {
                if (!await TrySendAsync(buffer.AsMemory(0, length), cancellationToken))
                {
                    return;
                }
            }

            await TryWriteAsync(Message(SshMessage.ChannelEof), cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The command ended without reading all of its input, which is its own business.
        }
    }

    private async Task<bool> TrySendAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        while (data.Length > 0)
        {
            var room = await _sendWindow.TakeAsync(data.Length, cancellationToken);
            if (!await TryWriteAsync(Message(SshMessage.ChannelData).Bytes(data.Span[..room]), cancellationToken))
            {
                return false;
            }

            data = data[room..];
        }

        return true;
    }

    /// <summary>Writes, and leaves it to the receiving side, which knows more about it, to tell of a lost connection.</summary>
    private async Task<bool> TryWriteAsync(PacketWriter packet, CancellationToken cancellationToken)
    {
        try
        {
            await WriteAsync(packet, cancellationToken);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private async Task<MuxExit?> ReceiveAsync(
        Action<ReadOnlyMemory<byte>> stdout, Action<ReadOnlyMemory<byte>> stderr, CancellationToken cancellationToken)
    {
        MuxExit? exit = null;
        while (true)
        {
            var (type, fields) = await ReadMessageAsync(cancellationToken);
            switch (type)
            {
                case SshMessage.ChannelWindowAdjust:
                    _sendWindow.Add(fields.UInt32());
                    break;
                case SshMessage.ChannelData:
                    await TakeOutputAsync(fields.Bytes(), stdout, cancellationToken);
                    break;
                case SshMessage.ChannelExtendedData:
                    var isStderr = fields.UInt32() == StderrStream;
                    await TakeOutputAsync(fields.Bytes(), isStderr ? stderr : stdout, cancellationToken);
                    break;
                case SshMessage.ChannelRequest:
                    exit = ReadExit(fields) ?? exit;
                    break;
                case SshMessage.ChannelClose:
                    await CloseAsync(cancellationToken);
                    return exit;
            }
        }
    }

    private static MuxExit? ReadExit(PacketReader fields)
    {
        var request = fields.Text();
        _ = fields.Byte();
        return request switch
        {
            "exit-status" => new MuxExit((int)fields.UInt32(), Signal: null),
            "exit-signal" => new MuxExit(Code: null, fields.Text()),
            _ => null,
        };
    }

    private async Task TakeOutputAsync(ReadOnlyMemory<byte> data, Action<ReadOnlyMemory<byte>> take, CancellationToken cancellationToken)
    {
        take(data);
        _unacknowledged += (uint)data.Length;
        if (_unacknowledged >= WindowSize / 2 && !_closeSent)
        {
            var room = _unacknowledged;
            _unacknowledged = 0;
            await WriteAsync(Message(SshMessage.ChannelWindowAdjust).UInt32(room), cancellationToken);
        }
    }

    private async Task CloseAsync(CancellationToken cancellationToken)
    {
        // The node forgets the channel only when both sides have closed it.
        _closeSent = true;
        await WriteAsync(Message(SshMessage.ChannelClose), cancellationToken);
    }

    private async Task WriteAsync(PacketWriter packet, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            // A packet that was begun is written whole, or the stream would be out of step for the closing one.
            await _stream.WriteAsync(packet.ToPacket(), CancellationToken.None);
        }
        finally
        {
            _writing.Release();
        }
    }

    private async Task<(SshMessage Type, PacketReader Fields)> ReadMessageAsync(CancellationToken cancellationToken)
    {
        var fields = new PacketReader(await ReadAsync(cancellationToken));
        _ = fields.Byte();
        var type = (SshMessage)fields.Byte();
        _ = fields.UInt32();
        return (type, fields);
    }

    private async Task<ReadOnlyMemory<byte>> ReadAsync(CancellationToken cancellationToken)
    {
        const int LargestPacket = 1024 * 1024;
        await ReadExactlyAsync(4, cancellationToken);
        var length = BinaryPrimitives.ReadInt32BigEndian(_packet);
        if (length is < 1 or > LargestPacket)
        {
            throw new InvalidDataException($"The ssh process sent a packet of {length} bytes.");
        }

        if (length > _packet.Length)
        {
            _packet = new byte[length];
        }

        await ReadExactlyAsync(length, cancellationToken);
        return _packet.AsMemory(0, length);
    }

    private async Task ReadExactlyAsync(int length, CancellationToken cancellationToken)
    {
        try
        {
            await _stream.ReadExactlyAsync(_packet.AsMemory(0, length), cancellationToken);
        }
        catch (EndOfStreamException exception)
        {
            throw new IOException("The connection was closed.", exception);
        }
    }
}
