using AppStack.Stacks.Environments.Descriptors;

namespace AppStack.Stacks.Environments;

/// <summary>The ingress of a cluster.</summary>
/// <param name="Controller">The program that serves the routes.</param>
/// <param name="HttpPort">The port for HTTP on every worker.</param>
/// <param name="HttpsPort">The port for HTTPS on every worker.</param>
/// <param name="Chart">The archive of the chart; <see langword="null"/>: none is needed.</param>
public sealed record ClusterIngressSpec(IngressController Controller, int HttpPort, int HttpsPort, string? Chart)
{
    /// <summary>The backend of the edge that leads to the ingress of a cluster, for HTTP.</summary>
    public static string HttpBackend(string cluster) => $"{cluster}-http";

    /// <summary>The same for HTTPS; TLS ends at the ingress.</summary>
    public static string HttpsBackend(string cluster) => $"{cluster}-https";
}
