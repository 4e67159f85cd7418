namespace AppStack.Stacks.Environments.Descriptors;

/// <summary>Monitoring.</summary>
public sealed record MonitoringDescriptor
{
    /// <summary>How long metrics are kept.</summary>
    [Key("How long metrics are kept.", Default = "15d", Example = "15d")]
    public TimeSpan? Retention { get; init; }

    /// <summary>How often metrics are collected.</summary>
    [Key("How often metrics are collected.", Default = "15s", Example = "15s")]
    public TimeSpan? Interval { get; init; }
}
