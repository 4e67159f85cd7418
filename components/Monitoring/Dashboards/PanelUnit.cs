namespace AppStack.Components.Monitoring;

/// <summary>What the values of a panel are.</summary>
public enum PanelUnit
{
    /// <summary>Plain numbers.</summary>
    Number,

    /// <summary>Events per second.</summary>
    PerSecond,

    /// <summary>Bytes.</summary>
    Bytes,

    /// <summary>Bytes per second.</summary>
    BytesPerSecond,

    /// <summary>Seconds.</summary>
    Seconds,

    /// <summary>A share: 1 is all of it.</summary>
    Share,
}
