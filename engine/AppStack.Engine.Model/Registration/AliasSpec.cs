namespace AppStack.Engine.Model.Registration;

/// <summary>A former identity of a resource: either a whole URN, or the parts that differed; unset parts are the resource's own.</summary>
public sealed record AliasSpec
{
    /// <summary>The whole former URN; excludes the other members.</summary>
    public string? Urn { get; init; }

    /// <summary>The former name.</summary>
    public string? Name { get; init; }

    /// <summary>The former type token.</summary>
    public string? Type { get; init; }

    /// <summary>The former stack.</summary>
    public string? Stack { get; init; }

    /// <summary>The former project.</summary>
    public string? Project { get; init; }

    /// <summary>The former parent's URN.</summary>
    public string? ParentUrn { get; init; }

    /// <summary>Whether the resource formerly had no parent.</summary>
    public bool NoParent { get; init; }
}
