namespace AppStack.Engine.Planning;

/// <summary>A step that must not be taken; the message says why and what to do.</summary>
internal sealed class PlanningException(string message) : Exception(message);
