using AppStack.Components.Kubernetes.Waf;
using AppStack.Stacks.Environments.Descriptors;

namespace AppStack.Stacks.Services.Descriptors;

/// <summary>What the web application firewall does for a service.</summary>
public sealed record WafDescriptor
{
    /// <summary>What is done.</summary>
    [Key("What is done: nothing, only logged, or refused.", Default = "block")]
    public WafMode? Mode { get; init; }

    /// <summary>Paranoia level.</summary>
    [Key("Paranoia level: rules up to this level count towards refusing a request.", Default = "1", Minimum = 1, Maximum = 4)]
    public int? Paranoia { get; init; }

    /// <summary>Paranoia level that is tried.</summary>
    [Key("Rules up to this level run and are logged, but those above paranoia refuse nothing: how a higher level is tried.", Default = "that of paranoia", Minimum = 1, Maximum = 4)]
    public int? DetectionParanoia { get; init; }

    /// <summary>Threshold of requests.</summary>
    [Key("The score at which a request is refused; one critical finding counts 5.", Default = "5", Minimum = 1, Maximum = 1000)]
    public int? InboundThreshold { get; init; }

    /// <summary>Threshold of responses.</summary>
    [Key("The score at which a response is refused; one finding of a leak counts 4.", Default = "4", Minimum = 1, Maximum = 1000)]
    public int? OutboundThreshold { get; init; }

    /// <summary>Methods.</summary>
    [Key("Methods that the service answers; others get 405.", Default = "those of the Core Rule Set", Example = "[GET, POST]")]
    public IReadOnlyList<string?> Methods { get; init; } = [];

    /// <summary>Media types of requests.</summary>
    [Key("Media types that request bodies may have; others get 415.", Default = "JSON and those of forms", Example = "[application/json]")]
    public IReadOnlyList<string?> ContentTypes { get; init; } = [];

    /// <summary>Media types of responses.</summary>
    [Key("Media types of responses that are searched for leaks (error texts of databases, source code).", Default = "JSON, pages and texts", Example = "[text/html]")]
    public IReadOnlyList<string?> ResponseTypes { get; init; } = [];

    /// <summary>Extensions.</summary>
    [Key("Extensions (with their dot) that the service's paths may have although the Core Rule Set forbids them.", Example = "[.config]")]
    public IReadOnlyList<string?> UrlExtensions { get; init; } = [];

    /// <summary>Arguments.</summary>
    [Key("Numbers and lengths of arguments.")]
    public WafArgumentsDescriptor? Arguments { get; init; }

    /// <summary>Uploads.</summary>
    [Key("Files in multipart forms.")]
    public WafUploadsDescriptor? Uploads { get; init; }

    /// <summary>Exclusions.</summary>
    [Key("Rules of the Core Rule Set that are not applied, or not to something, each with its reason.")]
    public IReadOnlyList<WafExclusionDescriptor?> Exclusions { get; init; } = [];

    /// <summary>Paths.</summary>
    [Key("Paths that allow less than the whole service does.")]
    public IReadOnlyList<WafPathDescriptor?> Paths { get; init; } = [];

    /// <summary>Parameters.</summary>
    [Key("Arguments that must be written in a certain way.")]
    public IReadOnlyList<WafParameterDescriptor?> Parameters { get; init; } = [];

    /// <summary>Rate limits.</summary>
    [Key("How often a client may ask.")]
    public IReadOnlyList<WafRateLimitDescriptor?> RateLimits { get; init; } = [];

    /// <summary>The range of rule ids.</summary>
    [Key("The service's range of rule ids, when the one that follows from its name is another service's already.", Default = "from the name", Minimum = 0, Maximum = RuleIdRange.Slots - 1)]
    public int? Slot { get; init; }
}
