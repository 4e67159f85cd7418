namespace AppStack.Stacks.Environments;

/// <summary>The relay that takes alerts as mail.</summary>
/// <param name="Host">Host name or address.</param>
/// <param name="Port">Port.</param>
/// <param name="From">The sender's address.</param>
public sealed record MailSpec(string Host, int Port, string From);
