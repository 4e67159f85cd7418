namespace AppStack.Engine.Providers.Kubernetes.Client;

/// <summary>Limits of the client. The defaults of requests and burst are the official provider's.</summary>
internal sealed record ClientLimits
{
    /// <summary>Requests per second in the long run.</summary>
    public double RequestsPerSecond { get; init; } = 50;

    /// <summary>Requests that may go out at once.</summary>
    public int Burst { get; init; } = 120;

    /// <summary>Time for one request; the API server itself gives up on one after 60 s, on a webhook's after 30 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(32);

    /// <summary>For how long an API server that is away is asked again: an upgrade of a control plane takes it away for about a minute.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(2);
}
