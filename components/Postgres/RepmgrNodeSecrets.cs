using AppStack.Components.Postgres.Backups;

namespace AppStack.Components.Postgres;

/// <summary>What one database node knows of the others, as plain text for its files.</summary>
/// <param name="PrivateKey">The node's private key (PEM).</param>
/// <param name="Certificate">The node's certificate (PEM).</param>
/// <param name="Authority">The authority's certificate (PEM).</param>
/// <param name="GuardKey">The key of the guards' messages.</param>
/// <param name="RepmgrPassword">Password of <see cref="PostgresUsers.Repmgr"/>.</param>
/// <param name="PoolerPassword">Password of <see cref="PostgresUsers.PoolerAuthentication"/>.</param>
/// <param name="MonitorPassword">Password of <see cref="PostgresUsers.Monitor"/>.</param>
/// <param name="Backup">Its certificate for backups; null when the cluster has none. Default: null.</param>
public sealed record RepmgrNodeSecrets(string PrivateKey, string Certificate, string Authority, string GuardKey, string RepmgrPassword, string PoolerPassword, string MonitorPassword, BackupIdentity? Backup = null);
