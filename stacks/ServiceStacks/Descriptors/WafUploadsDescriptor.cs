using AppStack.Stacks.Environments.Descriptors;

namespace AppStack.Stacks.Services.Descriptors;

/// <summary>Files in multipart forms.</summary>
public sealed record WafUploadsDescriptor
{
    /// <summary>Files.</summary>
    [Key("Files of a request; more get 413.", Default = "as many as the body holds", Minimum = 0, Maximum = 10_000)]
    public int? Count { get; init; }

    /// <summary>Bytes.</summary>
    [Key("Bytes of all files of a request together; more get 413.", Default = "what the route's limit of the body leaves", Minimum = 1, Maximum = 10_000_000_000)]
    public long? TotalBytes { get; init; }

    /// <summary>Extensions.</summary>
    [Key("Extensions (with their dot; case does not count) that names of files must have; others get 415.", Default = "any", Example = "[.pdf]")]
    public IReadOnlyList<string?> Extensions { get; init; } = [];
}
