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

    /// <summary>Who is told about alerts.</summary>
    [Key("Who is told about alerts; without receivers alerts are shown on the monitoring nodes only.")]
    public IReadOnlyList<ReceiverDescriptor?> Receivers { get; init; } = [];

    /// <summary>The relay for mail.</summary>
    [Key("The relay that takes alerts as mail; needed when a receiver gets mail.")]
    public MailDescriptor? Mail { get; init; }
}
