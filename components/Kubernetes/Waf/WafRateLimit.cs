using System.Collections.Immutable;

namespace AppStack.Components.Kubernetes.Waf;

/// <summary>
/// How often one client's address may ask; what is more gets 429. Counted by nginx on each ingress node of its own (<c>limit_req</c>): the engine
/// has no counters that expire (ModSecurity 3.0.9 knows <c>expirevar</c> only by name).
/// </summary>
public sealed record WafRateLimit
{
    /// <summary>On which paths: <c>/declarations</c> is that one, <c>/declarations/*</c> are all that begin so. Null: on all of the service. Default: null.</summary>
    public string? Path { get; init; }

    /// <summary>Methods that are counted. Empty: all. Default: empty.</summary>
    public ImmutableArray<string> Methods { get; init; } = [];

    /// <summary>Requests in <see cref="Per"/>.</summary>
    public required int Requests { get; init; }

    /// <summary>The unit of time: one second or one minute, as nginx'. Default: one second.</summary>
    public TimeSpan Per { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Requests that may come at once on top of the rate. Default: 20.</summary>
    public int Burst { get; init; } = 20;
}
