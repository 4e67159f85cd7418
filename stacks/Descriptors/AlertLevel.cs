namespace AppStack.Stacks.Environments.Descriptors;

/// <summary>How urgent an alert is.</summary>
public enum AlertLevel
{
    /// <summary>Somebody should look in working hours.</summary>
    Warning,

    /// <summary>Somebody must look now.</summary>
    Critical,
}
