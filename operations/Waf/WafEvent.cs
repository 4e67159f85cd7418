using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace AppStack.Operations.Waf;

/// <summary>A request that rules of the firewall matched, as the ingress tells of it.</summary>
/// <param name="Time">When it came, to the second.</param>
/// <param name="Service">The service.</param>
/// <param name="Request">Its id, which is in the answer's header <c>X-Request-ID</c>, in the ingress' log and in the service's.</param>
/// <param name="Client">Who asked.</param>
/// <param name="What">Method and path.</param>
/// <param name="Status">What was answered.</param>
/// <param name="Rules">Ids of the rules.</param>
/// <param name="Line">All of it, as one JSON object.</param>
public sealed record WafEvent(DateTimeOffset Time, string Service, string Request, string Client, string What, int Status, ImmutableArray<string> Rules, string Line)
{
    /// <summary>Reads a line of the store.</summary>
    /// <returns>Null when it is none.</returns>
    public static WafEvent? Of(string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            var root = json.RootElement;
            return new(
                DateTimeOffset.Parse(Text("time"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
                Text("service"),
                Text("request"),
                Text("client"),
                $"{Text("method")} {Text("path")}",
                root.GetProperty("status").GetInt32(),
                [.. root.GetProperty("rules").EnumerateArray().Select(rule => rule.GetProperty("id").GetString()!)],
                line);

            string Text(string name) => root.GetProperty(name).GetString()!;
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }
}
