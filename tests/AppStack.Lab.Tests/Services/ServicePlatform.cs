using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using AppStack.Lab.Tests.Platform;

namespace AppStack.Lab.Tests.Services;

/// <summary>The platform of <c>service-test.yaml</c> with the sample service, deployed from a copy of its own file.</summary>
public sealed class ServicePlatform : PlatformFixture
{
    /// <summary>The name of the environment and of its lab.</summary>
    public const string Name = "service-test";

    /// <summary>The virtual address.</summary>
    public const string Vip = "10.90.100.1";

    /// <summary>The name under which the service is reached.</summary>
    public const string Host = "dilosi.example";

    private readonly string _sample = File.ReadAllText(Path.Combine(AppStackCommand.RepositoryRoot, "stacks", "services", "dilosi", "service.yaml"));

    /// <summary>Makes the folder of the services.</summary>
    public ServicePlatform()
        : base(Name, File.ReadAllText(Path.Combine(AppStackCommand.RepositoryRoot, "tests", "AppStack.Lab.Tests", "Services", $"{Name}.yaml")))
    {
        Command.Variables["APPSTACK_SERVICES"] = Path.Combine(Folder, "services");
        Service("dilosi", _sample);
    }

    /// <summary>The service's stack.</summary>
    public string Stack => Path.Combine(Folder, $"{Name}-dilosi");

    /// <summary>What the first deployment of the service said.</summary>
    public string Said { get; private set; } = "";

    /// <summary>The authority (PEM) that issued the service's certificate.</summary>
    public string Authority { get; private set; } = "";

    /// <summary>The sample's descriptor with changes.</summary>
    /// <param name="changes">Texts in it, and what stands there instead.</param>
    public string Sample(params (string From, string To)[] changes)
    {
        var text = _sample;
        foreach (var (from, to) in changes)
        {
            Assert.Contains(from, text, StringComparison.Ordinal);
            text = text.Replace(from, to, StringComparison.Ordinal);
        }

        return text;
    }

    /// <summary>Writes a service's descriptor.</summary>
    /// <param name="name">The service.</param>
    /// <param name="text">The descriptor.</param>
    public void Service(string name, string text)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Folder, "services", name)).FullName;
        File.WriteAllText(Path.Combine(folder, "service.yaml"), text);
    }

    /// <summary>A client that reaches the service through the virtual address, and trusts its authority and nobody else.</summary>
    internal SocketsHttpHandler Client() => new()
    {
        PooledConnectionLifetime = TimeSpan.Zero,
        ConnectCallback = async (context, cancellationToken) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(Vip, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        },
        SslOptions = new()
        {
            CertificateChainPolicy = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, CustomTrustStore = { X509Certificate2.CreateFromPem(Authority) }, RevocationMode = X509RevocationMode.NoCheck },
        },
    };

    /// <inheritdoc/>
    protected override async Task BringUpAsync()
    {
        await base.BringUpAsync();
        Said = (await Command.RunAsync("up", Stack, "--yes")).EnsureSuccess().Output;
        Authority = (await Command.RunAsync("stack", "output", "authority", "--stack", Name)).EnsureSuccess().Stdout;
    }
}
