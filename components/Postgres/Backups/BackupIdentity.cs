namespace AppStack.Components.Postgres.Backups;

/// <summary>How a node shows who it is to the other side of backups.</summary>
/// <param name="PrivateKey">Its private key (PEM).</param>
/// <param name="Certificate">Its certificate (PEM), whose common name is its address: pgBackRest compares that with where it connects to.</param>
/// <param name="Authority">The authority's certificate (PEM).</param>
public sealed record BackupIdentity(string PrivateKey, string Certificate, string Authority);
