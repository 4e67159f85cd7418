namespace AppStack.Operations.Verification;

/// <summary>One thing that was looked at.</summary>
/// <param name="Name">What was looked at: <c>ssh</c>, <c>units</c>, <c>bgp</c>, <c>bfd</c>, <c>routes</c>, <c>drift</c>, <c>vip</c> ...</param>
/// <param name="Node">The node on which it was seen.</param>
/// <param name="Ok">Whether it is as it should be.</param>
/// <param name="Detail">What was seen; when it is off, also what should have been.</param>
/// <param name="Ms">How long the look at the node took, in milliseconds: all checks of a node share one round trip.</param>
public sealed record VerifyCheck(string Name, string Node, bool Ok, string Detail, double Ms = 0)
{
    /// <summary>What was looked at from the node when that is not the node itself: an address, a neighbour, a workload.</summary>
    public string? About { get; init; }

    /// <summary>What the node is at this moment, where that changes by itself: leader, standby.</summary>
    public string? Now { get; init; }

    /// <summary>The check in one line, as reports and messages name it.</summary>
    public string Line => $"{Node}: {Name}: {Detail}";

    internal static VerifyCheck Pass(string name, NodeExpectation node, string detail) => new(name, node.Name, Ok: true, detail);

    internal static VerifyCheck Fail(string name, NodeExpectation node, string detail) => new(name, node.Name, Ok: false, detail);
}
