namespace AppStack.Operations.Drills.Restore;

/// <summary>A row of the writer's table, as the cluster holds it or as a copy does.</summary>
/// <param name="Id">Its id.</param>
/// <param name="AtMicros">When it was inserted, by the server's clock, in microseconds since 1970.</param>
/// <param name="Text">All of it, as the server writes it.</param>
internal sealed record RestoredRow(long Id, long AtMicros, string Text);
