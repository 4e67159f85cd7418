using AppStack.Operations.Load;
using AppStack.Stacks.Environments.Descriptors;

namespace AppStack.Operations.Drills;

/// <summary>A kind of trouble that the platform must stand.</summary>
internal sealed record DrillScenario
{
    /// <summary>The name, as given on the command line.</summary>
    public required string Name { get; init; }

    /// <summary>What is done and what is expected, in one line.</summary>
    public required string Summary { get; init; }

    /// <summary>The role of the node that it is done to.</summary>
    public required NodeRole Role { get; init; }

    /// <summary>The loads under which the steps are run, one after the other: numbers of kept-alive connections, 0 for new ones.</summary>
    public IReadOnlyList<int> Loads { get; init; } = [0];

    /// <summary>How many nodes of that role there must be: with fewer, nothing would be left to take over. Default: 2.</summary>
    public int Needs { get; init; } = 2;

    /// <summary>The scenario for environments in which other nodes do what this one's do. Default: none.</summary>
    public string? Instead { get; init; }

    /// <summary>Requests per second for which the limits are stated. Default: <see cref="LoadOptions.DefaultRate"/>.</summary>
    public double Rate { get; init; } = LoadOptions.DefaultRate;

    /// <summary>What it may cost.</summary>
    public required DrillLimits Limits { get; init; }

    /// <summary>What happens when; between a first and a last observation, which all scenarios have.</summary>
    public required Func<DrillTarget, IReadOnlyList<DrillStep>> Steps { get; init; }
}
