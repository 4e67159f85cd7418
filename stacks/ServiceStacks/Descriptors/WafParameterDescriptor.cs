using AppStack.Stacks.Environments.Descriptors;

namespace AppStack.Stacks.Services.Descriptors;

/// <summary>An argument that must be written in a certain way; a request in which it is not gets 400.</summary>
public sealed record WafParameterDescriptor
{
    /// <summary>Its name.</summary>
    [Key("Its name; a field of a JSON body is json.field.", Required = true, Example = "code")]
    public string? Name { get; init; }

    /// <summary>Where.</summary>
    [Key("On which paths; /* at the end: all that begin so.", Default = "all of the service", Format = TextFormat.UrlPath)]
    public string? Path { get; init; }

    /// <summary>How it must be written.</summary>
    [Key("A regular expression (PCRE) that its whole value must match.", Required = true, Example = "[0-9A-Z-]{16,19}")]
    public string? Pattern { get; init; }
}
