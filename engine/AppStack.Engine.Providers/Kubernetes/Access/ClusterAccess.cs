namespace AppStack.Engine.Providers.Kubernetes.Access;

/// <summary>How one cluster is reached, and as whom: what a kubeconfig says for one of its contexts.</summary>
internal sealed record ClusterAccess
{
    /// <summary>The context that was chosen.</summary>
    public required string Context { get; init; }

    /// <summary>The cluster's name in the kubeconfig.</summary>
    public required string Cluster { get; init; }

    /// <summary>The API server.</summary>
    public required Uri Server { get; init; }

    /// <summary>The name that its certificate must have; <see langword="null"/> for that of <see cref="Server"/>.</summary>
    public string? ServerName { get; init; }

    /// <summary>PEM of the authorities that may sign it; <see langword="null"/> for those of the system.</summary>
    public string? Authorities { get; init; }

    /// <summary>PEM of the client's certificate.</summary>
    public string? Certificate { get; init; }

    /// <summary>PEM of its key.</summary>
    public string? Key { get; init; }

    /// <summary>A bearer token.</summary>
    public string? Token { get; init; }

    /// <summary>A file with a bearer token that is renewed from outside.</summary>
    public string? TokenFile { get; init; }

    /// <summary>The namespace of objects that name none.</summary>
    public string Namespace { get; init; } = "default";

    /// <summary>What makes the cluster the one it is.</summary>
    public (Uri Server, string? ServerName, string? Authorities) Identity => (Server, ServerName, Authorities);

    /// <summary>Shows nothing that is secret.</summary>
    public override string ToString() => $"{Cluster} ({Server})";
}
