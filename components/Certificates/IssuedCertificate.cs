using Pulumi;

namespace AppStack.Components.Certificates;

/// <summary>A certificate with its key.</summary>
public sealed class IssuedCertificate
{
    /// <summary>The private key (PEM); secret.</summary>
    public required Output<string> PrivateKey { get; init; }

    /// <summary>The certificate (PEM).</summary>
    public required Output<string> Certificate { get; init; }
}
