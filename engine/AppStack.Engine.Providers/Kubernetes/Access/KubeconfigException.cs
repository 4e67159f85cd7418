using System.Collections.Immutable;

namespace AppStack.Engine.Providers.Kubernetes.Access;

/// <summary>A kubeconfig cannot be used.</summary>
internal sealed class KubeconfigException(ImmutableArray<string> problems) : Exception(string.Join("; ", problems))
{
    /// <summary>All that is wrong with it.</summary>
    public ImmutableArray<string> Problems { get; } = problems;

    /// <summary>Whether there is no kubeconfig at all (yet), rather than a bad one.</summary>
    public bool IsMissing { get; init; }
}
