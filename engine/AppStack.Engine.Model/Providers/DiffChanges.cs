namespace AppStack.Engine.Model.Providers;

/// <summary>A provider's answer to whether anything changes.</summary>
public enum DiffChanges
{
    /// <summary>The provider cannot tell; the engine compares inputs.</summary>
    Undecided,

    /// <summary>Nothing changes.</summary>
    None,

    /// <summary>Something changes.</summary>
    Some,
}
