using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using AppStack.Engine.Providers.Kubernetes.Access;

namespace AppStack.Engine.Providers.Kubernetes.Client;

/// <summary>Connections to one API server: HTTP/2, one connection for all requests, trusted only with the kubeconfig's authorities.</summary>
internal sealed class ApiTransport : DelegatingHandler
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    // A server that loses its power says nothing: a ping that stays unanswered ends watches, which otherwise would wait for ever.
    private static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PingAnswer = TimeSpan.FromSeconds(5);

    private readonly ClusterAccess _access;
    private readonly X509Certificate2? _client;
    private readonly X509Certificate2Collection _authorities = [];
    private volatile string? _refusal;

    public ApiTransport(ClusterAccess access)
    {
        _access = access;
        if (access is { Certificate: { } certificate, Key: { } key })
        {
            _client = X509Certificate2.CreateFromPem(certificate, key);
        }

        var tls = new SslClientAuthenticationOptions
        {
            TargetHost = access.ServerName ?? access.Server.DnsSafeHost,
            ClientCertificateContext = _client is null ? null : SslStreamCertificateContext.Create(_client, additionalCertificates: null, offline: true),
            RemoteCertificateValidationCallback = IsTrusted,
        };
        if (access.Authorities is { } authorities)
        {
            _authorities.ImportFromPem(authorities);
            tls.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            tls.CertificateChainPolicy.CustomTrustStore.AddRange(_authorities);
        }

        InnerHandler = new SocketsHttpHandler
        {
            SslOptions = tls,
            ConnectTimeout = ConnectTimeout,
            KeepAlivePingDelay = PingEvery,
            KeepAlivePingTimeout = PingAnswer,
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
            // An API server has 250 streams on a connection, and each watch holds one.
            EnableMultipleHttp2Connections = true,
            AutomaticDecompression = DecompressionMethods.GZip,
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
        };
    }

    /// <summary>Sends a request.</summary>
    /// <exception cref="UntrustedServerException">Whoever answers is not the API server that the kubeconfig names.</exception>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await base.SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException exception) when (_refusal is { } refusal && exception.HttpRequestError == HttpRequestError.SecureConnectionError)
        {
            throw new UntrustedServerException(refusal, exception);
        }
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            _client?.Dispose();
            foreach (var authority in _authorities)
            {
                authority.Dispose();
            }
        }
    }

    private bool IsTrusted(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        _refusal = errors == SslPolicyErrors.None ? null : Explain(certificate as X509Certificate2, chain, errors);
        return errors == SslPolicyErrors.None;
    }

    private string Explain(X509Certificate2? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        var who = $"What answers at {_access.Server} is not the cluster '{_access.Cluster}' of the kubeconfig";
        if (certificate is null)
        {
            return $"{who}: it shows no certificate.";
        }

        var status = chain?.ChainStatus.FirstOrDefault(found => found.Status != X509ChainStatusFlags.NoError);
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) && !errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors))
        {
            return $"{who}: its certificate ({certificate.Subject}) is not for the name {_access.ServerName ?? _access.Server.DnsSafeHost}. "
                + "Correct the server in the kubeconfig, or name the certificate's name in tls-server-name.";
        }

        return status is { Status: X509ChainStatusFlags.NotTimeValid }
            ? $"{who}: its certificate ({certificate.Subject}) is valid from {certificate.NotBefore:u} to {certificate.NotAfter:u}. Renew it, or set this machine's clock."
            : $"{who}: its certificate ({certificate.Subject}, issued by {certificate.Issuer}) is not signed by the certificate authority of the kubeconfig. "
                + "Take the kubeconfig of this cluster, or correct its server.";
    }
}
