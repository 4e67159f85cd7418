namespace AppStack.Components.Postgres;

/// <summary>How fast writes come back after the leader is lost. Sets every timer of the cluster, its poolers and health checks together.</summary>
public enum RecoveryTimePromise
{
    /// <summary>Within 12 s, for networks that seldom hiccup.</summary>
    Fast,

    /// <summary>Within 30 s.</summary>
    Standard,

    /// <summary>Within 90 s, for links between sites.</summary>
    Careful,
}
