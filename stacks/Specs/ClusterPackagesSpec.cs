namespace AppStack.Stacks.Environments;

/// <summary>A repository of Kubernetes' Debian packages.</summary>
/// <param name="Url">Its address.</param>
/// <param name="Key">Its signing key, ASCII-armoured.</param>
/// <param name="Revision">The revision of the packages.</param>
public sealed record ClusterPackagesSpec(string Url, string Key, string Revision);
