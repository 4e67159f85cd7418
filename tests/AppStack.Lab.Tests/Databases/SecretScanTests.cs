using AppStack.Lab.Tests.Machines;
using AppStack.Lab.Tests.Platform;

namespace AppStack.Lab.Tests.Databases;

/// <summary>
/// No generated password and no private key in clear where it does not belong: in what commands print, in state, history and backups, among the
/// arguments of processes, in the logs of nodes. Where secrets do belong, the same search finds them.
/// </summary>
[Collection(DatabasePlatform.Name)]
public sealed class SecretScanTests(DatabasePlatform platform)
{
    // What daemons write, and the journal of systemd, which has what they print.
    private const string Logs = "find /var/log -type f ! -path '/var/log/journal/*' -exec cat {} + | tr -d '\\0'; journalctl --no-pager --all --output cat";

    private const string OwnFiles = "cat /etc/appstack/pg/guard.key /etc/appstack/pg/tls/server.key /var/lib/postgresql/.pgpass /etc/appstack/pg/system.sql";

    [RootFact]
    public async Task No_secret_is_in_clear_where_it_does_not_belong()
    {
        var outputs = new Dictionary<string, string>(StringComparer.Ordinal) { ["up"] = platform.Output };
        using (platform.Arguments.Watch())
        {
            platform.Change("passwordGeneration: 1", "passwordGeneration: 2");
            foreach (var arguments in (string[][])[["preview", "--diff"], ["preview", "--format", "markdown"], ["up", "--yes", "--json"], ["verify"], ["stack", "export"], ["stack", "output"], ["db", "status"]])
            {
                string[] line = arguments is ["stack" or "db", var verb] ? [arguments[0], verb, platform.Descriptor] : [arguments[0], platform.Descriptor, .. arguments[1..]];
                outputs[string.Join(' ', arguments)] = (await platform.Command.RunAsync(line)).EnsureSuccess().Output;
            }
        }

        var export = (await platform.Command.RunAsync("stack", "export", platform.Descriptor, "--show-secrets")).EnsureSuccess();
        var secrets = GeneratedSecrets.Of(export.Json());
        var found = new List<string>();
        void Search(string place, string text) => found.AddRange(secrets.In(text).Select(name => $"{place}: {name}"));

        foreach (var (command, output) in outputs)
        {
            Search($"output of {command}", output);
        }

        foreach (var file in Directory.EnumerateFiles(platform.Folder, "*", SearchOption.AllDirectories))
        {
            Search(file, await File.ReadAllTextAsync(file));
        }

        Search("arguments of processes", string.Join('\n', platform.Arguments.Seen));
        foreach (var node in platform.Environment.Nodes)
        {
            Search($"logs of {node.Name}", await platform.OnNodeAsync(node.Name, Logs));
        }

        Assert.Empty(found);
        await SearchIsNotBlindAsync(secrets, export.Stdout);
    }

    private async Task SearchIsNotBlindAsync(GeneratedSecrets secrets, string export)
    {
        Assert.Superset(
            new HashSet<string>(StringComparer.Ordinal) { "lab", "databases-authority-key", "main-db-1-certificate", "main-pooler-1-certificate", "main-repmgr-password", "main-dilosi-runtime-b-password" },
            secrets.In(export).ToHashSet(StringComparer.Ordinal));
        Assert.Superset(
            new HashSet<string>(StringComparer.Ordinal) { "main-guard-key", "main-db-1-certificate", "main-repmgr-password" },
            secrets.In(await platform.OnNodeAsync("main-db-1", OwnFiles)).ToHashSet(StringComparer.Ordinal));
        Assert.Contains(platform.Arguments.Seen, line => line.Contains(DatabasePlatform.Marker, StringComparison.Ordinal));
        Assert.Contains("database system is ready to accept connections", await platform.OnNodeAsync("main-db-1", Logs), StringComparison.Ordinal);
    }
}
