using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;

namespace AppStack.Components.Tests.LoadBalancing;

/// <summary>BIRD's control socket: protocols that can be listed, enabled and disabled.</summary>
internal sealed class FakeBird : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, string> _states = new(StringComparer.Ordinal)
    {
        ["retreat4"] = "down",
        ["router_v4"] = "Established",
        ["vip4"] = "down",
    };

    private readonly Channel<string> _commands = Channel.CreateUnbounded<string>();

    public FakeBird(string path)
    {
        _listener.Bind(new UnixDomainSocketEndPoint(path));
        _listener.Listen();
        _ = AcceptAsync();
    }

    public string this[string protocol]
    {
        get
        {
            lock (_lock)
            {
                return _states[protocol];
            }
        }

        set
        {
            lock (_lock)
            {
                _states[protocol] = value;
            }
        }
    }

    /// <summary>The next enable or disable that changed something.</summary>
    public async Task<string> NextAsync() => await _commands.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptAsync());
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        using var stream = new NetworkStream(socket, ownsSocket: true);
        using var reader = new StreamReader(stream, Encoding.ASCII);
        try
        {
            await stream.WriteAsync("0001 BIRD 2.0.12 ready.\n"u8.ToArray());
            while (await reader.ReadLineAsync() is { } line)
            {
                await stream.WriteAsync(Encoding.ASCII.GetBytes(Answer(line)));
            }
        }
        catch (IOException)
        {
            // The client has gone.
        }
    }

    private string Answer(string line)
    {
        lock (_lock)
        {
            var words = line.Split(' ');
            if (words[0] is "enable" or "disable")
            {
                var wanted = words[0] == "enable" ? "up" : "down";
                // The agent and a command may both steer to the same state; the second to come changes nothing.
                if (_states[words[1]] != wanted)
                {
                    _states[words[1]] = wanted;
                    _commands.Writer.TryWrite(line);
                }

                return $"0011-{words[1]}: {words[0]}d\n0000 \n";
            }

            var text = new StringBuilder("2002-Name       Proto      Table      State  Since         Info\n");
            var lead = "1002-";
            foreach (var (name, state) in _states)
            {
                var session = name.StartsWith("router", StringComparison.Ordinal);
                text.Append(lead).Append(session ? $"{name} BGP --- up 10:00:00.000 {state}" : $"{name} Static master4 {state} 10:00:00.000").Append('\n');
                lead = " ";
            }

            return text.Append("0000 \n").ToString();
        }
    }
}
