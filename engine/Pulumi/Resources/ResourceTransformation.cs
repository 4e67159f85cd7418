using System.Diagnostics.CodeAnalysis;

namespace Pulumi;

/// <summary>May change the arguments and options of a resource before it is registered; null leaves them as they are.</summary>
/// <param name="args">The resource.</param>
[SuppressMessage("Naming", "CA1711:Identifiers should not have incorrect suffix", Justification = "Pulumi's name.")]
public delegate ResourceTransformationResult? ResourceTransformation(ResourceTransformationArgs args);
