namespace AppStack.Stacks.Services.Descriptors;

/// <summary>How urgent an alert of a service is.</summary>
public enum AlertUrgency
{
    /// <summary>Somebody should look in working hours.</summary>
    Warning,

    /// <summary>Somebody must look now.</summary>
    Critical,
}
