using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using AppStack.Engine.Model.Values;
using AppStack.Engine.Providers.Kubernetes.Access;
using AppStack.Engine.Providers.Kubernetes.Objects;

namespace AppStack.Engine.Providers.Kubernetes.Client;

/// <summary>
/// Requests to one API server. All of them can be repeated without harm, so those that were lost, or refused for the moment, are sent again
/// with growing pauses.
/// </summary>
internal sealed class ApiClient : IDisposable
{
    private const string ApplyPatch = "application/apply-patch+yaml";
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    // Errors of the server itself may pass (a new leader of etcd), but most do not: a few more tries, not the whole patience.
    private const int TriesOfServerErrors = 4;

    // What did not answer a moment ago is not waited for again by those that can do without.
    private static readonly TimeSpan UnreachableFor = TimeSpan.FromSeconds(10);

    private readonly HttpClient _http;
    private readonly ClusterAccess _access;
    private readonly ClientLimits _limits;
    private readonly TimeProvider _time;
    private readonly RequestLimiter _limiter;
    private volatile bool _reached;
    private long _lostAt;

    public ApiClient(HttpMessageHandler handler, ClusterAccess access, ClientLimits limits, TimeProvider time)
    {
        _http = new HttpClient(handler) { BaseAddress = access.Server, Timeout = Timeout.InfiniteTimeSpan };
        _access = access;
        _limits = limits;
        _time = time;
        _limiter = new RequestLimiter(limits, time);
    }

    /// <summary>Reads an object or a list.</summary>
    /// <param name="path">The path, with its query.</param>
    /// <param name="patient">Whether to wait for an API server that is away. One that has answered in this run is always waited for.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ApiException">It is refused, or there is none.</exception>
    /// <exception cref="UnreachableException">The API server does not answer.</exception>
    public Task<ApiResponse> GetAsync(string path, bool patient, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, path, body: null, contentType: null, patient, cancellationToken);

    /// <summary>Applies an object on the server.</summary>
    public Task<ApiResponse> ApplyAsync(string path, PropertyMap manifest, ApplyOptions options, bool patient, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Patch, path + options.Query, ManifestJson.Write(manifest), ApplyPatch, patient, cancellationToken);

    /// <summary>Deletes an object.</summary>
    public Task<ApiResponse> DeleteAsync(string path, string propagation, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Delete, $"{path}?propagationPolicy={propagation}", body: null, contentType: null, patient: true, cancellationToken);

    /// <summary>Changes of the objects of a list, until the server ends the watch or the connection is lost.</summary>
    /// <param name="path">The path of the list, with its query if it has one.</param>
    /// <param name="resourceVersion">The version of the list that is known.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async IAsyncEnumerable<WatchEvent> WatchAsync(string path, string resourceVersion, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await _limiter.WaitAsync(cancellationToken);
        var query = $"{(path.Contains('?') ? '&' : '?')}watch=true&allowWatchBookmarks=true&resourceVersion={Uri.EscapeDataString(resourceVersion)}";
        using var request = Request(HttpMethod.Get, path + query);
        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            throw await FailureAsync(response, cancellationToken);
        }

        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.Length == 0)
            {
                continue;
            }

            using var json = JsonDocument.Parse(line);
            var root = ManifestJson.ReadObject(json.RootElement);
            yield return new WatchEvent(root.TextAt("type") ?? "", root.MapAt("object"));
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<ApiResponse> SendAsync(HttpMethod method, string path, byte[]? body, string? contentType, bool patient, CancellationToken cancellationToken)
    {
        var started = _time.GetTimestamp();
        var patience = patient || _reached ? _limits.Patience : TimeSpan.Zero;
        if (patience == TimeSpan.Zero && Volatile.Read(ref _lostAt) is not 0 and var lost && _time.GetElapsedTime(lost) < UnreachableFor)
        {
            throw new UnreachableException($"The API server {_access.Server} did not answer a moment ago.");
        }

        var pause = FirstPause;
        var mayHaveArrived = false;
        for (var attempt = 1; ; attempt++)
        {
            await _limiter.WaitAsync(cancellationToken);
            TimeSpan? askedFor = null;
            Exception failure;
            bool again;
            try
            {
                using var limit = new CancellationTokenSource(_limits.Timeout, _time);
                using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
                using var request = Request(method, path);
                if (body is not null)
                {
                    request.Content = new ByteArrayContent(body);
                    request.Content.Headers.ContentType = new MediaTypeHeaderValue(contentType!);
                }

                using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseContentRead, either.Token);
                _reached = true;
                if (response.IsSuccessStatusCode)
                {
                    return await ReadAsync(response, either.Token);
                }

                var refused = await FailureAsync(response, either.Token);
                askedFor = response.Headers.RetryAfter?.Delta;
                again = IsForTheMoment(refused, attempt);
                failure = refused;
            }
            catch (Exception exception) when (IsLoss(exception) && !cancellationToken.IsCancellationRequested)
            {
                mayHaveArrived |= exception is not HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError };
                failure = new UnreachableException($"The API server {_access.Server} does not answer: {Innermost(exception)}", exception) { MayHaveArrived = mayHaveArrived };
                again = true;
            }

            var wait = askedFor > pause ? askedFor.Value : pause;
            if (!again || _time.GetElapsedTime(started) + wait > patience)
            {
                if (failure is UnreachableException)
                {
                    Volatile.Write(ref _lostAt, _time.GetTimestamp());
                }

                throw failure;
            }

            await Task.Delay(wait, _time, cancellationToken);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private static bool IsForTheMoment(ApiException refused, int attempt) => refused.Status switch
    {
        HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout => true,
        // An object that does not fit the schema is, to server-side apply, an error of the server.
        HttpStatusCode.InternalServerError => attempt < TriesOfServerErrors && !refused.Message.Contains("failed to create typed patch object", StringComparison.Ordinal),
        // Two writers at the same moment; a conflict of owners has causes and does not pass.
        HttpStatusCode.Conflict => !refused.IsConflict && refused.Message.Contains("the object has been modified", StringComparison.Ordinal) && attempt < TriesOfServerErrors,
        _ => false,
    };

    private static bool IsLoss(Exception exception) => exception is HttpRequestException or IOException or OperationCanceledException;

    private static string Innermost(Exception exception)
    {
        while (exception.InnerException is { } inner)
        {
            exception = inner;
        }

        return exception is OperationCanceledException ? "no answer in time" : exception.Message;
    }

    private static async Task<ApiResponse> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        using var json = await JsonDocument.ParseAsync(stream, cancellationToken: cancellationToken);
        return new ApiResponse(ManifestJson.ReadObject(json.RootElement), [.. response.Headers.Warning.Select(warning => warning.Text.Trim('"')).Distinct(StringComparer.Ordinal)]);
    }

    private async Task<ApiException> FailureAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        if (response.StatusCode == HttpStatusCode.Unauthorized)
        {
            return ApiException.Of(
                response.StatusCode, body: null, $"The API server {_access.Server} does not accept the credentials of the kubeconfig's context '{_access.Context}': they are wrong or have expired.");
        }

        try
        {
            using var json = JsonDocument.Parse(text);
            return ApiException.Of(response.StatusCode, json.RootElement.ValueKind == JsonValueKind.Object ? ManifestJson.ReadObject(json.RootElement) : null, text);
        }
        catch (JsonException)
        {
            return ApiException.Of(response.StatusCode, body: null, text);
        }
    }

    private HttpRequestMessage Request(HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, path.TrimStart('/')) { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionOrLower };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("appstack", "1"));
        if ((_access.Token ?? ReadToken()) is { } token)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return request;
    }

    private string? ReadToken() => _access.TokenFile is { } file ? File.ReadAllText(file).Trim() : null;
}
