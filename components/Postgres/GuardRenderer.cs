using System.Globalization;
using AppStack.Components.Nodes.Bundles;
using AppStack.Components.Nodes.Firewall;

namespace AppStack.Components.Postgres;

/// <summary>Renders what every voter has: the tool, its settings and units, and the ports of the guards.</summary>
internal static class GuardRenderer
{
    private const string Folder = "AppStack.Components.Postgres.Scripts.";

    private static readonly Lazy<string> Joined = new(Join);

    /// <summary>The tool, joined of the parts in <c>Scripts/</c>.</summary>
    public static string Tool => Joined.Value;

    /// <summary>The settings of one voter.</summary>
    public static string Settings(RepmgrClusterSpec spec, string name, string address, string kind, int seq)
    {
        var timers = spec.EffectiveTimers;
        var voters = spec.Nodes.Select(n => string.Create(CultureInfo.InvariantCulture, $"{n.Name},{n.Address},database,{n.Seq}"))
            .Concat(spec.Witnesses.Select(w => $"{w.Name},{w.Address},witness,0"));
        var common = string.Create(CultureInfo.InvariantCulture, $"""
            cluster = {spec.Name}
            version = {spec.Version}
            port = {spec.Port}
            guard-port = {spec.GuardPort}
            status-port = {spec.StatusPort}
            voters = {string.Join(' ', voters)}
            rpo = {(spec.Rpo == RecoveryPointPromise.Zero ? "zero" : "bounded")}
            sync = {spec.SynchronousStandbys}
            renew = {timers.Renew.TotalSeconds:0.###}
            hold = {timers.Hold.TotalSeconds:0.###}
            grant = {timers.Grant.TotalSeconds:0.###}
            hang = {timers.Hang.TotalSeconds:0.###}
            farewell = {timers.Farewell.TotalSeconds:0.###}
            poll = {timers.Pooler.FollowInterval.TotalSeconds:0.###}
            stream-timeout = {timers.StreamTimeout.TotalSeconds:0.###}
            connection = {timers.Replication.ToConnectionString()}
            promote-timeout = 60
            switchover-wait = {timers.SwitchoverWait.TotalSeconds:0.###}
            switchover-timeout = 30

            """);
        if (spec.Rpo == RecoveryPointPromise.Bounded)
        {
            common += string.Create(CultureInfo.InvariantCulture, $"max-lag = {spec.MaxLagMiB * 1024L * 1024}\n");
        }

        if (spec.Source is { } source)
        {
            common += $"source = {source.Name}\nsource-nodes = {string.Join(' ', source.Nodes.Select(n => $"{n.Name},{n.Address}"))}\n";
        }

        if (!spec.Followers.IsEmpty)
        {
            common += $"followers = {string.Join(' ', spec.Followers.Select(n => n.Name))}\n";
        }

        var own = string.Create(CultureInfo.InvariantCulture, $"""
            # Settings of appstack-pg, written by AppStack: changes are overwritten. Times in seconds.
            node = {name}
            kind = {kind}
            seq = {seq}
            address = {address}
            first = {(name == spec.FirstLeader ? "yes" : "no")}

            """);

        // By the digest voters tell whether all of them have the same settings.
        return own + common + $"digest = {PostgresConfigurationRenderer.Hash(common + Tool)}\n";
    }

    /// <summary>The files of one voter; the tool and its settings take effect by themselves.</summary>
    public static IEnumerable<BundleFile> Files(string settings, string key) =>
    [
        new() { Path = PostgresPaths.Tool, Content = Tool, Mode = "0755", Group = "guard" },
        new() { Path = PostgresPaths.Settings, Content = settings, Group = "guard" },
        new() { Path = PostgresPaths.GuardKey, Content = key + "\n", Mode = "0600", Secret = true, Group = "guard" },
        new() { Path = $"/etc/systemd/system/{PostgresPaths.GuardUnit}", Content = GuardUnit },
    ];

    /// <summary>The check of those files.</summary>
    public static BundleFileGroup Group { get; } = new() { Name = "guard", Check = $"perl -c {{{PostgresPaths.Tool}}}" };

    /// <summary>What may come in for the guards.</summary>
    public static IEnumerable<FirewallRule> Rules(RepmgrClusterSpec spec)
    {
        var voters = spec.Nodes.Select(n => n.Address).Concat(spec.Witnesses.Select(w => w.Address)).ToList();
        yield return new() { Purpose = "guards", Protocol = "udp", Ports = [spec.GuardPort], Sources = [.. voters] };
        yield return new()
        {
            Purpose = "status",
            Protocol = "tcp",
            Ports = [spec.StatusPort],
            Sources = [.. voters.Concat(spec.Followers.Select(n => n.Address)).Concat(spec.PoolerAddresses).Concat(spec.Access.MonitoringNetworks).Concat(spec.Access.ManagementNetworks).Distinct(StringComparer.Ordinal)],
        };
    }

    private static string Join()
    {
        var assembly = typeof(GuardRenderer).Assembly;
        return string.Concat(assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal) && char.IsAsciiDigit(name[Folder.Length]))
            .Order(StringComparer.Ordinal)
            .Select(name => NodeScripts.Read(name[Folder.Length..], "Postgres.Scripts")));
    }

    private const string GuardUnit = $"""
        [Unit]
        Description=AppStack guard of a PostgreSQL cluster: who may write
        After=network.target
        StartLimitIntervalSec=0

        [Service]
        ExecStart={PostgresPaths.Tool} guard
        Restart=always
        RestartSec=200ms
        Nice=-5

        [Install]
        WantedBy=multi-user.target

        """;
}
