namespace AppStack.Stacks.Environments.Descriptors;

/// <summary>Whether failure drills may run in an environment.</summary>
public enum DrillPolicy
{
    /// <summary>Drills are refused.</summary>
    Refused,

    /// <summary>Drills are welcome: losing a node here hurts nobody.</summary>
    Welcome,
}
