namespace AppStack.Components.Kubernetes.Cluster;

/// <summary>A Debian repository with Kubernetes' packages: upstream's, or a mirror of it.</summary>
/// <param name="Url">Its address, as in sources.list; the suite is <c>/</c>.</param>
/// <param name="Key">Its signing key, ASCII-armoured. apt accepts nothing that another key has signed.</param>
/// <param name="Version">The packages' exact version, e.g. <c>1.34.2-1.1</c>.</param>
public sealed record PackageRepositorySpec(string Url, string Key, string Version);
