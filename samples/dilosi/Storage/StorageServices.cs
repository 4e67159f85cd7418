using Dilosi.Runtime;
using Npgsql;
using Polly;
using Polly.Retry;

namespace Dilosi.Storage;

/// <summary>How the database is reached.</summary>
internal static class StorageServices
{
    // Says "not the leader (any more)": the pooler will point to the new one in a moment.
    private const string ReadOnlyTransaction = "25006";

    // Connection exceptions, and what PgBouncer says when it has no server.
    private const string ConnectionClass = "08";

    // Seconds. A server that died without a word is noticed by whoever waits for it; repeating is better than waiting. What the settings say
    // comes later in the connection string, and wins.
    private const string Patience = "Timeout=2;Command Timeout=3";

    public static void AddDeclarationStore(this IServiceCollection services)
    {
        services.AddSingleton(provider => DataSource(provider.GetRequiredService<DilosiOptions>(), provider.GetRequiredService<ILoggerFactory>()));
        services.AddSingleton(provider => Retry(
            provider.GetRequiredService<DilosiOptions>(), provider.GetRequiredService<DilosiMetrics>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<DeclarationStore>();
    }

    /// <summary>Whether the same statement may succeed in a moment.</summary>
    public static bool IsPassing(Exception exception) => exception switch
    {
        PostgresException refused => refused.IsTransient
            || refused.SqlState == ReadOnlyTransaction
            || refused.SqlState.StartsWith(ConnectionClass, StringComparison.Ordinal),
        NpgsqlException or TimeoutException => true,
        _ => false,
    };

    private static NpgsqlDataSource DataSource(DilosiOptions options, ILoggerFactory logs)
    {
        var builder = new NpgsqlDataSourceBuilder($"{Patience};{options.Database}");
        builder.UseLoggerFactory(logs);

        // A pooler in transaction mode: nothing of a session may outlive its transaction.
        builder.ConnectionStringBuilder.NoResetOnClose = true;
        builder.ConnectionStringBuilder.MaxAutoPrepare = 0;
        if (options.PasswordFile is { } file)
        {
            builder.UsePasswordProvider(_ => File.ReadAllText(file).Trim(), async (_, token) => (await File.ReadAllTextAsync(file, token)).Trim());
        }

        return builder.Build();
    }

    /// <summary>Repeats at growing intervals, with jitter so that not all pods come back at the same moment.</summary>
    private static ResiliencePipeline Retry(DilosiOptions options, DilosiMetrics metrics, TimeProvider clock) =>
        new ResiliencePipelineBuilder { TimeProvider = clock }
            .AddTimeout(options.RetryFor)
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = arguments => ValueTask.FromResult(arguments.Outcome.Exception is { } exception && IsPassing(exception)),
                BackoffType = DelayBackoffType.Exponential,
                Delay = TimeSpan.FromMilliseconds(50),
                MaxDelay = TimeSpan.FromMilliseconds(500),
                UseJitter = true,
                MaxRetryAttempts = int.MaxValue,
                OnRetry = _ =>
                {
                    metrics.Retried();
                    return default;
                },
            })
            .Build();
}
