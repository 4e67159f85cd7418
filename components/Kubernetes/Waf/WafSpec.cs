using System.Collections.Immutable;

namespace AppStack.Components.Kubernetes.Waf;

/// <summary>
/// What the web application firewall does for one service: the Core Rule Set (CRS) with the service's own settings, and rules of the service.
/// The defaults are safe for a service that says nothing.
/// </summary>
public sealed record WafSpec
{
    /// <summary>What is done. Default: <see cref="WafMode.Block"/>.</summary>
    public WafMode Mode { get; init; } = WafMode.Block;

    /// <summary>Paranoia level, 1 to 4: rules up to this level count towards refusing a request. Default: 1, as CRS'.</summary>
    public int Paranoia { get; init; } = 1;

    /// <summary>
    /// Rules up to this paranoia level run and are logged, but those above <see cref="Paranoia"/> refuse nothing: how a higher level is tried.
    /// Null: the same as <see cref="Paranoia"/>. Default: null.
    /// </summary>
    public int? DetectionParanoia { get; init; }

    /// <summary>The score at which a request is refused; one critical finding counts 5. Default: 5, as CRS'.</summary>
    public int InboundThreshold { get; init; } = 5;

    /// <summary>The score at which a response is refused; one finding of a leak counts 4. Default: 4, as CRS'.</summary>
    public int OutboundThreshold { get; init; } = 4;

    /// <summary>Methods that the service answers; others get 405. Default: CRS' (<see cref="WafDefaults.Methods"/>).</summary>
    public ImmutableArray<string> Methods { get; init; } = WafDefaults.Methods;

    /// <summary>Media types that request bodies may have; others get 415. Default: <see cref="WafDefaults.ContentTypes"/>.</summary>
    public ImmutableArray<string> ContentTypes { get; init; } = WafDefaults.ContentTypes;

    /// <summary>Media types of responses that are searched for leaks (error texts of databases, source code). Default: <see cref="WafDefaults.ResponseTypes"/>.</summary>
    public ImmutableArray<string> ResponseTypes { get; init; } = WafDefaults.ResponseTypes;

    /// <summary>Extensions (with their dot, <c>.config</c>) that the service's paths may have although CRS forbids them. Default: none.</summary>
    public ImmutableArray<string> UrlExtensions { get; init; } = [];

    /// <summary>Numbers and lengths of arguments.</summary>
    public WafArguments Arguments { get; init; } = new();

    /// <summary>Uploaded files.</summary>
    public WafUploads Uploads { get; init; } = new();

    /// <summary>Rules of CRS that are not applied, or not to something, each with its reason. Default: none.</summary>
    public ImmutableArray<WafExclusion> Exclusions { get; init; } = [];

    /// <summary>Paths that allow less than the whole service does. Default: none.</summary>
    public ImmutableArray<WafPathRule> Paths { get; init; } = [];

    /// <summary>Arguments that must be written in a certain way. Default: none.</summary>
    public ImmutableArray<WafParameter> Parameters { get; init; } = [];

    /// <summary>How often a client may ask. Default: no limits.</summary>
    public ImmutableArray<WafRateLimit> RateLimits { get; init; } = [];

    /// <summary>
    /// The service's range of rule ids (<see cref="RuleIdRange"/>), when the one that follows from its name is another service's already.
    /// Null: from the name. Default: null.
    /// </summary>
    public int? Slot { get; init; }
}
