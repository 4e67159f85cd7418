namespace AppStack.Components.Kubernetes.Waf;

/// <summary>A service as the web application firewall sees it.</summary>
public sealed record WafService
{
    /// <summary>Its name; unique in the environment, lower-case letters, digits and hyphens.</summary>
    public required string Name { get; init; }

    /// <summary>The team that is told what was refused.</summary>
    public required string Team { get; init; }

    /// <summary>The largest request body in bytes, which the route says; nginx refuses larger ones with 413, whatever the mode. Default: 1 MiB, as nginx'.</summary>
    public long BodyBytes { get; init; } = 1 << 20;

    /// <summary>What is done for it.</summary>
    public required WafSpec Spec { get; init; }
}
