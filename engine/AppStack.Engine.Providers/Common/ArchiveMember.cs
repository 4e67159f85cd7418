namespace AppStack.Engine.Providers.Common;

/// <summary>A file of an archive.</summary>
/// <param name="Path">Where it is in the archive, with slashes.</param>
/// <param name="Open">Opens its content.</param>
internal sealed record ArchiveMember(string Path, Func<CancellationToken, Task<Stream>> Open);
