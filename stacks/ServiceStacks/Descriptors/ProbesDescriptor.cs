using AppStack.Stacks.Environments.Descriptors;

namespace AppStack.Stacks.Services.Descriptors;

/// <summary>How it is found out whether a pod works.</summary>
public sealed record ProbesDescriptor
{
    /// <summary>The port.</summary>
    [Key("The port that is asked.", Default = "the one for citizens", Minimum = 1, Maximum = 65535)]
    public int? Port { get; init; }

    /// <summary>Readiness.</summary>
    [Key("The path that answers with 200 while the pod wants requests.", Default = "/readyz", Format = TextFormat.UrlPath)]
    public string? Readiness { get; init; }

    /// <summary>Liveness.</summary>
    [Key("The path that answers with 200 unless only a restart helps. It should ask nobody else.", Default = "/healthz", Format = TextFormat.UrlPath)]
    public string? Liveness { get; init; }
}
