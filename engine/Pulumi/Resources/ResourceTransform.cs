namespace Pulumi;

/// <summary>May change the arguments and options of a resource just before it is registered; null leaves them as they are.</summary>
/// <param name="args">The resource.</param>
/// <param name="cancellationToken">Is cancelled when the run ends.</param>
public delegate Task<ResourceTransformResult?> ResourceTransform(ResourceTransformArgs args, CancellationToken cancellationToken = default);
