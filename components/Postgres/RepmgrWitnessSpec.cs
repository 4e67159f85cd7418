namespace AppStack.Components.Postgres;

/// <summary>A node that votes without holding data.</summary>
public sealed record RepmgrWitnessSpec
{
    /// <summary>Name of the node.</summary>
    public required string Name { get; init; }

    /// <summary>Address for the other nodes.</summary>
    public required string Address { get; init; }
}
