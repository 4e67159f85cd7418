using AppStack.Engine.Providers.Kubernetes.Client;

namespace AppStack.Engine.Providers.Kubernetes;

/// <summary>How one provider is configured.</summary>
internal sealed record ProviderSettings
{
    public string? Kubeconfig { get; init; }

    /// <summary>Where relative paths start.</summary>
    public string WorkingDirectory { get; init; } = "";

    public string? Context { get; init; }

    public string? Cluster { get; init; }

    public string? Namespace { get; init; }

    public string? ClusterIdentifier { get; init; }

    public bool DeleteUnreachable { get; init; }

    public bool SkipUpdateUnreachable { get; init; }

    public bool EnablePatchForce { get; init; }

    public bool EnableConfigMapMutable { get; init; }

    public bool EnableSecretMutable { get; init; }

    public bool SuppressDeprecationWarnings { get; init; }

    public ClientLimits Limits { get; init; } = new();
}
