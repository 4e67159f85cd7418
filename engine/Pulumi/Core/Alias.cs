namespace Pulumi;

/// <summary>
/// A former identity of a resource: either a whole URN, or the parts that differed (unset parts are the resource's own). Lets a
/// resource be renamed, retyped or moved without being replaced.
/// </summary>
public sealed class Alias
{
    /// <summary>The whole former URN; no other member may be set with it.</summary>
    public string? Urn { get; set; }

    /// <summary>The former name.</summary>
    public Input<string>? Name { get; set; }

    /// <summary>The former type token.</summary>
    public Input<string>? Type { get; set; }

    /// <summary>The former stack.</summary>
    public Input<string>? Stack { get; set; }

    /// <summary>The former project.</summary>
    public Input<string>? Project { get; set; }

    /// <summary>The former parent; at most one of this, <see cref="ParentUrn"/> and <see cref="NoParent"/> may be set.</summary>
    public Resource? Parent { get; set; }

    /// <summary>The former parent's URN.</summary>
    public Input<string>? ParentUrn { get; set; }

    /// <summary>Whether the resource had no parent.</summary>
    public bool NoParent { get; set; }
}
