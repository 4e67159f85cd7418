namespace AppStack.Components.Kubernetes.Waf;

/// <summary>
/// A rule of CRS, or all rules with a tag, that is not applied: on a path, to one argument, cookie or header. The narrower the better:
/// the validator warns of those that are wide.
/// </summary>
public sealed record WafExclusion
{
    /// <summary>The rule's id, <c>942100</c>; either this or <see cref="Tag"/>.</summary>
    public int? Rule { get; init; }

    /// <summary>The rules' tag, <c>attack-sqli</c>; either this or <see cref="Rule"/>.</summary>
    public string? Tag { get; init; }

    /// <summary>
    /// To what it is not applied: <c>ARGS:text</c>, <c>REQUEST_COOKIES:session</c>, <c>REQUEST_HEADERS:Referer</c>; a field of a JSON body is
    /// <c>ARGS:json.field</c>. Null: to anything, the rule does not run at all. Default: null.
    /// </summary>
    public string? Target { get; init; }

    /// <summary>On which paths: <c>/declarations</c> is that one, <c>/declarations/*</c> are all that begin so. Null: on all of the service. Default: null.</summary>
    public string? Path { get; init; }

    /// <summary>Why; somebody will ask. It is written into the rules.</summary>
    public required string Reason { get; init; }
}
