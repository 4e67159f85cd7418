namespace AppStack.Components.Monitoring;

/// <summary>The relay that takes alerts as mail. It is spoken to with STARTTLS and without a password.</summary>
/// <param name="Host">Host name or address.</param>
/// <param name="Port">Port.</param>
/// <param name="From">The sender's address.</param>
public sealed record MailRelaySpec(string Host, int Port, string From);
