namespace AppStack.Components.Nodes.Bundles;

/// <summary>Whether a unit runs.</summary>
public enum UnitState
{
    /// <summary>Left as it is.</summary>
    Unmanaged,

    /// <summary>Runs.</summary>
    Started,

    /// <summary>Does not run.</summary>
    Stopped,
}
