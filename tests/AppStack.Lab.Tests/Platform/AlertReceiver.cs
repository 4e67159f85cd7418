using System.Net;
using System.Text.Json;

namespace AppStack.Lab.Tests.Platform;

/// <summary>Takes the alerts that Alertmanager posts to a web hook.</summary>
internal sealed class AlertReceiver : IDisposable
{
    private readonly HttpListener _listener = new();

    /// <summary>Listens from now on.</summary>
    /// <param name="address">The web hook's address.</param>
    public AlertReceiver(Uri address)
    {
        _listener.Prefixes.Add(address.AbsoluteUri);
        _listener.Start();
    }

    /// <inheritdoc/>
    public void Dispose() => ((IDisposable)_listener).Dispose();

    /// <summary>Waits for an alert about a node.</summary>
    /// <param name="alert">The alert's name.</param>
    /// <param name="node">The node.</param>
    /// <param name="patience">How long to wait.</param>
    /// <returns>What was posted before and with it, a line for each alert.</returns>
    /// <exception cref="TimeoutException">It did not come.</exception>
    public async Task<IReadOnlyList<string>> AwaitAsync(string alert, string node, TimeSpan patience)
    {
        var seen = new List<string>();
        using var limit = new CancellationTokenSource(patience);
        try
        {
            while (!seen.Contains($"firing {alert} {node}"))
            {
                var context = await _listener.GetContextAsync().WaitAsync(limit.Token);
                using var document = await JsonDocument.ParseAsync(context.Request.InputStream, cancellationToken: limit.Token);
                seen.AddRange(document.RootElement.GetProperty("alerts").EnumerateArray().Select(found =>
                    $"{Text(found, "status")} {Text(found.GetProperty("labels"), "alertname")} {Text(found.GetProperty("labels"), "node")}"));
                context.Response.Close();
            }
        }
        catch (OperationCanceledException exception)
        {
            throw new TimeoutException($"{alert} of {node} was not raised within {patience.TotalSeconds} s; what was: {string.Join(", ", seen)}", exception);
        }

        return seen;
    }

    private static string Text(JsonElement element, string key) => element.TryGetProperty(key, out var value) ? value.GetString()! : "";
}
