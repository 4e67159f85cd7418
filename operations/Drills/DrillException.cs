namespace AppStack.Operations.Drills;

/// <summary>A drill could not be run: what was tried on which node, what was said, and what to do.</summary>
/// <param name="message">The message.</param>
public sealed class DrillException(string message) : Exception(message);
