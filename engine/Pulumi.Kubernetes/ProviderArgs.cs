using Pulumi.Kubernetes.Types.Inputs.Provider;

namespace Pulumi.Kubernetes;

/// <summary>Arguments of <see cref="Provider"/>.</summary>
public sealed class ProviderArgs : ResourceArgs
{
    /// <summary>Arguments of <see cref="Provider"/>; those that have an environment variable begin with its value.</summary>
    public ProviderArgs()
    {
        DeleteUnreachable = Utilities.Switch("PULUMI_K8S_DELETE_UNREACHABLE");
        EnableConfigMapMutable = Utilities.Switch("PULUMI_K8S_ENABLE_CONFIGMAP_MUTABLE");
        EnablePatchForce = Utilities.Switch("PULUMI_K8S_ENABLE_PATCH_FORCE");
        EnableSecretMutable = Utilities.Switch("PULUMI_K8S_ENABLE_SECRET_MUTABLE");
        EnableServerSideApply = Utilities.Switch("PULUMI_K8S_ENABLE_SERVER_SIDE_APPLY");
        KubeConfig = Utilities.Variable("KUBECONFIG") is { } path ? (Input<string>)path : null;
        SkipUpdateUnreachable = Utilities.Switch("PULUMI_K8S_SKIP_UPDATE_UNREACHABLE");
    }

    /// <summary>New arguments with the values of the environment.</summary>
    public static new ProviderArgs Empty => new();

    /// <summary>The name of the cluster in the kubeconfig; that of the context by default.</summary>
    [Input("cluster")]
    public Input<string>? Cluster { get; set; }

    /// <summary>A value that stays the same while the cluster does: a change of it replaces all resources.</summary>
    [Input("clusterIdentifier")]
    public Input<string>? ClusterIdentifier { get; set; }

    /// <summary>The context of the kubeconfig; its current one by default.</summary>
    [Input("context")]
    public Input<string>? Context { get; set; }

    /// <summary>Whether resources of a cluster that cannot be reached are dropped from the state when they are deleted; false by default.</summary>
    [Input("deleteUnreachable", json: true)]
    public Input<bool>? DeleteUnreachable { get; set; }

    /// <summary>Whether ConfigMaps are updated in place instead of replaced; false by default.</summary>
    [Input("enableConfigMapMutable", json: true)]
    public Input<bool>? EnableConfigMapMutable { get; set; }

    /// <summary>Whether fields of other field managers are taken over; false by default.</summary>
    [Input("enablePatchForce", json: true)]
    public Input<bool>? EnablePatchForce { get; set; }

    /// <summary>Whether Secrets are updated in place instead of replaced; false by default.</summary>
    [Input("enableSecretMutable", json: true)]
    public Input<bool>? EnableSecretMutable { get; set; }

    /// <summary>Whether objects are applied by the server; true by default, and the embedded engine knows nothing else.</summary>
    [Input("enableServerSideApply", json: true)]
    public Input<bool>? EnableServerSideApply { get; set; }

    /// <summary>Limits of the client.</summary>
    [Input("kubeClientSettings", json: true)]
    public Input<KubeClientSettingsArgs>? KubeClientSettings { get; set; }

    /// <summary>A kubeconfig: its text, or the path of its file; $KUBECONFIG, else ~/.kube/config by default.</summary>
    [Input("kubeconfig")]
    public Input<string>? KubeConfig { get; set; }

    /// <summary>The namespace of objects that name none; that of the context, else <c>default</c>, by default.</summary>
    [Input("namespace")]
    public Input<string>? Namespace { get; set; }

    /// <summary>Whether a cluster that cannot be reached is skipped in refreshes; false by default.</summary>
    [Input("skipUpdateUnreachable", json: true)]
    public Input<bool>? SkipUpdateUnreachable { get; set; }
}
