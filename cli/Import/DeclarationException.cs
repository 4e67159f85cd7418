namespace AppStack.Cli.Import;

/// <summary>Something of which no declaration can be written; the message says what.</summary>
internal sealed class DeclarationException(string message) : Exception(message);
