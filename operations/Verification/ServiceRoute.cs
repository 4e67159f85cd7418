using System.Net;

namespace AppStack.Operations.Verification;

/// <summary>An address of a service that is served with TLS, as a control plane told.</summary>
/// <param name="Service">The service.</param>
/// <param name="Host">The name under which it is asked.</param>
/// <param name="Path">The first of its paths.</param>
/// <param name="Door">The virtual address and port that lead to the cluster's ingress.</param>
/// <param name="Authority">The certificate (PEM, in Base64) of the platform's authority; empty when there is none.</param>
internal sealed record ServiceRoute(string Service, string Host, string Path, IPEndPoint Door, string Authority)
{
    /// <summary>What a citizen asks for.</summary>
    public string Url => $"https://{Host}:{Door.Port}{Path}";

    /// <summary>How it is reached, for messages.</summary>
    public string Shown => $"{Url} through {Door.Address}";
}
