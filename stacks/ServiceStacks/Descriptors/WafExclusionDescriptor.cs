using AppStack.Stacks.Environments.Descriptors;

namespace AppStack.Stacks.Services.Descriptors;

/// <summary>A rule, or all rules with a tag, that is not applied.</summary>
public sealed record WafExclusionDescriptor
{
    /// <summary>The rule.</summary>
    [Key("The rule's id; either this or tag.", Minimum = 900_000, Maximum = 999_999, Example = "942100")]
    public int? Rule { get; init; }

    /// <summary>The tag.</summary>
    [Key("The rules' tag; either this or rule.", Example = "attack-sqli")]
    public string? Tag { get; init; }

    /// <summary>To what.</summary>
    [Key("To what it is not applied: an argument, a cookie or a header; a field of a JSON body is ARGS:json.field.", Default = "to anything: the rule does not run", Example = "ARGS:text")]
    public string? Target { get; init; }

    /// <summary>Where.</summary>
    [Key("On which paths; /* at the end: all that begin so.", Default = "all of the service", Format = TextFormat.UrlPath, Example = "/declarations/*")]
    public string? Path { get; init; }

    /// <summary>Why.</summary>
    [Key("Why; somebody will ask.", Required = true)]
    public string? Reason { get; init; }
}
