namespace Pulumi.Kubernetes.Types.Inputs.Helm.V4;

/// <summary>A repository of charts. Those that ask for a password are not supported: helm takes it as an argument, which everybody on the machine sees.</summary>
public class RepositoryOptsArgs : ResourceArgs
{
    /// <summary>New arguments without values.</summary>
    public static new RepositoryOptsArgs Empty => new();

    /// <summary>Its address.</summary>
    [Input("repo")]
    public Input<string>? Repo { get; set; }
}
