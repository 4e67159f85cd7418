using System.Collections.Immutable;
using AppStack.Components.Certificates;
using AppStack.Components.Nodes;
using Pulumi;

namespace AppStack.Components.Registry;

/// <summary>Arguments of an <see cref="ImageRegistry"/>.</summary>
public sealed class ImageRegistryArgs : ResourceArgs
{
    /// <summary>The registry.</summary>
    public required RegistrySpec Spec { get; set; }

    /// <summary>Its machine.</summary>
    public required BareMetalNode Node { get; set; }

    /// <summary>The machines that fetch from it, by the names of <see cref="RegistrySpec.Pullers"/>.</summary>
    public required IReadOnlyDictionary<string, BareMetalNode> Pullers { get; set; }

    /// <summary>The authority that issues its certificate.</summary>
    public required PrivateAuthority Authority { get; set; }
}
