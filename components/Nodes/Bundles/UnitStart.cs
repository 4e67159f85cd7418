namespace AppStack.Components.Nodes.Bundles;

/// <summary>Whether a unit starts at boot.</summary>
public enum UnitStart
{
    /// <summary>Left as it is.</summary>
    Unmanaged,

    /// <summary>Starts at boot.</summary>
    Enabled,

    /// <summary>Does not start at boot.</summary>
    Disabled,

    /// <summary>Cannot be started at all.</summary>
    Masked,
}
