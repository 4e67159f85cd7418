namespace AppStack.Components.LoadBalancing.HAProxy;

/// <summary>Tuning of HAProxy. The defaults are meant for TCP mode in front of an HTTP ingress.</summary>
public sealed record HAProxyOptionsSpec
{
    /// <summary>Most simultaneous connections of one load balancer. Default: 8000; each takes about 34 kB of memory and two file descriptors.</summary>
    public int MaxConnections { get; init; } = 8_000;

    /// <summary>Threads; null: one per core. Default: null.</summary>
    public int? Threads { get; init; }

    /// <summary>How long a connection attempt to a server may take; then another server is tried. Default: 300 ms, far above a data centre's round trip.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>
    /// Idle time after which a connection is closed (client and server side). Default: 16 minutes, more than any service may take for an answer: ending connections
    /// that nobody uses is the ingress' business, which knows whether an answer is on its way.
    /// </summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(16);

    /// <summary>Attempts after the first failed one, each on another server. Default: 3.</summary>
    public int Retries { get; init; } = 3;

    /// <summary>How long connections of the previous process may live on after a reload. Default: 10 minutes.</summary>
    public TimeSpan HardStopAfter { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The default of <see cref="MetricsPort"/>.</summary>
    public const int DefaultMetricsPort = 9101;

    /// <summary>TCP port of the statistics page and of <c>/metrics</c> for Prometheus, on the management address. Default: 9101.</summary>
    public int MetricsPort { get; init; } = DefaultMetricsPort;
}
