namespace AppStack.Stacks.Environments.Descriptors;

/// <summary>How virtual addresses are announced.</summary>
public sealed record BgpDescriptor
{
    /// <summary>The load balancers' autonomous system.</summary>
    [Key("The autonomous system of the load balancers.", Required = true, Minimum = 1, Maximum = 4_294_967_294, Example = "65001")]
    public long? Asn { get; init; }

    /// <summary>The routers.</summary>
    [Key("The routers that load balancers speak to.", Required = true)]
    public IReadOnlyList<NeighbourDescriptor?> Neighbours { get; init; } = [];

    /// <summary>How long a silent neighbour is believed to be alive.</summary>
    [Key("How long a silent neighbour is believed to be alive.", Default = "9s", Example = "9s")]
    public TimeSpan? HoldTime { get; init; }

    /// <summary>How often a neighbour hears from us.</summary>
    [Key("How often a neighbour hears from us; at most a third of holdTime.", Default = "3s", Example = "3s")]
    public TimeSpan? Keepalive { get; init; }

    /// <summary>Fast failure detection.</summary>
    [Key("Fast detection of dead neighbours (BFD).")]
    public BfdDescriptor? Bfd { get; init; }
}
