using System.Collections.Concurrent;
using System.Net;
using System.Text;
using AppStack.Engine.Providers.Kubernetes.Client;

namespace AppStack.Engine.Providers.Tests.Kubernetes;

/// <summary>An API server that answers as it was seen to: the exchanges are recorded ones of Kubernetes 1.20, shortened.</summary>
internal sealed class RecordedApi : HttpMessageHandler
{
    private const string End = "\n";

    private readonly List<(string Start, Queue<(HttpStatusCode Status, string Body, string? Warning)> Answers)> _exchanges = [];

    public ConcurrentQueue<(string Line, string Body)> Requests { get; } = new();

    /// <summary>Method and path of each request, in order.</summary>
    public IReadOnlyList<string> Lines => [.. Requests.Select(request => request.Line)];

    /// <summary>Whether nobody answers at all.</summary>
    public bool IsAway { get; set; }

    /// <summary>Whether it is another cluster's that answers.</summary>
    public bool IsAnothers { get; set; }

    /// <summary>How to answer requests that begin like this; the last answer is given again and again.</summary>
    public RecordedApi On(string start, string body, HttpStatusCode status = HttpStatusCode.OK, string? warning = null)
    {
        var known = _exchanges.Find(exchange => exchange.Start == start);
        if (known.Answers is null)
        {
            known = (start, new());
            _exchanges.Add(known);
        }

        known.Answers.Enqueue((status, body, warning));
        return this;
    }

    /// <summary>The kinds of a group and version.</summary>
    public RecordedApi Serves(string path, params (string Kind, string Plural, bool Namespaced)[] kinds) => On(
        $"GET /{path}{End}",
        $$"""{"kind":"APIResourceList","resources":[{{string.Join(',', kinds.Select(kind => $$"""{"name":"{{kind.Plural}}","kind":"{{kind.Kind}}","namespaced":{{(kind.Namespaced ? "true" : "false")}}},{"name":"{{kind.Plural}}/status","kind":"{{kind.Kind}}","namespaced":true}"""))}}]}""");

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (IsAway)
        {
            throw new HttpRequestException(HttpRequestError.ConnectionError, "Connection refused");
        }

        if (IsAnothers)
        {
            throw new UntrustedServerException("What answers is not the cluster 'test' of the kubeconfig.");
        }

        var line = $"{request.Method} {request.RequestUri!.PathAndQuery}";
        Requests.Enqueue((line, request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken)));
        lock (_exchanges)
        {
            var (_, answers) = _exchanges.Where(exchange => (line + End).StartsWith(exchange.Start, StringComparison.Ordinal)).OrderByDescending(exchange => exchange.Start.Length).FirstOrDefault();
            var (status, body, warning) = answers is null ? (HttpStatusCode.NotFound, Status(404, "NotFound", "not recorded"), null) : answers.Count > 1 ? answers.Dequeue() : answers.Peek();
            var response = new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
            if (warning is not null)
            {
                response.Headers.TryAddWithoutValidation("Warning", $"299 - \"{warning}\"");
            }

            return response;
        }
    }

    /// <summary>A refusal.</summary>
    public static string Status(int code, string reason, string message, params (string Reason, string Field, string Message)[] causes)
    {
        var details = string.Join(',', causes.Select(cause => $$"""{"reason":"{{cause.Reason}}","field":"{{cause.Field}}","message":{{System.Text.Json.JsonSerializer.Serialize(cause.Message)}}}"""));
        return $$$"""{"kind":"Status","status":"Failure","code":{{{code}}},"reason":"{{{reason}}}","message":{{{System.Text.Json.JsonSerializer.Serialize(message)}}},"details":{"causes":[{{{details}}}]}}""";
    }
}
