namespace AppStack.Components.LoadBalancing;

/// <summary>How the load balancers find out whether a server works.</summary>
public sealed record BackendCheckSpec
{
    /// <summary>Path of an HTTP GET that must answer 200; null: a TCP connection is enough. Default: <c>/health</c>.</summary>
    public string? HttpPath { get; init; } = "/health";

    /// <summary>
    /// Whether the check speaks TLS. It does not verify the certificate: it only finds out whether the server works, and clients, whose
    /// connections are passed on untouched, verify for themselves. Default: false.
    /// </summary>
    public bool Tls { get; init; }

    /// <summary>Time between checks of a stable server. Default: 500 ms.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Time between checks while the state is changing. Default: 100 ms.</summary>
    public TimeSpan FastInterval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How long one check may take. Default: 300 ms.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>Failed checks in a row that take a server out. Default: 2.</summary>
    public int Fall { get; init; } = 2;

    /// <summary>Passed checks in a row that put it back. Default: 2.</summary>
    public int Rise { get; init; } = 2;
}
