namespace Pulumi.Kubernetes.Types.Inputs.Helm.V3;

/// <summary>A repository of charts. Those that ask for a password are not supported: helm takes it as an argument, which everybody on the machine sees.</summary>
public class RepositoryOptsArgs : ResourceArgs
{
    /// <summary>New arguments without values.</summary>
    public static new RepositoryOptsArgs Empty => new();

    /// <summary>A file with the authorities that may sign the repository's certificate.</summary>
    [Input("caFile")]
    public Input<string>? CaFile { get; set; }

    /// <summary>A file with the client's certificate.</summary>
    [Input("certFile")]
    public Input<string>? CertFile { get; set; }

    /// <summary>The file of its key.</summary>
    [Input("keyFile")]
    public Input<string>? KeyFile { get; set; }

    /// <summary>Its address.</summary>
    [Input("repo")]
    public Input<string>? Repo { get; set; }
}
