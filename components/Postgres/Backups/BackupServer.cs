using System.Collections.Immutable;
using System.Globalization;
using AppStack.Components.Nodes.Bundles;

namespace AppStack.Components.Postgres.Backups;

/// <summary>pgBackRest's TLS server, the same on database nodes and on the repository node.</summary>
internal static class BackupServer
{
    /// <summary>Reloads the server, whose connections that are open go on.</summary>
    public static BundleFileGroup Group { get; } = new() { Name = "pgbackrest", Activation = BundleActivation.Reload(BackupPaths.ServerUnit) };

    public static ImmutableArray<BundleDirectory> Directories { get; } = [new("/etc/appstack/backup"), new("/etc/pgbackrest")];

    /// <summary>The server's part of the configuration, without whom it lets in.</summary>
    public static string Settings(string address) => string.Create(CultureInfo.InvariantCulture, $"""
        tls-server-address={address}
        tls-server-port={BackupTargetSpec.Port}
        tls-server-ca-file={BackupPaths.Authority}
        tls-server-cert-file={BackupPaths.Certificate}
        tls-server-key-file={BackupPaths.PrivateKey}
        """);

    /// <summary>How a node reaches the repository, whose server asks it for the same certificate.</summary>
    public static string Repository(string address) => string.Create(CultureInfo.InvariantCulture, $"""
        repo1-host={address}
        repo1-host-type=tls
        repo1-host-port={BackupTargetSpec.Port}
        repo1-host-ca-file={BackupPaths.Authority}
        repo1-host-cert-file={BackupPaths.Certificate}
        repo1-host-key-file={BackupPaths.PrivateKey}
        """);

    /// <summary>Certificate, key and unit.</summary>
    /// <param name="identity">The certificate.</param>
    /// <param name="owner">Who runs the server, <c>user:group</c>.</param>
    public static IEnumerable<BundleFile> Files(BackupIdentity identity, string owner) =>
    [
        .. Identity(identity, owner).Select(file => file with { Group = Group.Name }),
        new() { Path = $"/etc/systemd/system/{BackupPaths.ServerUnit}", Content = Unit(owner.Split(':')[0]) },
    ];

    /// <summary>How a node shows who it is.</summary>
    /// <param name="identity">The certificate.</param>
    /// <param name="owner">Who runs pgBackRest, <c>user:group</c>.</param>
    public static IEnumerable<BundleFile> Identity(BackupIdentity identity, string owner) =>
    [
        new() { Path = BackupPaths.Authority, Content = identity.Authority },
        new() { Path = BackupPaths.Certificate, Content = identity.Certificate },
        new() { Path = BackupPaths.PrivateKey, Content = identity.PrivateKey, Owner = owner, Mode = "0600", Secret = true },
    ];

    private static string Unit(string user) => $"""
        [Unit]
        Description=AppStack backups: pgBackRest's TLS server
        After=network-online.target
        Wants=network-online.target
        StartLimitIntervalSec=0

        [Service]
        User={user}
        ExecStart=/usr/bin/pgbackrest server
        ExecReload=/bin/kill -HUP $MAINPID
        Restart=always
        RestartSec=1s
        NoNewPrivileges=yes

        [Install]
        WantedBy=multi-user.target

        """;
}
