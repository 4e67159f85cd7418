using System.Diagnostics;
using AppStack.Components.LoadBalancing;
using AppStack.Components.LoadBalancing.Nginx;
using AppStack.Components.Nodes.Bundles;

namespace AppStack.Components.Tests.LoadBalancing;

/// <summary>Asks the real daemons, where they are installed, whether they like what the renderers write.</summary>
public sealed class DaemonCheckTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("appstack-check-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("haproxy")]
    [InlineData("bird")]
    [InlineData("vip")]
    [InlineData("agent")]
    [InlineData("firewall")]
    public void Load_balancer(string group) => Check(LoadBalancerRenderer.Bundle(EdgeExamples.Group, EdgeExamples.Group.Nodes[0]), group);

    [Theory]
    [InlineData("haproxy")]
    [InlineData("bird")]
    public void Single_load_balancer(string group) => Check(LoadBalancerRenderer.Bundle(EdgeExamples.Single, EdgeExamples.Single.Nodes[0]), group);

    [Theory]
    [InlineData("bird")]
    [InlineData("firewall")]
    public void Router(string group) => Check(BgpRouterRenderer.Bundle(EdgeExamples.Router), group);

    [Theory]
    [InlineData("nginx")]
    [InlineData("firewall")]
    public void Web_backend(string group) => Check(WebBackendRenderer.Bundle(EdgeExamples.Web), group);

    // The check is the bundle's own, with files of this folder in place of staged ones.
    private void Check(Bundle bundle, string groupName)
    {
        var group = bundle.FileGroups.Single(g => g.Name == groupName);
        var command = group.Check!;
        foreach (var file in bundle.Files.Where(f => f.Group == groupName))
        {
            var path = Path.Combine(_folder, Path.GetFileName(file.Path));

            // Anybody may run the tests; what needs root is not what they ask.
            File.WriteAllText(path, file.Content.Replace("pid /run/nginx.pid", $"pid {_folder}/nginx.pid", StringComparison.Ordinal)
                .Replace("error_log /var/log/nginx/error.log", $"error_log {_folder}/error.log", StringComparison.Ordinal));
            command = command.Replace($"{{{file.Path}}}", path, StringComparison.Ordinal);
        }

        if (!IsInstalled(command.Split(' ')[0]))
        {
            return;
        }

        var start = new ProcessStartInfo("/bin/sh", ["-c", command + " 2>&1"]) { UseShellExecute = false, RedirectStandardOutput = true };
        start.Environment["PATH"] += ":/usr/sbin:/sbin";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{command}\n{output}");
    }

    private static bool IsInstalled(string command)
        => new[] { "/usr/sbin", "/usr/bin", "/sbin", "/bin" }.Any(d => File.Exists(Path.Combine(d, command)));
}
