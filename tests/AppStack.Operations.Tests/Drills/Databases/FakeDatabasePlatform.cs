using AppStack.Operations.Drills.Databases;
using AppStack.Operations.Load;
using AppStack.Operations.Verification;

namespace AppStack.Operations.Tests.Drills.Databases;

/// <summary>Writes down what is done; its time passes only when somebody observes. Main-db-1 leads until something is done to it.</summary>
internal sealed class FakeDatabasePlatform : IDatabaseDrillPlatform, IDatabaseWriter
{
    private string? _leader = "main-db-1";

    public List<string> Log { get; } = [];

    /// <summary>Who leads once the first leader is gone; null: nobody, until it is back.</summary>
    public string? Next { get; init; } = "main-db-2";

    /// <summary>Whether the platform is whole at a look; the first is the one before the drill.</summary>
    public Func<int, bool> Health { get; init; } = _ => true;

    /// <summary>What a command answers; it may throw.</summary>
    public Func<string, string> Answer { get; init; } = _ => "";

    /// <summary>What SQL as administrator answers; it may throw.</summary>
    public Func<string, string> Sql { get; init; } = _ => "";

    /// <summary>The rows that the database holds; they may throw.</summary>
    public Func<IReadOnlyList<WrittenRow>> Rows { get; init; } = () => [new(1, "10.0.0.1", 100)];

    public long NowMicros { get; private set; } = 1_000_000;

    public string Database => "dilosi";

    public IReadOnlyCollection<WriteSample> Samples { get; init; } = [new(1, 1_000_000, 1_000_500, null), new(2, 1_100_000, 1_100_500, "the connection broke")];

    public long LastAcknowledgedMicros => NowMicros;

    private int Looks { get; set; }

    public Task<string?> LeaderAsync(CancellationToken cancellationToken) => Task.FromResult(_leader);

    public string Other(string node) => "main-db-2";

    public string AddressOf(string node) => $"10.0.0.{node[^1]}";

    public Task PowerOffAsync(string node, CancellationToken cancellationToken) => GoneAsync($"power off {node}");

    public Task PowerOnAsync(string node, CancellationToken cancellationToken) => BackAsync($"power on {node}");

    public Task CutAsync(string node, CancellationToken cancellationToken) => GoneAsync($"cut {node}");

    public Task ReconnectAsync(string node, CancellationToken cancellationToken) => BackAsync($"reconnect {node}");

    public Task<string> EnterAsync(string node, string command, CancellationToken cancellationToken)
    {
        Log.Add($"enter {node}");
        return Task.FromResult(Answer(command));
    }

    public Task<string> RunAsync(string node, string command, string stdin, TimeSpan limit, CancellationToken cancellationToken)
    {
        Log.Add($"{node}: {command}");
        return Task.FromResult(Answer(command));
    }

    public Task<string> SqlAsync(string sql, CancellationToken cancellationToken) => Task.FromResult(Sql(sql));

    public Task<IDatabaseWriter> StartWriterAsync(double rate, CancellationToken cancellationToken)
    {
        Log.Add("start writer");
        return Task.FromResult<IDatabaseWriter>(this);
    }

    public Task<IReadOnlyCollection<WriteSample>> StopAsync()
    {
        Log.Add("stop writer");
        return Task.FromResult(Samples);
    }

    public Task<IReadOnlyList<WrittenRow>> ReadRowsAsync(CancellationToken cancellationToken) => Task.FromResult(Rows());

    public Task TidyUpAsync(CancellationToken cancellationToken)
    {
        Log.Add("tidy up");
        return Task.CompletedTask;
    }

    public Task ObserveAsync(TimeSpan time, CancellationToken cancellationToken)
    {
        NowMicros += (long)time.TotalMicroseconds;
        return Task.CompletedTask;
    }

    public Task<VerifyReport> VerifyAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new VerifyReport([new VerifyCheck("topology", "main-db-1", Health(++Looks), "held", 1)], 1));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Task GoneAsync(string line)
    {
        Log.Add(line);
        _leader = Next;
        return Task.CompletedTask;
    }

    private Task BackAsync(string line)
    {
        Log.Add(line);
        _leader ??= "main-db-1";
        return Task.CompletedTask;
    }
}
