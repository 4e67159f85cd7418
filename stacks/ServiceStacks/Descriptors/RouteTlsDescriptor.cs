using AppStack.Stacks.Environments.Descriptors;

namespace AppStack.Stacks.Services.Descriptors;

/// <summary>A certificate that a route brings: a file with its key, or a secret in the cluster that somebody else keeps.</summary>
public sealed record RouteTlsDescriptor
{
    /// <summary>The file.</summary>
    [Key("File with the certificate and those in between (PEM), relative to the repository. It must be valid for all hosts.", Example = "stacks/services/benefits/tls.crt")]
    public string? Certificate { get; init; }

    /// <summary>Its key.</summary>
    [Key("The stack's secret configuration that holds the certificate's private key (PEM).", Format = TextFormat.Name, Example = "tls-key")]
    public string? Key { get; init; }

    /// <summary>The secret.</summary>
    [Key("A secret of the type kubernetes.io/tls in the ingress' namespace that somebody else keeps, in the place of certificate and key.", Format = TextFormat.Name)]
    public string? Secret { get; init; }
}
