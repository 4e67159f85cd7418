using System.Collections.Immutable;

namespace AppStack.Components.Kubernetes.Waf;

/// <summary>A path that allows less than the whole service does.</summary>
public sealed record WafPathRule
{
    /// <summary>The path: <c>/declarations</c> is that one, <c>/declarations/*</c> are all that begin so.</summary>
    public required string Path { get; init; }

    /// <summary>Methods; others get 405. Empty: those of the service. Default: empty.</summary>
    public ImmutableArray<string> Methods { get; init; } = [];

    /// <summary>Media types of request bodies; others get 415. Empty: those of the service. Default: empty.</summary>
    public ImmutableArray<string> ContentTypes { get; init; } = [];
}
