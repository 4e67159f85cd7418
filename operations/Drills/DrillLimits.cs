namespace AppStack.Operations.Drills;

/// <summary>
/// What a scenario may cost its users; a drill has passed when it stays within. The numbers are the platform's service targets,
/// stated for 500 requests per second (see docs/operations/drills.md).
/// </summary>
public sealed record DrillLimits
{
    /// <summary>
    /// Loss of a load balancer's power: nobody fails. BFD (100 ms x 3) moves the route within 0.3 s; a SYN that was lost meanwhile is
    /// repeated by the client's kernel after 1 s (RFC 6298), which is why the slowest answer may take 1.2 s.
    /// </summary>
    public static readonly DrillLimits LoadBalancerLoss = new() { Failed = 0, LongestGapMs = 1200, SlowestMs = 1200 };

    /// <summary>
    /// HAProxy killed: what it held is reset, and for as long as systemd needs to withdraw the route (ExecStopPost, about 25 ms) new
    /// connections are refused: at 500 per second at most 10, within 100 ms.
    /// </summary>
    public static readonly DrillLimits HAProxyCrash = new() { Failed = 10, FailureSpanMs = 100 };

    /// <summary>Maintenance of a load balancer is not noticed: nobody fails, whether with new or with kept-alive connections.</summary>
    public static readonly DrillLimits Drain = new() { Failed = 0 };

    /// <summary>
    /// Loss of a backend's power: what it was answering is lost with it (a few requests of some milliseconds at 500 per second); what
    /// comes after is sent to another backend, at the latest after the load balancer's connect timeout.
    /// </summary>
    public static readonly DrillLimits BackendLoss = new() { Failed = 5, LongestGapMs = 1200 };

    /// <summary>
    /// Loss of a worker: the load balancers leave it out after 1 s; until the cluster believes that it is dead (8 to 10 s with fast timings) some requests
    /// are sent to its pods and tried again elsewhere. Whoever comes 15 s later is served as if nothing had happened; before, at 200 per second,
    /// at most one in a hundred fails.
    /// </summary>
    public static readonly DrillLimits WorkerLoss = new() { Failed = 30, FailureSpanMs = 15_000, LongestGapMs = 1200 };

    /// <summary>What happens to a control plane is not noticed: nodes serve on with what they know.</summary>
    public static readonly DrillLimits ControlPlane = new() { Failed = 0 };

    /// <summary>The number of requests that may fail.</summary>
    public int Failed { get; init; }

    /// <summary>The longest time without any answer, in milliseconds; <see langword="null"/> when not limited.</summary>
    public double? LongestGapMs { get; init; }

    /// <summary>The slowest answer, in milliseconds; <see langword="null"/> when not limited.</summary>
    public double? SlowestMs { get; init; }

    /// <summary>From the first to the last failed request, in milliseconds; <see langword="null"/> when not limited.</summary>
    public double? FailureSpanMs { get; init; }
}
