using System.Diagnostics;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Npgsql;

namespace AppStack.Operations.Verification;

/// <summary>Logs in at endpoints of poolers as a service does: with Npgsql, by TLS whose certificate and address are checked, and with SCRAM. Passwords stay in this process.</summary>
/// <param name="user">The role.</param>
/// <param name="password">Its password; secret.</param>
/// <param name="authority">The authority that must vouch for poolers.</param>
internal sealed class PoolerLogin(string user, string password, X509Certificate2 authority) : IDisposable
{
    /// <summary>What the server is asked.</summary>
    public const string Question = "select pg_is_in_recovery()";

    /// <summary>
    /// The time for connection, login and answer each. Takes milliseconds; below what PgBouncer lets a login wait for a server (30 s and more), because who runs <c>verify</c> waits, too.
    /// </summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    /// <summary>Reads what the probe found on a pooler: the role, its password, and the certificate (PEM) of the authority.</summary>
    /// <returns>Null when the pooler has none.</returns>
    public static PoolerLogin? Read(ProbeSection section)
    {
        var lines = section.Text.TrimStart('\n').Split('\n', 3);
        try
        {
            return section.ExitCode == 0 && lines is [{ Length: > 0 } role, { Length: > 0 } secret, var pem] ? new PoolerLogin(role, secret, X509Certificate2.CreateFromPem(pem)) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => authority.Dispose();

    /// <summary>Tries one endpoint.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task<LoginOutcome> TryAsync(PoolerEndpoint endpoint, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        try
        {
            await ReachAsync(endpoint, cancellationToken);
            start = Stopwatch.GetTimestamp();

            // Nothing but one answer is wanted; services ask for all types once, which costs a statement.
            await using var source = new NpgsqlDataSourceBuilder(ConnectionString(endpoint)).UseRootCertificate(authority).ConfigureTypeLoading(types => types.EnableTypeLoading(false)).Build();
            await using var command = source.CreateCommand(Question);
            var standby = (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
            return new LoginOutcome(LoginFailure.None, Elapsed(), standby);
        }
        catch (Exception exception) when (exception is NpgsqlException or SocketException or IOException or TimeoutException or AuthenticationException)
        {
            return new LoginOutcome(FailureOf(exception), Elapsed(), Message: MessageOf(exception));
        }

        double Elapsed() => Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    // First by itself: Npgsql says the same of a way that a firewall closes and of a login that is not answered.
    private static async Task ReachAsync(PoolerEndpoint endpoint, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        using var socket = new Socket(endpoint.Address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(endpoint.Address, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new SocketException((int)SocketError.TimedOut);
        }
    }

    private static LoginFailure FailureOf(Exception exception) => exception switch
    {
        PostgresException => LoginFailure.Refused,
        SocketException { SocketErrorCode: SocketError.ConnectionRefused } => LoginFailure.Closed,
        SocketException { SocketErrorCode: SocketError.TimedOut or SocketError.HostUnreachable or SocketError.NetworkUnreachable or SocketError.HostDown } => LoginFailure.Unreachable,
        _ when Causes(exception).Any(cause => cause is AuthenticationException) => LoginFailure.Certificate,
        _ when Causes(exception).Any(cause => cause is TimeoutException) => LoginFailure.Silent,
        _ => LoginFailure.Refused,
    };

    private static string MessageOf(Exception exception) => exception is PostgresException refused
        ? $"{refused.SqlState}: {refused.MessageText}"
        : string.Join(": ", Causes(exception).Select(cause => cause.Message).Distinct(StringComparer.Ordinal));

    private static IEnumerable<Exception> Causes(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            yield return cause;
        }
    }

    private string ConnectionString(PoolerEndpoint endpoint) => new NpgsqlConnectionStringBuilder
    {
        Host = endpoint.Address.Address.ToString(),
        Port = endpoint.Address.Port,
        Database = endpoint.Name,
        Username = user,
        Password = password,
        SslMode = SslMode.VerifyFull,
        RequireAuth = "ScramSHA256",
        Timeout = (int)Limit.TotalSeconds,
        CommandTimeout = (int)Limit.TotalSeconds,
        Pooling = false,
        NoResetOnClose = true,
    }.ConnectionString;
}
