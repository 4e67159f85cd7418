namespace AppStack.Testing;

/// <summary>Text that a test produced differs from its golden file; the message holds the differing lines.</summary>
/// <param name="message">The two files and the difference.</param>
public sealed class SnapshotMismatchException(string message) : Exception(message);
