namespace AppStack.Lab.Tests.Kubernetes;

/// <summary>A citizen who asks the same page again and again, each time over a new connection, until told to stop.</summary>
internal sealed class SteadyRequests : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly HttpClient _client;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _work;
    private readonly Uri _page;

    /// <summary>Begins.</summary>
    /// <param name="page">The page.</param>
    /// <param name="client">How it is reached; default: as its address says.</param>
    public SteadyRequests(Uri page, SocketsHttpHandler? client = null)
    {
        _page = page;
        _client = new(client ?? new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero }) { Timeout = TimeSpan.FromSeconds(3) };
        _work = WorkAsync();
    }

    /// <summary>How many requests were answered.</summary>
    public int Answered { get; private set; }

    /// <summary>What became of those that were not.</summary>
    public List<string> Failures { get; } = [];

    /// <summary>Ends; the last request is waited for.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _work;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _client.Dispose();
        _stop.Dispose();
    }

    private async Task WorkAsync()
    {
        using var timer = new PeriodicTimer(Pause);
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                using var response = await _client.GetAsync(_page);
                if (response.IsSuccessStatusCode)
                {
                    Answered++;
                }
                else
                {
                    Failures.Add($"{response.StatusCode}");
                }
            }
            catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
            {
                Failures.Add(exception.Message);
            }

            await timer.WaitForNextTickAsync();
        }
    }
}
