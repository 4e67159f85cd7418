namespace AppStack.Operations;

/// <summary>An operation on a platform did not work: what was tried on which node, what was said, and what to do.</summary>
/// <param name="message">The message.</param>
public sealed class OperationException(string message) : Exception(message);
