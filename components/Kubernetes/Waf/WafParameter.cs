namespace AppStack.Components.Kubernetes.Waf;

/// <summary>An argument (of the query, of a form or of a JSON body) that must be written in a certain way; a request in which it is not gets 400.</summary>
public sealed record WafParameter
{
    /// <summary>Its name; a field of a JSON body is <c>json.field</c>.</summary>
    public required string Name { get; init; }

    /// <summary>On which paths: <c>/verify</c> is that one, <c>/verify/*</c> are all that begin so. Null: on all of the service. Default: null.</summary>
    public string? Path { get; init; }

    /// <summary>A regular expression (PCRE) that its whole value must match.</summary>
    public required string Pattern { get; init; }
}
