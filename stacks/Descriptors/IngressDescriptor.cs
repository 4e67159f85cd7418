namespace AppStack.Stacks.Environments.Descriptors;

/// <summary>The ingress of a cluster.</summary>
public sealed record IngressDescriptor
{
    /// <summary>The program that serves the routes.</summary>
    [Key("The program that serves the services' routes: debian-nginx, or ingress-nginx, which is retired upstream.", Default = "debian-nginx")]
    public IngressController? Controller { get; init; }

    /// <summary>The NodePort for HTTP.</summary>
    [Key("The port for HTTP on every worker.", Default = "30080", Minimum = 30000, Maximum = 32767)]
    public int? Http { get; init; }

    /// <summary>The NodePort for HTTPS.</summary>
    [Key("The port for HTTPS on every worker.", Default = "30443", Minimum = 30000, Maximum = 32767)]
    public int? Https { get; init; }

    /// <summary>The archive of the chart.</summary>
    [Key("The archive of the chart ingress-nginx, from the repository's folder; its digest is checked. Needed with ingress-nginx.", Example = "charts/ingress-nginx-4.15.1.tgz")]
    public string? Chart { get; init; }
}
