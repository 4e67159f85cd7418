using System.Collections.Immutable;

namespace AppStack.Components.Kubernetes.Waf;

/// <summary>Files in multipart forms.</summary>
public sealed record WafUploads
{
    /// <summary>Files of a request; more get 413. Null: as many as the body holds. Default: null.</summary>
    public int? Count { get; init; }

    /// <summary>Bytes of all files of a request together; more get 413. Null: what the route's limit of the body leaves. Default: null.</summary>
    public long? TotalBytes { get; init; }

    /// <summary>Extensions (with their dot, <c>.pdf</c>; case does not count) that names of files must have; others get 415. Empty: any. Default: empty.</summary>
    public ImmutableArray<string> Extensions { get; init; } = [];
}
