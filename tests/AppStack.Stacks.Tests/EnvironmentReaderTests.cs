using AppStack.Stacks.Environments;
using AppStack.Stacks.Environments.Descriptors;
using AppStack.Stacks.Environments.Reading;
using AppStack.Testing;

namespace AppStack.Stacks.Tests;

public sealed class EnvironmentReaderTests
{
    [Theory]
    [InlineData("local")]
    [InlineData("edge")]
    [InlineData("prod.example")]
    public void ReadFile_CheckedInEnvironment_HasNoProblems(string name)
    {
        var environment = EnvironmentReader.ReadFile(Path.Combine(RepositoryFiles.Environments, name + ".yaml"));

        Assert.Equal(name, environment.Name);
    }

    [Fact]
    public void ReadFile_Local_DerivesNamesAndResolvesReferences()
    {
        var local = EnvironmentReader.ReadFile(Path.Combine(RepositoryFiles.Environments, "local.yaml"));

        Assert.Equal(
            ["city-client-1", "fabric-router-1", "edge-lb-1", "edge-lb-2", "gov-cp-1", "gov-worker-1", "gov-worker-2", "main-pooler-1", "main-pooler-2", "main-db-1", "main-db-2", "main-db-3", "vault-backup-1", "vault-restore-1", "store-registry-1", "watch-monitor-1"],
            local.Nodes.Select(node => node.Name));
        Assert.True(local.DrillsWelcome);
        var router = Assert.Single(local.NodesOf(NodeRole.Router));
        Assert.Equal(["rack", "city"], router.Interfaces.Select(found => found.Network.Name));
        var neighbour = Assert.Single(local.Edge!.Bgp.Neighbours);
        Assert.Same(router, neighbour.Node);
        Assert.Equal("10.87.0.254", neighbour.V4!.ToString());
        Assert.Equal(["gov-http", "gov-https"], local.Edge.Backends.Select(backend => backend.Name));
        Assert.All(local.Edge.Backends, backend => Assert.Equal(["gov-worker-1", "gov-worker-2"], backend.Servers.Select(node => node.Name)));
    }

    [Fact]
    public void ReadFile_ProductionExample_HasTheSizeThatItPromises()
    {
        var production = EnvironmentReader.ReadFile(Path.Combine(RepositoryFiles.Environments, "prod.example.yaml"));

        Assert.Equal(2, production.Nodes.Select(node => node.Site).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(4, production.NodesOf(NodeRole.LoadBalancer).Count());
        Assert.Equal(2, production.Clusters.Length);
        Assert.Equal(3, production.Databases.Length);
        Assert.All(production.Clusters, cluster => Assert.Equal(3, cluster.ControlPlanes.Length));
        Assert.All(production.Databases, database => Assert.Equal(1, (database.Servers.Length + database.Witnesses.Length) % 2));
    }

    [Fact]
    public void Read_BrokenDescriptor_ReportsEverythingAtOnce()
    {
        var file = RepositoryFiles.Of("tests", "AppStack.Stacks.Tests", "Descriptors", "broken.yaml");

        var exception = Assert.Throws<DescriptorException>(() => EnvironmentReader.ReadFile(file, "stacks/environments/broken.yaml"));

        Snapshot.Verify(exception.Message);
    }

    [Theory]
    [InlineData("", "1:1", "empty")]
    [InlineData("name: [", "2:1", "YAML")]
    [InlineData("name: &a local\n", "1:7", "anchors")]
    [InlineData("- local\n", "1:1", "a list stands where an object belongs")]
    [InlineData("name: local\n---\nname: other\n", "2:1", "second document")]
    public void Read_NotADescriptor_SaysWhereAndWhy(string text, string place, string expected)
    {
        var exception = Assert.Throws<DescriptorException>(() => EnvironmentReader.Read(new StringReader(text), "local", "local.yaml"));

        Assert.StartsWith("local.yaml:" + place, exception.Problems[0].Place, StringComparison.Ordinal);
        Assert.Contains(expected, exception.Problems[0].ToString(), StringComparison.Ordinal);
    }
}
