using System.Collections.Immutable;

namespace AppStack.Components.Monitoring;

/// <summary>Who is told about alerts: by a web hook, by e-mail, or both.</summary>
public sealed record AlertReceiverSpec
{
    /// <summary>Name of the receiver.</summary>
    public required string Name { get; init; }

    /// <summary>Where alerts are posted as JSON (Alertmanager's web hooks). Default: nowhere.</summary>
    public Uri? Webhook { get; init; }

    /// <summary>The address that gets mail. Default: nobody.</summary>
    public string? Email { get; init; }

    /// <summary>The severities that the receiver is told about.</summary>
    public required ImmutableArray<AlertSeverity> Severities { get; init; }
}
