using System.Collections.Concurrent;
using System.Net.Sockets;
using Npgsql;

namespace AppStack.Operations.Load;

/// <summary>
/// Inserts small rows at a constant rate over a few connections, as a service does, and remembers what became of each. A connection that
/// breaks is opened again, at whichever pooler answers; a statement is never repeated.
/// </summary>
public sealed class DatabaseWriter : IDatabaseWriter
{
    /// <summary>Connections that share the rate, as many as a small service's own pool has.</summary>
    public const int Connections = 8;

    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<WriteSample> _samples = new();
    private readonly IReadOnlyList<Task> _workers;
    private readonly string _statement;
    private long _lastId;
    private long _lastAcknowledged;

    private DatabaseWriter(IReadOnlyList<string> connectionStrings, string statement, double rate)
    {
        _statement = statement;
        var interval = (long)(1_000_000 * Connections / rate);
        var begin = MonotonicClock.NowMicros;
        _workers = [.. Enumerable.Range(0, Connections).Select(i =>
            Task.Run(() => WorkAsync(connectionStrings[i % connectionStrings.Count], begin + (interval * i / Connections), interval)))];
    }

    /// <summary>All that became of statements so far.</summary>
    public IReadOnlyCollection<WriteSample> Samples => _samples;

    /// <summary>When the last commit was acknowledged; 0: none was.</summary>
    public long LastAcknowledgedMicros => Interlocked.Read(ref _lastAcknowledged);

    /// <summary>Begins.</summary>
    /// <param name="connectionStrings">How to connect; the connections are spread over them.</param>
    /// <param name="statement">The insert, with the id as <c>$1</c>.</param>
    /// <param name="rate">Rows per second.</param>
    /// <returns>The writer; it runs until it is stopped.</returns>
    public static DatabaseWriter Start(IReadOnlyList<string> connectionStrings, string statement, double rate) => new(connectionStrings, statement, rate);

    /// <summary>Ends: what is under way is waited for.</summary>
    public async Task<IReadOnlyCollection<WriteSample>> StopAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_workers);
        return _samples;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
    }

    private async Task WorkAsync(string connectionString, long due, long interval)
    {
        NpgsqlConnection? connection = null;
        while (true)
        {
            var wait = due - MonotonicClock.NowMicros;
            if (wait > 0)
            {
                try
                {
                    await Task.Delay(TimeSpan.FromMicroseconds(wait), _stop.Token);
                }
                catch (OperationCanceledException)
                {
                    break;
                }
            }

            if (_stop.IsCancellationRequested)
            {
                break;
            }

            // What was due while the database was away is not made up for.
            due = Math.Max(due + interval, MonotonicClock.NowMicros);
            var id = Interlocked.Increment(ref _lastId);
            var start = MonotonicClock.NowMicros;
            string? failure = null;
            try
            {
                if (connection is null)
                {
                    connection = new NpgsqlConnection(connectionString);
                    await connection.OpenAsync();
                }

                await using var command = new NpgsqlCommand(_statement, connection) { Parameters = { new() { Value = id } } };
                await command.ExecuteNonQueryAsync();
            }
            catch (Exception exception) when (exception is NpgsqlException or SocketException or IOException or TimeoutException)
            {
                failure = exception.Message;
                await CloseAsync(connection);
                connection = null;
            }

            var end = MonotonicClock.NowMicros;
            _samples.Enqueue(new WriteSample(id, start, end, failure));
            if (failure is null)
            {
                Interlocked.Exchange(ref _lastAcknowledged, end);
            }
        }

        await CloseAsync(connection);
    }

    private static async Task CloseAsync(NpgsqlConnection? connection)
    {
        if (connection is not null)
        {
            await connection.DisposeAsync();
        }
    }
}
