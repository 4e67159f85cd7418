using System.Collections.Immutable;
using System.Text.Json;
using AppStack.Components.Postgres;
using AppStack.Stacks.Environments;

namespace AppStack.Operations.Databases;

/// <summary>Asks the guards of a cluster, each over its status endpoint.</summary>
internal sealed class GuardClient(DatabaseSpec cluster) : IDisposable
{
    /// <summary>A guard answers in milliseconds; one that does not is away.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly HttpClient _http = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero, ConnectTimeout = Patience }) { Timeout = Patience };

    /// <summary>The answers by node; null: none.</summary>
    public async Task<ImmutableSortedDictionary<string, GuardStatus?>> AskAsync(CancellationToken cancellationToken)
    {
        var answers = await Task.WhenAll(cluster.Servers.Concat(cluster.Witnesses).Select(async node => KeyValuePair.Create(node.Name, await AskAsync(node, cancellationToken))));
        return answers.ToImmutableSortedDictionary(StringComparer.Ordinal);
    }

    /// <summary>Who leads and can be written to; null: nobody.</summary>
    public async Task<string?> LeaderAsync(CancellationToken cancellationToken) => LeaderOf(await AskAsync(cancellationToken));

    /// <summary>Who of those that answered leads and can be written to; null: nobody.</summary>
    public static string? LeaderOf(ImmutableSortedDictionary<string, GuardStatus?> all) =>
        all.Values.OfType<GuardStatus>().Where(status => status.Writable).MaxBy(status => status.Term)?.Node;

    public void Dispose() => _http.Dispose();

    private async Task<GuardStatus?> AskAsync(NodeSpec node, CancellationToken cancellationToken)
    {
        try
        {
            return GuardStatus.Parse(await _http.GetStringAsync(new UriBuilder("http", node.MainAddress.ToString(), RepmgrClusterSpec.DefaultStatusPort).Uri, cancellationToken));
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }
}
