using System.Net.Sockets;
using System.Text;

namespace AppStack.Operations.Load;

/// <summary>
/// Sends requests at a constant rate, whatever the answers do (open loop): a platform that stalls is met by the requests that users
/// would have sent meanwhile, and a request's latency counts from when it was due.
/// </summary>
/// <remarks>
/// One thread, one poll(2) loop: the generator shares a machine with the platform under test and must not be what is measured.
/// </remarks>
internal sealed class LoadGenerator
{
    /// <summary>Requests before the load proper, sent one by one and not counted, so that the run-time has compiled what it needs.</summary>
    private const int WarmUpRequests = 50;
    private const long FlushIntervalMicros = 250_000;
    private const int StandardInput = 0;

    private readonly LoadOptions _options;
    private readonly ISampleSink _sink;
    private readonly System.Net.SocketAddress _address;
    private readonly byte[] _request;
    private readonly byte[] _buffer = new byte[16 * 1024];

    /// <summary>Open connections; entry i belongs to entry i + 1 of <see cref="_poll"/>, whose entry 0 is stdin.</summary>
    private readonly List<LoadConnection> _open = [];
    private readonly Queue<LoadConnection> _idle = new();
    private PollDescriptor[] _poll = new PollDescriptor[64];
    private bool _stop;

    public LoadGenerator(LoadOptions options, ISampleSink sink)
    {
        _options = options;
        _sink = sink;
        _address = options.Target.Serialize();
        var host = options.Target.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{options.Target.Address}]" : options.Target.Address.ToString();
        var connection = options.Mode == LoadMode.NewConnections ? "Connection: close\r\n" : "";
        _request = Encoding.ASCII.GetBytes(
            $"GET {options.Path} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: {options.UserAgent}\r\n{connection}\r\n");
    }

    /// <summary>Whether the end of stdin stops the load. The default value is <see langword="true"/>.</summary>
    public bool StopsWithStandardInput { get; init; } = true;

    /// <summary>Sends a few requests that are not counted.</summary>
    public void WarmUp()
    {
        var poll = new PollDescriptor[1];
        for (var i = 0; i < WarmUpRequests; i++)
        {
            var connection = new LoadConnection(_address, _request);
            var start = MonotonicClock.NowMicros;
            connection.Begin(start);
            while (connection.State == LoadConnectionState.Busy)
            {
                var left = start + TimeoutMicros - MonotonicClock.NowMicros;
                if (left <= 0)
                {
                    connection.GiveUp();
                    return;
                }

                poll[0] = new PollDescriptor { Descriptor = connection.Descriptor, Events = connection.Events };
                LinuxSocket.Wait(poll, left);
                if (poll[0].Returned != 0)
                {
                    connection.Advance(_buffer);
                }
            }

            connection.Close();
        }
    }

    /// <summary>Sends load until stdin is closed or the duration is over, then waits for the requests that are under way.</summary>
    public void Run()
    {
        var start = MonotonicClock.NowMicros;
        var end = _options.Duration is { } duration ? start + (long)duration.TotalMicroseconds : long.MaxValue;
        var nextFlush = start + FlushIntervalMicros;
        var sent = 0L;
        while (true)
        {
            var now = MonotonicClock.NowMicros;
            var due = Due();
            while (!_stop && due <= now && due < end)
            {
                Send(due);
                sent++;
                due = Due();
            }

            // Only now: a thread that woke late still owes what was due before the end.
            _stop |= now >= end;
            if (now >= nextFlush)
            {
                GiveUpOverdue(now);
                _sink.Flush();
                nextFlush = now + FlushIntervalMicros;
            }

            if (_stop && !_open.Exists(connection => connection.State == LoadConnectionState.Busy))
            {
                break;
            }

            Wait((_stop ? nextFlush : Math.Min(nextFlush, due)) - now);
        }

        _sink.Flush();
        _open.ForEach(connection => connection.Close());
        long Due() => start + (long)(sent * 1_000_000.0 / _options.Rate);
    }

    private long TimeoutMicros => (long)_options.Timeout.TotalMicroseconds;

    private void Send(long due)
    {
        // First in, first out: every connection of the pool is used in turn, so that all of them see what the platform does. When
        // all are busy the request takes an additional one, as the pools of HTTP clients do; waiting would hide a stall.
        LoadConnection? connection = null;
        while (_open.Count >= _options.Connections && _idle.TryDequeue(out connection) && connection.State != LoadConnectionState.Idle)
        {
            connection = null;
        }

        if (connection is null)
        {
            connection = new LoadConnection(_address, _request);
            connection.Begin(due);
            _open.Add(connection);
        }
        else
        {
            connection.Begin(due);
        }

        if (connection.State != LoadConnectionState.Busy)
        {
            Ended(connection, _open.IndexOf(connection));
        }
    }

    private void Wait(long micros)
    {
        if (_poll.Length <= _open.Count)
        {
            _poll = new PollDescriptor[_open.Count * 2];
        }

        _poll[0] = new PollDescriptor { Descriptor = StopsWithStandardInput && !_stop ? StandardInput : -1, Events = LinuxSocket.PollIn };
        for (var i = 0; i < _open.Count; i++)
        {
            _poll[i + 1] = new PollDescriptor { Descriptor = _open[i].Descriptor, Events = _open[i].Events };
        }

        var count = _open.Count;
        LinuxSocket.Wait(_poll.AsSpan(0, count + 1), micros);
        _stop |= _poll[0].Returned != 0;

        // From the end: an ended connection is replaced by the last one, which was looked at already.
        for (var i = count - 1; i >= 0; i--)
        {
            if (_poll[i + 1].Returned != 0)
            {
                Advance(i);
            }
        }
    }

    private void Advance(int index)
    {
        var connection = _open[index];
        var before = connection.State;
        connection.Advance(_buffer);
        if (connection.State != before)
        {
            Changed(connection, before, index);
        }
    }

    private void GiveUpOverdue(long now)
    {
        for (var i = _open.Count - 1; i >= 0; i--)
        {
            var connection = _open[i];
            var before = connection.State;
            if (before != LoadConnectionState.Idle && connection.DueMicros + TimeoutMicros <= now)
            {
                connection.GiveUp();
                Changed(connection, before, i);
            }
        }
    }

    private void Changed(LoadConnection connection, LoadConnectionState before, int index)
    {
        if (before == LoadConnectionState.Busy)
        {
            Ended(connection, index);
        }
        else
        {
            Remove(index);
        }
    }

    private void Ended(LoadConnection connection, int index)
    {
        _sink.Add(new RequestSample(connection.DueMicros, MonotonicClock.NowMicros - connection.DueMicros, connection.Failure));
        if (connection.State == LoadConnectionState.Idle && _open.Count <= _options.Connections)
        {
            _idle.Enqueue(connection);
        }
        else if (connection.State != LoadConnectionState.Finishing)
        {
            connection.Close();
            Remove(index);
        }
    }

    private void Remove(int index)
    {
        _open[index] = _open[^1];
        _open.RemoveAt(_open.Count - 1);
    }
}
