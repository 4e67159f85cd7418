namespace AppStack.Engine.State;

/// <summary>An operation that was started and never reported back.</summary>
/// <param name="Kind">What was being done.</param>
/// <param name="Resource">The resource as it was about to be.</param>
public sealed record PendingOperation(PendingOperationKind Kind, ResourceState Resource);
