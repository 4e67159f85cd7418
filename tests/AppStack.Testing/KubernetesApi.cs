using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace AppStack.Testing;

/// <summary>
/// A real API server of Kubernetes with etcd, controllers and scheduler, as processes on 127.0.0.1 in a temporary folder. There are no nodes:
/// what a kubelet would report, tests write themselves.
/// </summary>
public sealed class KubernetesApi : IAsyncDisposable
{
    private const string Cache = "/var/cache/appstack/kubernetes";
    private const string Etcd = "/usr/bin/etcd";

    /// <summary>A token of a user who may do nothing.</summary>
    public const string NobodysToken = "nobodys-token";

    private static readonly Dictionary<string, string> NoVariables = new(StringComparer.Ordinal);

    private readonly string _folder = Directory.CreateTempSubdirectory("appstack-kube-").FullName;
    private readonly int _port = PostgresServer.FreePort();
    private readonly int _etcdPort = PostgresServer.FreePort();
    private readonly List<ServiceProcess> _others = [];
    private ServiceProcess? _server;

    private KubernetesApi()
    {
    }

    /// <summary>The folder of the programs that <c>appstack-lab kubernetes programs</c> built; <see langword="null"/> when it did not.</summary>
    public static string? Programs => Directory.Exists(Cache)
        ? Directory.GetDirectories(Cache, "programs-*").Where(folder => File.Exists(Path.Combine(folder, "complete"))).Select(folder => Path.Combine(folder, "bin")).Order(StringComparer.Ordinal).LastOrDefault()
        : null;

    /// <summary>Whether this machine has all that it takes.</summary>
    public static bool IsInstalled => Programs is not null && File.Exists(Etcd);

    /// <summary>A kubeconfig of an administrator, with a client certificate.</summary>
    public string Kubeconfig { get; private set; } = "";

    /// <summary>The same with a token instead.</summary>
    public string KubeconfigOf(string token) => KubeconfigWith($"token: {token}");

    /// <summary>Its address.</summary>
    public string Address => $"https://127.0.0.1:{_port.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>Starts one; it takes some seconds.</summary>
    public static async Task<KubernetesApi> StartAsync()
    {
        var api = new KubernetesApi();
        try
        {
            await api.StartAllAsync();
            return api;
        }
        catch
        {
            await api.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends the API server, as a crash does. What it has kept stays.</summary>
    public async Task StopServerAsync()
    {
        if (_server is { } server)
        {
            _server = null;
            await server.DisposeAsync();
        }
    }

    /// <summary>Starts the API server again.</summary>
    public async Task StartServerAsync()
    {
        var folder = _folder;
        _server = ServiceProcess.Start(
            "KILL",
            NoVariables,
            $"{Programs}/kube-apiserver",
            $"--etcd-servers=http://127.0.0.1:{Number(_etcdPort)}",
            "--bind-address=127.0.0.1",
            $"--secure-port={Number(_port)}",
            $"--cert-dir={folder}/generated",
            $"--tls-cert-file={folder}/server.crt",
            $"--tls-private-key-file={folder}/server.key",
            $"--client-ca-file={folder}/ca.crt",
            $"--token-auth-file={folder}/tokens.csv",
            "--service-account-issuer=https://kubernetes.default.svc",
            $"--service-account-signing-key-file={folder}/accounts.key",
            $"--service-account-key-file={folder}/accounts.pub",
            "--service-cluster-ip-range=10.99.0.0/24",
            "--authorization-mode=RBAC",
            "--enable-admission-plugins=NodeRestriction",
            "--disable-admission-plugins=ServiceAccount,TaintNodesByCondition");
        await ReachAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopServerAsync();
        foreach (var process in Enumerable.Reverse(_others))
        {
            await process.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private async Task StartAllAsync()
    {
        await WriteFilesAsync();
        var peer = PostgresServer.FreePort();
        _others.Add(ServiceProcess.Start(
            "KILL",
            NoVariables,
            Etcd,
            $"--data-dir={_folder}/etcd",
            $"--listen-client-urls=http://127.0.0.1:{Number(_etcdPort)}",
            $"--advertise-client-urls=http://127.0.0.1:{Number(_etcdPort)}",
            $"--listen-peer-urls=http://127.0.0.1:{Number(peer)}",
            $"--initial-advertise-peer-urls=http://127.0.0.1:{Number(peer)}",
            $"--initial-cluster=default=http://127.0.0.1:{Number(peer)}",
            "--unsafe-no-fsync"));
        await StartServerAsync();
        _others.Add(Controller(
            "kube-controller-manager",
            "--use-service-account-credentials=false",
            "--kube-api-qps=200",
            "--kube-api-burst=400",
            $"--root-ca-file={_folder}/ca.crt",
            $"--service-account-private-key-file={_folder}/accounts.key"));
        _others.Add(Controller("kube-scheduler"));
    }

    private ServiceProcess Controller(string program, params string[] more) => ServiceProcess.Start(
        "KILL", NoVariables, [$"{Programs}/{program}", $"--kubeconfig={_folder}/admin.conf", "--leader-elect=false", "--port=0", "--secure-port=0", .. more]);

    private async Task WriteFilesAsync()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=kubernetes", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        using var authority = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        var (serverCertificate, serverKey) = Issue(authority, "CN=kube-apiserver", names.Build());
        var (adminCertificate, adminKey) = Issue(authority, "CN=admin, O=system:masters");
        using var accounts = RSA.Create(2048);
        await File.WriteAllTextAsync(Path.Combine(_folder, "ca.crt"), authority.ExportCertificatePem() + "\n");
        await File.WriteAllTextAsync(Path.Combine(_folder, "server.crt"), serverCertificate);
        await File.WriteAllTextAsync(Path.Combine(_folder, "server.key"), serverKey);
        await File.WriteAllTextAsync(Path.Combine(_folder, "accounts.key"), accounts.ExportRSAPrivateKeyPem() + "\n");
        await File.WriteAllTextAsync(Path.Combine(_folder, "accounts.pub"), accounts.ExportSubjectPublicKeyInfoPem() + "\n");
        await File.WriteAllTextAsync(Path.Combine(_folder, "tokens.csv"), $"{NobodysToken},nobody,2\n");
        Kubeconfig = KubeconfigWith($"""
            client-certificate-data: {Base64(adminCertificate)}
                client-key-data: {Base64(adminKey)}
            """);
        await File.WriteAllTextAsync(Path.Combine(_folder, "admin.conf"), Kubeconfig);
        await ServiceProcess.HandOverAsync(_folder);
    }

    private string KubeconfigWith(string user) => $"""
        apiVersion: v1
        kind: Config
        current-context: test
        contexts:
        - name: test
          context:
            cluster: test
            user: admin
        clusters:
        - name: test
          cluster:
            server: {Address}
            certificate-authority-data: {Base64(File.ReadAllText(Path.Combine(_folder, "ca.crt")))}
        users:
        - name: admin
          user:
            {user}

        """;

    private async Task ReachAsync()
    {
        using var authority = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(_folder, "ca.crt"));
        var trust = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        trust.CustomTrustStore.Add(authority);
        using var handler = new SocketsHttpHandler { SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = trust } };
        using var http = new HttpClient(handler);
        for (var patience = TimeSpan.FromSeconds(60); ; patience -= TimeSpan.FromMilliseconds(50))
        {
            try
            {
                using var answer = await http.GetAsync(new Uri($"{Address}/readyz"));
                if (answer.StatusCode == HttpStatusCode.OK)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not yet.
            }

            if (patience < TimeSpan.Zero || _server is not { IsRunning: true })
            {
                throw new InvalidOperationException($"The API server does not become ready:\n{_server?.Log}");
            }

            await Task.Delay(50);
        }
    }

    private static (string Certificate, string Key) Issue(X509Certificate2 authority, string subject, X509Extension? names = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1"), new Oid("1.3.6.1.5.5.7.3.2")], critical: false));
        if (names is not null)
        {
            request.CertificateExtensions.Add(names);
        }

        using var issued = request.Create(authority, new DateTimeOffset(authority.NotBefore), new DateTimeOffset(authority.NotAfter), RandomNumberGenerator.GetBytes(16));
        return (issued.ExportCertificatePem() + "\n", key.ExportPkcs8PrivateKeyPem() + "\n");
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
