using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace AppStack.Components.Registry;

/// <summary>Puts images into a registry and looks whether they are there (OCI distribution specification 1.0).</summary>
public sealed partial class RegistryClient : IDisposable
{
    // A question is small: who has not answered by then will not.
    private static readonly TimeSpan QuestionTime = TimeSpan.FromSeconds(10);

    private readonly HttpClient _http;
    private readonly string _registry;

    /// <summary>Creates a client.</summary>
    /// <param name="registry">The registry: <c>ADDRESS:PORT</c>, what names of its images begin with.</param>
    /// <param name="authority">Certificate (PEM) of the authority that signed the registry's; nobody else is trusted. <see langword="null"/>: those that this machine trusts.</param>
    /// <param name="user">Who puts images there; <see langword="null"/> for somebody who only looks.</param>
    /// <param name="password">The password.</param>
    public RegistryClient(string registry, string? authority, string? user = null, string? password = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(registry);
        _registry = registry;
        _http = new HttpClient(new SocketsHttpHandler { SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = Trust(authority) }, ConnectTimeout = TimeSpan.FromSeconds(5) })
        {
            BaseAddress = new Uri($"https://{registry}/v2/"),
            // A large layer over a slow line; what hangs before is ended by the connection's own time.
            Timeout = TimeSpan.FromMinutes(10),
        };
        if (user is not null)
        {
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));
        }
    }

    /// <summary>Looks for an image.</summary>
    /// <param name="repository">Its name in the registry, without tag.</param>
    /// <param name="reference">A tag or a digest.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Its digest; <see langword="null"/> when it is not there.</returns>
    /// <exception cref="RegistryException">The registry cannot be asked.</exception>
    public async Task<string?> FindAsync(string repository, string reference, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(QuestionTime);
        try
        {
            return await AskAsync(repository, reference, patience.Token);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new RegistryException($"The registry {_registry} did not answer within {QuestionTime.TotalSeconds:0} s.", exception);
        }
    }

    private async Task<string?> AskAsync(string repository, string reference, CancellationToken cancellationToken)
    {
        using var first = await SendAsync(Question(), cancellationToken);
        using var second = first.StatusCode == HttpStatusCode.Unauthorized && await TokenAsync(first, cancellationToken) is { } token ? await SendAsync(Question(token), cancellationToken) : null;
        var response = second ?? first;
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }

        await EnsureAsync(response, $"look for {repository}:{reference}", cancellationToken);
        return response.Headers.TryGetValues("Docker-Content-Digest", out var digests) ? digests.First() : reference;

        HttpRequestMessage Question(string? token = null)
        {
            var request = new HttpRequestMessage(HttpMethod.Head, $"{repository}/manifests/{reference}");
            // Manifests of others are found, too.
            foreach (var type in new[] { ImageManifest.MediaType, "application/vnd.oci.image.index.v1+json", "application/vnd.docker.distribution.manifest.v2+json", "application/vnd.docker.distribution.manifest.list.v2+json" })
            {
                request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(type));
            }

            if (token is not null)
            {
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            }

            return request;
        }
    }

    // Most public registries want everybody to fetch a token first, also those whom they do not know (distribution specification, token authentication).
    private async Task<string?> TokenAsync(HttpResponseMessage refused, CancellationToken cancellationToken)
    {
        if (refused.Headers.WwwAuthenticate.FirstOrDefault(way => string.Equals(way.Scheme, "Bearer", StringComparison.OrdinalIgnoreCase))?.Parameter is not { } text)
        {
            return null;
        }

        var parts = Challenge().Matches(text).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value, StringComparer.OrdinalIgnoreCase);
        if (!parts.Remove("realm", out var realm) || !Uri.TryCreate(realm, UriKind.Absolute, out var place) || place.Scheme != Uri.UriSchemeHttps)
        {
            return null;
        }

        var query = string.Join('&', parts.Where(part => part.Key is "service" or "scope").Select(part => $"{part.Key}={Uri.EscapeDataString(part.Value)}"));
        using var answer = await SendAsync(new HttpRequestMessage(HttpMethod.Get, new UriBuilder(place) { Query = query }.Uri), cancellationToken);
        if (!answer.IsSuccessStatusCode)
        {
            return null;
        }

        try
        {
            using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(cancellationToken));
            return json.RootElement.TryGetProperty("token", out var token) || json.RootElement.TryGetProperty("access_token", out token) ? token.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static X509ChainPolicy? Trust(string? authority)
    {
        if (authority is null)
        {
            return null;
        }

        var chain = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        chain.CustomTrustStore.ImportFromPem(authority);
        return chain;
    }

    /// <summary>Puts an image there; layers that the repository has are not sent again.</summary>
    /// <param name="repository">Its name in the registry, without tag.</param>
    /// <param name="tag">Its tag.</param>
    /// <param name="image">The image.</param>
    /// <param name="cancellationToken">Ends it; what was sent stays and is not sent again.</param>
    /// <returns>The name under which it can be fetched for good: <c>REGISTRY/REPOSITORY@DIGEST</c>.</returns>
    /// <exception cref="RegistryException">The registry cannot be reached, or does not take it.</exception>
    public async Task<string> PushAsync(string repository, string tag, ImageManifest image, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(image);
        foreach (var layer in image.Layers)
        {
            await PutBlobAsync(repository, layer.Digest, () => File.OpenRead(layer.File), cancellationToken);
        }

        await PutBlobAsync(repository, ImageLayer.DigestOf(image.Configuration.Span), () => new MemoryStream(image.Configuration.ToArray(), writable: false), cancellationToken);
        using var content = new ReadOnlyMemoryContent(image.Content);
        content.Headers.ContentType = new MediaTypeHeaderValue(ImageManifest.MediaType);
        using var request = new HttpRequestMessage(HttpMethod.Put, $"{repository}/manifests/{tag}") { Content = content };
        using var response = await SendAsync(request, cancellationToken);
        await EnsureAsync(response, $"put {repository}:{tag}", cancellationToken);
        return $"{_registry}/{repository}@{image.Digest}";
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task PutBlobAsync(string repository, string digest, Func<Stream> open, CancellationToken cancellationToken)
    {
        using var asked = await SendAsync(new HttpRequestMessage(HttpMethod.Head, $"{repository}/blobs/{digest}"), cancellationToken);
        if (asked.IsSuccessStatusCode)
        {
            return;
        }

        using var begun = await SendAsync(new HttpRequestMessage(HttpMethod.Post, $"{repository}/blobs/uploads/"), cancellationToken);
        await EnsureAsync(begun, $"begin to put a layer of {repository}", cancellationToken);
        var location = begun.Headers.Location ?? throw new RegistryException($"The registry {_registry} did not say where to put a layer of {repository}.");
        var place = new UriBuilder(new Uri(_http.BaseAddress!, location));
        place.Query = $"{place.Query.TrimStart('?')}{(place.Query.Length > 1 ? "&" : "")}digest={Uri.EscapeDataString(digest)}";
        using var content = new StreamContent(open());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        using var put = await SendAsync(new HttpRequestMessage(HttpMethod.Put, place.Uri) { Content = content }, cancellationToken);
        await EnsureAsync(put, $"put the layer {digest} of {repository}", cancellationToken);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await _http.SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException exception)
        {
            throw new RegistryException($"The registry {_registry} cannot be reached: {exception.InnerException?.Message ?? exception.Message}", exception);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new RegistryException($"The registry {_registry} did not answer within {_http.Timeout.TotalMinutes:0} minutes.", exception);
        }
    }

    private async Task EnsureAsync(HttpResponseMessage response, string purpose, CancellationToken cancellationToken)
    {
        if (response.IsSuccessStatusCode)
        {
            return;
        }

        if (response.StatusCode == HttpStatusCode.Unauthorized)
        {
            throw new RegistryException($"The registry {_registry} does not let this user {purpose}: give user and password.");
        }

        var said = await response.Content.ReadAsStringAsync(cancellationToken);
        throw new RegistryException($"The registry {_registry} does not let anybody {purpose}: {(int)response.StatusCode} {said.Trim()}");
    }

    [GeneratedRegex("(\\w+)=\"([^\"]*)\"")]
    private static partial Regex Challenge();
}
