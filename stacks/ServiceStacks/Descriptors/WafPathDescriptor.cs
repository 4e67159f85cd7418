using AppStack.Stacks.Environments.Descriptors;

namespace AppStack.Stacks.Services.Descriptors;

/// <summary>A path that allows less than the whole service does.</summary>
public sealed record WafPathDescriptor
{
    /// <summary>The path.</summary>
    [Key("The path; /* at the end: all that begin so.", Required = true, Format = TextFormat.UrlPath, Example = "/declarations")]
    public string? Path { get; init; }

    /// <summary>Methods.</summary>
    [Key("Methods; others get 405.", Default = "those of the service", Example = "[POST]")]
    public IReadOnlyList<string?> Methods { get; init; } = [];

    /// <summary>Media types.</summary>
    [Key("Media types of request bodies; others get 415.", Default = "those of the service", Example = "[application/json]")]
    public IReadOnlyList<string?> ContentTypes { get; init; } = [];
}
