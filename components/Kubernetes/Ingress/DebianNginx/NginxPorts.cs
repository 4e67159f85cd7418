namespace AppStack.Components.Kubernetes.Ingress.DebianNginx;

/// <summary>Ports within the ingress' pods.</summary>
internal static class NginxPorts
{
    /// <summary>HTTP, with the PROXY protocol.</summary>
    public const int Http = 8080;

    /// <summary>HTTPS, with the PROXY protocol.</summary>
    public const int Https = 8443;

    /// <summary>nginx' local server, for the agent only.</summary>
    public const int Local = 8081;

    /// <summary>The agent: health and metrics.</summary>
    public const int Agent = 8082;

    /// <summary>The agent: the API server asks about routes.</summary>
    public const int Webhook = 8444;
}
