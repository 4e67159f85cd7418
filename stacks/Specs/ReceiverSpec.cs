using System.Collections.Immutable;
using AppStack.Stacks.Environments.Descriptors;

namespace AppStack.Stacks.Environments;

/// <summary>Who is told about alerts.</summary>
/// <param name="Name">Name of the receiver.</param>
/// <param name="Webhook">Where alerts are posted; <see langword="null"/>: nowhere.</param>
/// <param name="Email">The address that gets mail; <see langword="null"/>: nobody.</param>
/// <param name="Severities">What the receiver is told about.</param>
public sealed record ReceiverSpec(string Name, Uri? Webhook, string? Email, ImmutableArray<AlertLevel> Severities);
