namespace AppStack.Operations.Status;

/// <summary>How something is; the worst of several comes last.</summary>
public enum StatusState
{
    /// <summary>As it should be.</summary>
    Ok,

    /// <summary>Nobody looked, or nobody could.</summary>
    Unknown,

    /// <summary>It works, but somebody should look.</summary>
    Warning,

    /// <summary>It is not as it should be.</summary>
    Off,
}
