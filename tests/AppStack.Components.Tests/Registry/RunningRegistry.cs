using System.Globalization;
using AppStack.Components.Nodes.Bundles;
using AppStack.Components.Registry;
using AppStack.Testing;

namespace AppStack.Components.Tests.Registry;

/// <summary>The files of a registry's bundle at work on 127.0.0.1: Docker's registry with nginx in front, as on a node but for paths, ports and users.</summary>
internal sealed class RunningRegistry : IAsyncDisposable
{
    public const string Password = "a password of the test";

    private readonly string _folder = Directory.CreateTempSubdirectory("appstack-registry-").FullName;
    private readonly TestAuthority _authority = new();
    private readonly List<ServiceProcess> _services = [];

    private RunningRegistry()
    {
    }

    public static bool IsInstalled => File.Exists("/usr/bin/docker-registry") && File.Exists("/usr/sbin/nginx");

    /// <summary>ADDRESS:PORT.</summary>
    public string Name { get; private set; } = "";

    public string Authority => _authority.Certificate;

    public static async Task<RunningRegistry> StartAsync()
    {
        var running = new RunningRegistry();
        var (outer, inner) = (PostgresServer.FreePort(), PostgresServer.FreePort());
        var spec = RegistryTests.Example with { Address = "127.0.0.1", Port = outer };
        running.Name = spec.Authority;
        var (certificate, key) = running._authority.Issue("127.0.0.1");
        var bundle = RegistryRenderer.Bundle(spec, new RegistryIdentity(key, certificate, Password));
        foreach (var file in bundle.Files.Where(file => file.Group is "registry" or "door"))
        {
            await File.WriteAllTextAsync(running.Place(file.Path), Moved(file));
        }

        Directory.CreateDirectory(running.Place(RegistryRenderer.Storage));
        await ServiceProcess.HandOverAsync(running._folder);
        var registry = ServiceProcess.Start("TERM", new Dictionary<string, string>(StringComparer.Ordinal), "/usr/bin/docker-registry", "serve", running.Place(RegistryRenderer.Configuration));
        running._services.Add(registry);
        running._services.Add(ServiceProcess.Start("TERM", new Dictionary<string, string>(StringComparer.Ordinal), "/usr/sbin/nginx", "-c", running.Place(RegistryRenderer.Door), "-g", "daemon off;"));
        await running.WaitAsync();
        return running;

        string Moved(BundleFile file) => file.Content
            .Replace("user www-data;\n", "", StringComparison.Ordinal)
            .Replace("http {\n", $"http {{\n    client_body_temp_path {running._folder}/body; proxy_temp_path {running._folder}/proxy; fastcgi_temp_path {running._folder}/f; uwsgi_temp_path {running._folder}/u; scgi_temp_path {running._folder}/s;\n", StringComparison.Ordinal)
            .Replace(RegistryRenderer.InnerPort.ToString(CultureInfo.InvariantCulture), inner.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("/run/nginx.pid", $"{running._folder}/nginx.pid", StringComparison.Ordinal)
            .Replace("/var/log/nginx/", $"{running._folder}/", StringComparison.Ordinal)
            .Replace(RegistryRenderer.Storage, running.Place(RegistryRenderer.Storage), StringComparison.Ordinal)
            .Replace("/etc/appstack/registry/tls/", $"{running._folder}/", StringComparison.Ordinal)
            .Replace("/etc/appstack/registry/", $"{running._folder}/", StringComparison.Ordinal);
    }

    public RegistryClient Client(string? password = Password) =>
        password is null ? new RegistryClient(Name, Authority) : new RegistryClient(Name, Authority, RegistryRenderer.User, password);

    public async ValueTask DisposeAsync()
    {
        foreach (var service in Enumerable.Reverse(_services))
        {
            await service.DisposeAsync();
        }

        _authority.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private string Place(string path) => Path.Combine(_folder, Path.GetFileName(path));

    private async Task WaitAsync()
    {
        using var client = Client();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            try
            {
                await client.FindAsync("nothing", "latest", limit.Token);
                return;
            }
            catch (RegistryException) when (_services.TrueForAll(service => service.IsRunning))
            {
                await Task.Delay(20, limit.Token);
            }
        }
    }
}
