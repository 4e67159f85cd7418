namespace AppStack.Stacks.Environments.Descriptors;

/// <summary>How fast writes come back after the leader of a PostgreSQL cluster is lost.</summary>
public enum RecoveryTime
{
    /// <summary>In seconds, for networks that seldom hiccup.</summary>
    Fast,

    /// <summary>In about half a minute.</summary>
    Standard,

    /// <summary>Only after a long look, for links between sites.</summary>
    Careful,
}
