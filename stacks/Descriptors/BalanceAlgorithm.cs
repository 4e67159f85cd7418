namespace AppStack.Stacks.Environments.Descriptors;

/// <summary>How a server is chosen for a connection.</summary>
public enum BalanceAlgorithm
{
    /// <summary>Each in its turn.</summary>
    RoundRobin,

    /// <summary>The one with the fewest connections.</summary>
    LeastConnections,

    /// <summary>By the client's address.</summary>
    Source,
}
