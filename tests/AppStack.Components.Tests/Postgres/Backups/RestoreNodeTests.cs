using AppStack.Components.Nodes.Bundles;
using AppStack.Components.Nodes.Firewall;
using AppStack.Components.Postgres.Backups;
using AppStack.Components.Tests.Postgres.Cluster;
using AppStack.Testing;

namespace AppStack.Components.Tests.Postgres.Backups;

public sealed class RestoreNodeTests
{
    private static readonly RestoreNodeSpec Spec = new()
    {
        Name = "vault-restore-1",
        Address = "10.0.0.62",
        Clusters = [ClusterExamples.Three, ClusterExamples.TwoAndWitness with { Name = "docs", Version = 16 }],
        Access = ClusterExamples.Three.Access,
    };

    [Fact]
    public void Whole_bundle() => Snapshot.Verify(BundleRenderer.Document(RestoreNodeRenderer.Bundle(Spec, new BackupIdentity("private key\n", "certificate\n", "authority\n"))), "txt");

    [Fact]
    public void Nobody_gets_in_but_administrators() => Assert.Empty(RestoreNodeRenderer.Firewall(Spec).Rules);

    [Fact]
    public void It_does_not_know_the_passphrase() => Assert.DoesNotContain("cipher", RestoreNodeRenderer.Configuration(Spec), StringComparison.Ordinal);

    [Fact]
    public void The_example_has_no_problems() => Assert.Empty(RestoreNodeValidator.Validate(Spec));

    [Fact]
    public void Everything_wrong_is_listed_at_once()
    {
        var spec = Spec with { Name = "Vault", Address = "10.0.0.41", Clusters = [ClusterExamples.Three, ClusterExamples.Three with { Backup = null }] };

        Assert.Equal(
            ["name", "clusters", "clusters[0]", "clusters[1]", "clusters[1]"],
            RestoreNodeValidator.Validate(spec).Select(problem => problem.Path));
        Assert.Equal("clusters", Assert.Single(RestoreNodeValidator.Validate(Spec with { Clusters = [] })).Path);
    }
}
