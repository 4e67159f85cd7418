namespace AppStack.Components.Monitoring;

/// <summary>How urgent an alert is.</summary>
public enum AlertSeverity
{
    /// <summary>Nothing is wrong: an alert that proves that alerts arrive.</summary>
    None,

    /// <summary>Somebody should look in working hours.</summary>
    Warning,

    /// <summary>Somebody must look now.</summary>
    Critical,
}
