using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using AppStack.Testing;

namespace AppStack.Components.Tests.Registry;

/// <summary>Stands in for a public registry: it has one image and shows it to everybody who has fetched a token.</summary>
internal sealed class TokenRegistry : IAsyncDisposable
{
    public const string Digest = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    private const string Scope = "repository:gov/dilosi:pull";

    private readonly TestAuthority _authority = new();
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2 _certificate;
    private readonly Task _serving;

    public TokenRegistry()
    {
        var (certificate, key) = _authority.Issue("127.0.0.1");
        using var pem = X509Certificate2.CreateFromPem(certificate, key);
        _certificate = X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null);
        _listener.Start();
        _serving = ServeAsync();
    }

    public string Name => _listener.LocalEndpoint.ToString()!;

    public string Authority => _authority.Certificate;

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
        _certificate.Dispose();
        _authority.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                // A client may open a connection before it has something to ask.
                _ = AnswerAsync(await _listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using var connection = client;
        await using var stream = new SslStream(client.GetStream());
        await stream.AuthenticateAsServerAsync(_certificate);
        using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
        if (await reader.ReadLineAsync() is not { Length: > 0 } request)
        {
            return;
        }

        var allowed = false;
        while (await reader.ReadLineAsync() is { Length: > 0 } header)
        {
            allowed |= header.Equals("Authorization: Bearer everybody's", StringComparison.OrdinalIgnoreCase);
        }

        var answer = request.Split(' ')[1] switch
        {
            var path when path.StartsWith("/token?", StringComparison.Ordinal) => path.Contains($"scope={Uri.EscapeDataString(Scope)}", StringComparison.Ordinal)
                ? "200 OK\r\nContent-Length: 23\r\n\r\n{\"token\":\"everybody's\"}"
                : "400 Bad Request\r\nContent-Length: 0\r\n\r\n",
            _ when !allowed => $"401 Unauthorized\r\nWWW-Authenticate: Bearer realm=\"https://{Name}/token\",service=\"images\",scope=\"{Scope}\"\r\nContent-Length: 0\r\n\r\n",
            "/v2/gov/dilosi/manifests/1" => $"200 OK\r\nDocker-Content-Digest: {Digest}\r\nContent-Length: 0\r\n\r\n",
            _ => "404 Not Found\r\nContent-Length: 0\r\n\r\n",
        };
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {answer.Replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n", StringComparison.Ordinal)}"));
    }
}
