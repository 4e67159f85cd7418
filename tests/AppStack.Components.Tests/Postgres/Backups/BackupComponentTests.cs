using System.Collections.Concurrent;
using AppStack.Components.Certificates;
using AppStack.Components.Nodes;
using AppStack.Components.Postgres.Backups;
using AppStack.Components.Tests.Postgres.Cluster;
using Moq;
using Pulumi;
using Pulumi.Testing;

namespace AppStack.Components.Tests.Postgres.Backups;

public sealed class BackupComponentTests
{
    private const string Issued = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----";
    private readonly ConcurrentQueue<MockResourceArgs> _registered = new();
    private readonly Mock<IMocks> _mocks = new();

    public BackupComponentTests()
        => _mocks.Setup(m => m.NewResourceAsync(It.IsAny<MockResourceArgs>())).Returns((MockResourceArgs args) =>
        {
            _registered.Enqueue(args);
            return Task.FromResult<(string? Id, object State)>(($"{args.Name}_id", args.Inputs.Add("stdout", Issued)));
        });

    [Fact]
    public async Task The_first_backup_comes_after_the_repository_and_the_cluster_and_again_after_a_change_of_either()
    {
        await RunAsync("rollout of today");
        var first = Stdin("main-first-backup");

        Assert.Equal(["main-rollout", "vault-backup-1-bundle"], Commands().Take(2).Order(StringComparer.Ordinal));
        Assert.Equal("main-first-backup", Commands()[2]);
        Assert.Equal("exec /usr/local/sbin/appstack-backup ensure main", _registered.Single(r => r.Name == "main-first-backup").Inputs["create"]);

        _registered.Clear();
        await RunAsync("rollout of tomorrow");
        Assert.NotEqual(first, Stdin("main-first-backup"));
    }

    [Fact]
    public async Task The_passphrase_is_in_the_bundle_only()
    {
        await RunAsync("rollout");

        Assert.Contains("the passphrase", Stdin("vault-backup-1-bundle"), StringComparison.Ordinal);
        Assert.DoesNotContain("the passphrase", Stdin("main-first-backup"), StringComparison.Ordinal);
        Assert.DoesNotContain(_registered.Where(r => r.Inputs.ContainsKey("create")), r => ((string)r.Inputs["create"]).Contains("the passphrase", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_node_for_restores_has_a_certificate_of_its_own()
    {
        await Deployment.TestAsync(_mocks.Object, new TestOptions { IsPreview = false }, () =>
        {
            _ = new RestoreNode("vault-restore-1", new RestoreNodeArgs
            {
                Spec = new RestoreNodeSpec { Name = "vault-restore-1", Address = "10.0.0.62", Clusters = [ClusterExamples.Three], Access = ClusterExamples.Three.Access },
                Node = Node("vault-restore-1"),
                Authority = new PrivateAuthority("authority"),
            });
        });

        Assert.Contains(_registered, r => r.Name == "vault-restore-1-backup-certificate");
        Assert.Equal(["vault-restore-1-bundle"], Commands());
    }

    private string[] Commands() => [.. _registered.Where(r => r.Type == "command:remote:Command").Select(r => r.Name!)];

    private string Stdin(string name) => (string)_registered.Single(r => r.Name == name).Inputs["stdin"];

    private Task RunAsync(string rollout) => Deployment.TestAsync(_mocks.Object, new TestOptions { IsPreview = false }, () =>
    {
        var repository = new BackupRepository("vault-backup-1", new BackupRepositoryArgs
        {
            Spec = new BackupRepositorySpec { Name = "vault-backup-1", Address = "10.0.0.61", Clusters = [ClusterExamples.Three], Access = ClusterExamples.Three.Access },
            Node = Node("vault-backup-1"),
            Authority = new PrivateAuthority("authority"),
            Passphrase = Output.CreateSecret("the passphrase"),
        });
        repository.Ensure(ClusterExamples.Three, Node("main-db-1").Run("main-rollout", "true", rollout));
    });

    private static BareMetalNode Node(string name) => new(name, new() { Address = "10.1.0.1", PrivateKey = Output.CreateSecret("key"), HostKey = "ssh-ed25519 AAAA" });
}
