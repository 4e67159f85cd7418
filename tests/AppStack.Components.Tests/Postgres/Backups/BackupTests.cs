using AppStack.Components.Nodes.Bundles;
using AppStack.Components.Nodes.Firewall;
using AppStack.Components.Postgres;
using AppStack.Components.Postgres.Backups;
using AppStack.Components.Tests.Postgres.Cluster;
using AppStack.Testing;

namespace AppStack.Components.Tests.Postgres.Backups;

public sealed class BackupTests
{
    private static readonly BackupRepositorySpec Repository = new()
    {
        Name = "vault-backup-1",
        Address = "10.0.0.61",
        Clusters = [ClusterExamples.Three, ClusterExamples.TwoAndWitness with { Name = "docs" }],
        RestoreAddresses = ["10.0.0.62"],
        Access = ClusterExamples.Three.Access,
    };

    private static readonly Bundle Node = BackupRepositoryRenderer.Bundle(Repository, new BackupIdentity("private key\n", "certificate\n", "authority\n"), "passphrase-of-the-repository");

    [Fact]
    public void Configuration_of_the_repository() => Snapshot.Verify(BackupRepositoryRenderer.Configuration(Repository, "passphrase-of-the-repository"), "conf");

    [Fact]
    public void Configuration_of_a_database_node() => Snapshot.Verify(BackupClientRenderer.Configuration(ClusterExamples.Three, ClusterExamples.Three.Nodes[1]), "conf");

    [Fact]
    public void Firewall_of_the_repository() => Snapshot.Verify(FirewallRenderer.Render(BackupRepositoryRenderer.Firewall(Repository)), "nft");

    [Fact]
    public void Whole_bundle() => Snapshot.Verify(BundleRenderer.Document(Node), "txt");

    [Fact]
    public void Only_the_repository_knows_the_passphrase_and_only_in_a_secret_file()
    {
        var database = RepmgrNodeRenderer.Bundle(ClusterExamples.Three, ClusterExamples.Three.Nodes[0], ClusterExamples.Secrets);

        var holder = Assert.Single(Node.Files, f => f.Content.Contains("passphrase-of-the-repository", StringComparison.Ordinal));
        Assert.Equal((BackupPaths.Configuration, "0600", true), (holder.Path, holder.Mode, holder.Secret));
        Assert.DoesNotContain("cipher", database.Files.Single(f => f.Path == BackupPaths.Configuration).Content, StringComparison.Ordinal);
        Assert.All(Node.Files.Where(f => f.Secret), f => Assert.Equal("0600", f.Mode));
    }

    [Fact]
    public void A_cluster_without_a_repository_archives_nothing()
    {
        var spec = ClusterExamples.Three with { Backup = null };
        var bundle = RepmgrNodeRenderer.Bundle(spec, spec.Nodes[0], ClusterExamples.Secrets with { Backup = null });

        Assert.DoesNotContain(bundle.Files, f => f.Path == BackupPaths.Configuration);
        Assert.DoesNotContain(RepmgrNodeRenderer.Firewall(spec).Rules, r => r.Ports.Contains(BackupTargetSpec.Port));
        Assert.Contains("archive_command = '/bin/true'", PostgresConfigurationRenderer.Configuration(spec, spec.Nodes[0]), StringComparison.Ordinal);
    }

    [Fact]
    public void The_example_has_no_problems() => Assert.Empty(BackupRepositoryValidator.Validate(Repository));

    [Fact]
    public void Everything_wrong_is_listed_at_once()
    {
        var spec = Repository with
        {
            Name = "Vault",
            Address = "there",
            RestoreAddresses = ["over there"],
            Clusters = [ClusterExamples.Three, ClusterExamples.Three with { Backup = null }],
        };

        Snapshot.Verify(string.Join('\n', BackupRepositoryValidator.Validate(spec)) + "\n", "txt");
    }

    [Fact]
    public void Everything_wrong_with_a_target_is_listed_at_once()
    {
        var target = new BackupTargetSpec { Address = "vault", QueueMiB = 16, KeepFull = 0, KeepDifferential = 0, FullSchedule = "", DifferentialSchedule = "daily'; reboot", IncrementalSchedule = "hourly" };

        Assert.Equal(
            ["backup.address", "backup.queueMiB", "backup.keepFull", "backup.keepDifferential", "backup.fullSchedule", "backup.differentialSchedule"],
            RepmgrClusterValidator.Validate(ClusterExamples.Three with { Backup = target }).Select(problem => problem.Path));
    }

    [Fact]
    public void Each_cluster_has_its_own_schedule_and_retention()
    {
        var often = ClusterExamples.Three with { Backup = ClusterExamples.Three.Backup! with { KeepFull = 30, FullSchedule = "daily" } };
        var spec = Repository with { Clusters = [often, ClusterExamples.TwoAndWitness with { Name = "docs" }] };
        var bundle = BackupRepositoryRenderer.Bundle(spec, new BackupIdentity("", "", ""), "");

        Assert.Contains("OnCalendar=daily\n", bundle.Files.Single(f => f.Path == "/etc/systemd/system/appstack-backup-main-full.timer").Content, StringComparison.Ordinal);
        Assert.Contains("OnCalendar=Sun", bundle.Files.Single(f => f.Path == "/etc/systemd/system/appstack-backup-docs-full.timer").Content, StringComparison.Ordinal);
        Assert.Contains("[main]\nrepo1-retention-full=30\n", BackupRepositoryRenderer.Configuration(spec, ""), StringComparison.Ordinal);
        Assert.Contains("[docs]\nrepo1-retention-full=2\n", BackupRepositoryRenderer.Configuration(spec, ""), StringComparison.Ordinal);
    }

    [Fact]
    public void The_tools_are_what_shellcheck_likes()
    {
        ShellCheck.AssertClean(BackupTool.Text);
        ShellCheck.AssertClean(RestoreTool.Text);
    }
}
