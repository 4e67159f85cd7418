namespace AppStack.Stacks.Environments.Descriptors;

/// <summary>Who is told about alerts.</summary>
public sealed record ReceiverDescriptor
{
    /// <summary>The receiver's name.</summary>
    [Key("Name of the receiver.", Required = true, Format = TextFormat.Name, Example = "on-call")]
    public string? Name { get; init; }

    /// <summary>Where alerts are posted.</summary>
    [Key("URL to which alerts are posted as JSON (Alertmanager's web hooks); without a password in it.", Example = "https://alerts.example.org/appstack")]
    public string? Webhook { get; init; }

    /// <summary>Who gets mail.</summary>
    [Key("Address that gets alerts as mail.", Example = "on-call@example.org")]
    public string? Email { get; init; }

    /// <summary>What the receiver is told about.</summary>
    [Key("Severities that the receiver is told about.", Default = "[critical, warning]", Example = "[critical]")]
    public IReadOnlyList<AlertLevel?> Severities { get; init; } = [];
}
