using System.Text.Json;
using AppStack.Components.Kubernetes.Cluster;
using AppStack.Components.Lab;
using AppStack.Components.Postgres;
using AppStack.Operations.Databases;
using AppStack.Operations.Load;
using AppStack.Operations.Verification;
using AppStack.Ssh;
using AppStack.Stacks.Environments;
using AppStack.Stacks.Services;

namespace AppStack.Operations.Drills.Services;

/// <summary>The real thing: a lab, dilosi in its cluster, and its database.</summary>
internal sealed class ServiceDrillPlatform : IServiceDrillPlatform, IAsyncDisposable
{
    private static readonly TimeSpan CommandLimit = TimeSpan.FromSeconds(60);

    private readonly ServiceDrillTarget _target;
    private readonly LabControl _lab;
    private readonly ISshClient _ssh;
    private readonly IReadOnlyDictionary<string, SshEndpoint> _endpoints;
    private readonly Verifier _verifier;
    private readonly GuardClient _guards;
    private readonly string _services = Directory.CreateTempSubdirectory("appstack-drill-").FullName;
    private readonly string _prefix = $"drill-{Guid.NewGuid():N}-";

    public ServiceDrillPlatform(ServiceDrillTarget target, LabControl lab, ISshClient ssh, IReadOnlyDictionary<string, SshEndpoint> endpoints, Verifier verifier)
    {
        (_target, _lab, _ssh, _endpoints, _verifier) = (target, lab, ssh, endpoints, verifier);
        _guards = new GuardClient(target.Database);
    }

    public long NowMicros => MonotonicClock.NowMicros;

    public string Descriptor { get => field ??= File.ReadAllText(_target.Service.Path); }

    public Task ObserveAsync(TimeSpan time, CancellationToken cancellationToken) => Task.Delay(time, cancellationToken);

    public Task<VerifyReport> VerifyAsync(CancellationToken cancellationToken) => _verifier.RunAsync(cancellationToken);

    public Task<string?> LeaderAsync(CancellationToken cancellationToken) => _guards.LeaderAsync(cancellationToken);

    public Task PowerOffAsync(string node, CancellationToken cancellationToken) => _lab.PowerOffAsync(node, cancellationToken);

    public Task PowerOnAsync(string node, CancellationToken cancellationToken) => _lab.PowerOnAsync(node, cancellationToken);

    public async Task<IDocumentLoad> StartAsync(double rate, CancellationToken cancellationToken) => await DocumentLoad.StartAsync(
        new DocumentOptions { Address = _target.Address, ConnectTo = _target.ConnectTo, Authority = await AuthorityAsync(cancellationToken), Prefix = _prefix, Rate = rate },
        LabPaths.For(_lab.Lab).NetworkNamespace(_target.Client),
        cancellationToken);

    public async Task<(string Version, int Ready, int All)> PodsAsync(CancellationToken cancellationToken)
    {
        var name = _target.Service.Name;
        var text = await RunAsync(_target.ControlPlane, $"{KubernetesPaths.Kubectl} -n {name} get deployment {name} -o json", "", cancellationToken);
        using var deployment = JsonDocument.Parse(text);
        var status = deployment.RootElement.GetProperty("status");
        return (
            deployment.RootElement.GetProperty("spec").GetProperty("template").GetProperty("metadata").GetProperty("labels").GetProperty("app.kubernetes.io/version").GetString()!,
            status.TryGetProperty("readyReplicas", out var ready) ? ready.GetInt32() : 0,
            status.TryGetProperty("replicas", out var all) ? all.GetInt32() : 0);
    }

    public async Task<(int ExitCode, string Said)> DeployAsync(string descriptor, CancellationToken cancellationToken)
    {
        var file = Path.Combine(_services, _target.Service.Name, ServiceFiles.FileName);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, descriptor, cancellationToken);
        var info = SelfProcess.StartInfo(SelfProcess.CommandLine(["--cwd", _target.Root, "up", _target.Stack, "--yes"]));
        info.Environment[ServiceFiles.FolderVariable] = _services;
        var (exitCode, stdout, stderr) = await SelfProcess.CaptureAsync(info, cancellationToken);
        return (exitCode, stdout + stderr);
    }

    public async Task<IReadOnlyList<(string Key, string Code)>> HeldAsync(CancellationToken cancellationToken)
    {
        var up = (await _guards.AskAsync(cancellationToken)).FirstOrDefault(pair => pair.Value is { Role: "leader" or "standby" }).Key ?? _target.Database.Servers[0].Name;
        var database = ServiceDatabaseSpec.DatabaseOf(_target.Service.Name);
        var text = await RunAsync(up, $"{PostgresPaths.Tool} sql --database {database}", $"select idempotency_key || ' ' || code from declarations where idempotency_key like '{_prefix}%';\n", cancellationToken);
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Trim().Split(' ')).Where(words => words.Length == 2).Select(words => (words[0], words[1]))];
    }

    public ValueTask DisposeAsync()
    {
        _guards.Dispose();
        Directory.Delete(_services, recursive: true);
        return ValueTask.CompletedTask;
    }

    // As whoever calls the service gets it.
    private async Task<string> AuthorityAsync(CancellationToken cancellationToken)
    {
        var (exitCode, stdout, stderr) = await SelfProcess.CaptureAsync(
            SelfProcess.StartInfo(SelfProcess.CommandLine(["--cwd", _target.Root, "stack", "output", "authority", "--stack", _target.Platform])), cancellationToken);
        return exitCode == 0 ? stdout : throw new OperationException($"the authority of {_target.Platform}, whom clients trust, is not known: {stderr}");
    }

    private Task<string> RunAsync(string node, string command, string stdin, CancellationToken cancellationToken) =>
        NodeSsh.RunAsync(_ssh, _endpoints[node], node, new SshCommand(command) { Stdin = SshInput.Of(stdin), Timeout = CommandLimit }, cancellationToken);
}
