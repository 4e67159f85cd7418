namespace AppStack.Stacks.Environments.Descriptors;

/// <summary>
/// What a key of a descriptor means and what it accepts. One description serves three readers: the binder that reads a descriptor, the
/// JSON Schema that editors use, and the reference page in docs/descriptors.md.
/// </summary>
/// <param name="description">What the key means, in one sentence; with the unit where there is one.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class KeyAttribute(string description) : Attribute
{
    /// <summary>What the key means.</summary>
    public string Description { get; } = description;

    /// <summary>Whether the key must be there. Default false.</summary>
    public bool Required { get; init; }

    /// <summary>What is in effect when the key is absent, as it would be written; empty when there is no default.</summary>
    public string Default { get; init; } = "";

    /// <summary>The smallest number allowed.</summary>
    public long Minimum { get; init; } = long.MinValue;

    /// <summary>The largest number allowed.</summary>
    public long Maximum { get; init; } = long.MaxValue;

    /// <summary>How a text must be written.</summary>
    public TextFormat Format { get; init; }

    /// <summary>A value that would be right; shown when a wrong one is found.</summary>
    public string Example { get; init; } = "";
}
