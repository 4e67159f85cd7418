namespace AppStack.Engine.Providers.Kubernetes.Client;

/// <summary>Lets requests go out at a rate, after a burst; those that wait go in order.</summary>
internal sealed class RequestLimiter(ClientLimits limits, TimeProvider time)
{
    private readonly Lock _lock = new();
    private double _tokens = limits.Burst;
    private long _at = time.GetTimestamp();

    /// <summary>Returns when the next request may go out.</summary>
    public Task WaitAsync(CancellationToken cancellationToken)
    {
        TimeSpan wait;
        lock (_lock)
        {
            var now = time.GetTimestamp();
            _tokens = Math.Min(limits.Burst, _tokens + (time.GetElapsedTime(_at, now).TotalSeconds * limits.RequestsPerSecond)) - 1;
            _at = now;
            wait = _tokens >= 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(-_tokens / limits.RequestsPerSecond);
        }

        return wait == TimeSpan.Zero ? Task.CompletedTask : Task.Delay(wait, time, cancellationToken);
    }
}
