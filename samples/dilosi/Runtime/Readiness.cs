using Dilosi.Storage;
using Npgsql;

namespace Dilosi.Runtime;

/// <summary>
/// Whether the service wants requests: from the moment at which the database has answered once until it is asked to stop. A database
/// that changes its leader does not make it unready: all replicas would go at once, and requests can wait where they are.
/// </summary>
public sealed class Readiness(DeclarationStore store, IHostApplicationLifetime lifetime)
{
    private volatile bool _databaseAnswered;

    /// <summary>Looks.</summary>
    /// <returns><see langword="null"/> when ready, else why not.</returns>
    public async Task<string?> WhyNotAsync(CancellationToken cancellationToken)
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            return "stopping";
        }

        if (_databaseAnswered)
        {
            return null;
        }

        try
        {
            await store.CheckAsync(cancellationToken);
            _databaseAnswered = true;
            return null;
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException)
        {
            return $"database: {exception.Message}";
        }
    }
}
