using AppStack.Stacks.Environments.Descriptors;

namespace AppStack.Stacks.Services.Descriptors;

/// <summary>How often one client's address may ask, counted on each ingress node; what is more gets 429.</summary>
public sealed record WafRateLimitDescriptor
{
    /// <summary>Where.</summary>
    [Key("On which paths; /* at the end: all that begin so.", Default = "all of the service", Format = TextFormat.UrlPath)]
    public string? Path { get; init; }

    /// <summary>Methods.</summary>
    [Key("Methods that are counted.", Default = "all", Example = "[POST]")]
    public IReadOnlyList<string?> Methods { get; init; } = [];

    /// <summary>Requests.</summary>
    [Key("Requests in that time.", Required = true, Minimum = 1, Maximum = 1_000_000, Example = "50")]
    public int? Requests { get; init; }

    /// <summary>Time.</summary>
    [Key("The time: 1s or 1m.", Default = "1s")]
    public TimeSpan? Per { get; init; }

    /// <summary>Burst.</summary>
    [Key("Requests that may come at once on top of the rate.", Default = "20", Minimum = 0, Maximum = 1_000_000)]
    public int? Burst { get; init; }
}
