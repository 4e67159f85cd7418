using AppStack.Stacks.Environments.Descriptors;

namespace AppStack.Operations.Drills.Databases;

/// <summary>A kind of trouble that a database cluster must stand.</summary>
/// <param name="Name">The name, as given on the command line.</param>
/// <param name="Summary">What is done and what is expected, in one line.</param>
/// <param name="Role">The role of the node that it is done to.</param>
/// <param name="Limits">What it may cost.</param>
/// <param name="Parts">What is done, one after the other, under one writer.</param>
internal sealed record DatabaseDrillScenario(string Name, string Summary, NodeRole Role, DatabaseDrillLimits Limits, IReadOnlyList<DatabaseDrillPart> Parts)
{
    /// <summary>Whether it is done to whoever leads, and not to a node that can be chosen.</summary>
    public bool HitsTheLeader { get; init; } = true;
}
