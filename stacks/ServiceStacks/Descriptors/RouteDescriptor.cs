using AppStack.Stacks.Environments.Descriptors;

namespace AppStack.Stacks.Services.Descriptors;

/// <summary>A way on which citizens reach a service.</summary>
public sealed record RouteDescriptor
{
    /// <summary>Its name.</summary>
    [Key("Its name, which tells a service's routes apart in logs and metrics. The first needs none.", Default = "the service's", Format = TextFormat.Name, Example = "admin")]
    public string? Name { get; init; }

    /// <summary>The hosts.</summary>
    [Key("Names under which the service is reached, without port.", Required = true, Example = "[benefits.example.gov]")]
    public IReadOnlyList<string?> Hosts { get; init; } = [];

    /// <summary>The paths.</summary>
    [Key("Paths that are the service's, each with everything below it.", Default = "[/]", Format = TextFormat.UrlPath, Example = "[/api]")]
    public IReadOnlyList<string?> Paths { get; init; } = [];

    /// <summary>Without TLS.</summary>
    [Key("Whether it is served without TLS.", Default = "false")]
    public bool? Plain { get; init; }

    /// <summary>The certificate.</summary>
    [Key("A certificate of its own. Without it the platform's authority issues one and renews it.")]
    public RouteTlsDescriptor? Tls { get; init; }

    /// <summary>The largest body.</summary>
    [Key("The largest request body in bytes; larger ones get 413.", Default = "1048576", Minimum = 1, Maximum = 1L << 30)]
    public long? BodyBytes { get; init; }

    /// <summary>Patience with the service.</summary>
    [Key("How long the service may be silent before a request ends with 504.", Default = "30s")]
    public TimeSpan? ResponseTimeout { get; init; }

    /// <summary>Patience with a client.</summary>
    [Key("How long a client may be silent while it sends a body.", Default = "15s")]
    public TimeSpan? RequestTimeout { get; init; }
}
