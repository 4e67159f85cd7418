namespace AppStack.Components.Postgres.PgBouncer;

/// <summary>What a pooler must know to serve, in clear; lives in outputs and in files with mode 0600 only.</summary>
/// <param name="Authority">Certificate (PEM) of the authority that vouches for the servers.</param>
/// <param name="Certificate">The pooler's certificate (PEM).</param>
/// <param name="PrivateKey">Its private key (PEM).</param>
/// <param name="AuthenticationPassword">Password of <see cref="PostgresUsers.PoolerAuthentication"/>: letters and digits.</param>
/// <param name="Verification">With what <c>verify</c> logs in; null where there is no database. Default: null.</param>
public sealed record PgBouncerSecrets(string Authority, string Certificate, string PrivateKey, string AuthenticationPassword, PgBouncerLogin? Verification = null);
