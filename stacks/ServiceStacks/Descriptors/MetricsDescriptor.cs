using AppStack.Stacks.Environments.Descriptors;

namespace AppStack.Stacks.Services.Descriptors;

/// <summary>Where a service shows its metrics.</summary>
public sealed record MetricsDescriptor
{
    /// <summary>The port.</summary>
    [Key("The port; not the one for citizens.", Default = "that of the probes", Minimum = 1, Maximum = 65535)]
    public int? Port { get; init; }

    /// <summary>The path.</summary>
    [Key("The path.", Default = "/metrics", Format = TextFormat.UrlPath)]
    public string? Path { get; init; }
}
