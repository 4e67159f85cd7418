using System.Net;

namespace AppStack.Operations.Load;

/// <summary>What load to send, and where to.</summary>
public sealed record LoadOptions
{
    /// <summary>The default request rate in requests per second; the rate that the figures of the drills are stated for.</summary>
    public const double DefaultRate = 500;

    /// <summary>
    /// The default time after which a request without an answer has failed. Linux repeats a lost SYN after 1 s (RFC 6298) and
    /// again 2 s later, so 3 s lets one repetition succeed, which counts as slow, not as failed.
    /// </summary>
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(3);

    /// <summary>The address and port that requests are sent to, IPv4 or IPv6.</summary>
    public required IPEndPoint Target { get; init; }

    /// <summary>The path of every request. The default value is <c>/</c>.</summary>
    public string Path { get; init; } = "/";

    /// <summary>Requests per second. The default value is <see cref="DefaultRate"/>.</summary>
    public double Rate { get; init; } = DefaultRate;

    /// <summary>The number of persistent connections; 0, the default value, opens a new connection for every request.</summary>
    public int Connections { get; init; }

    /// <summary>How long a request may take before it has failed. The default value is <see cref="DefaultTimeout"/>.</summary>
    public TimeSpan Timeout { get; init; } = DefaultTimeout;

    /// <summary>How long to send load; <see langword="null"/>, the default value, until stdin is closed.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>The value of <c>User-Agent</c>, so that a server's log tells the load of a drill from that of users.</summary>
    public string UserAgent { get; init; } = "appstack-load";

    /// <summary>How connections are used; follows from <see cref="Connections"/>.</summary>
    public LoadMode Mode => Connections == 0 ? LoadMode.NewConnections : LoadMode.KeepAlive;
}
