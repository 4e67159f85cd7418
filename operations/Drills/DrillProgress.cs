namespace AppStack.Operations.Drills;

/// <summary>Something to tell people while a drill runs.</summary>
/// <param name="Mode">The kind of load, or empty before and after it.</param>
/// <param name="Step">The step.</param>
/// <param name="Ms">Its time in milliseconds when it is done; <see langword="null"/> when it begins.</param>
/// <param name="Requests">Requests so far.</param>
/// <param name="Failed">Failed requests so far.</param>
public sealed record DrillProgress(string Mode, string Step, double? Ms, int Requests, int Failed);
