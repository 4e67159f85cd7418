namespace AppStack.Operations.Databases;

/// <summary>What <c>appstack db</c> shall do.</summary>
/// <param name="Verb"><c>status</c>, <c>switchover</c>, <c>rejoin</c>, <c>promote</c>, <c>accept-loss</c>, <c>force-voters</c> or <c>psql</c>.</param>
/// <param name="Cluster">The cluster; null: the only one.</param>
public sealed record DatabaseOrder(string Verb, string? Cluster)
{
    /// <summary>The verbs that there are.</summary>
    public static IReadOnlyList<string> Verbs { get; } = ["status", "switchover", "rejoin", "promote", "accept-loss", "force-voters", "psql"];

    /// <summary>Who shall lead (<c>switchover</c>, <c>accept-loss</c>), rejoin (<c>rejoin</c>) or vote by its settings alone (<c>force-voters</c>); null: whoever is best.</summary>
    public string? Node { get; init; }

    /// <summary>Whether a node that rejoins discards its data and is cloned.</summary>
    public bool Rebuild { get; init; }

    /// <summary>Whether a cluster takes the place of one that can still be written to (<c>promote</c>).</summary>
    public bool Force { get; init; }

    /// <summary>The database to connect to; null: <c>postgres</c>.</summary>
    public string? Database { get; init; }

    /// <summary>Whether to print JSON.</summary>
    public bool Json { get; init; }
}
