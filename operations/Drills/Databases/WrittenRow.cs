namespace AppStack.Operations.Drills.Databases;

/// <summary>A row that the database holds.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Server">Address of the server that wrote it.</param>
/// <param name="WallMicros">When, by the server's clock: microseconds of the Unix epoch. The machines of a lab have one clock.</param>
internal sealed record WrittenRow(long Id, string Server, long WallMicros);
