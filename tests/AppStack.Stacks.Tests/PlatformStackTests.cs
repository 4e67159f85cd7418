using System.Collections.Concurrent;
using System.Collections.Immutable;
using Pulumi;
using Pulumi.Testing;

namespace AppStack.Stacks.Tests;

public sealed class PlatformStackTests
{
    [Fact]
    public async Task Local_MakesItsMachinesAndPutsRolesOnThem()
    {
        var mocks = new Recorder();

        await RunAsync(mocks, "local");

        var machines = mocks.Names("appstack:lab:Machine");
        Assert.Equal(
            [
                "lab-city-client-1", "lab-edge-lb-1", "lab-edge-lb-2", "lab-fabric-router-1", "lab-gov-cp-1", "lab-gov-worker-1", "lab-gov-worker-2",
                "lab-main-db-1", "lab-main-db-2", "lab-main-db-3", "lab-main-pooler-1", "lab-main-pooler-2", "lab-store-registry-1", "lab-vault-backup-1",
                "lab-vault-restore-1", "lab-watch-monitor-1",
            ],
            machines);
        Assert.Equal(["gov"], mocks.Names("appstack:kubernetes:Cluster"));
        Assert.Equal(["main-dilosi"], mocks.Names("appstack:postgres:Database"));
        Assert.Equal(["main-dilosi-migration", "main-dilosi-readonly", "main-dilosi-runtime", "main-verification"], mocks.Names("appstack:postgres:DatabaseRole"));
        Assert.Equal(["watch-monitor-1"], mocks.Names("appstack:monitoring:MonitoringServer"));
        Assert.Equal(["store-registry-1"], mocks.Names("appstack:registry:ImageRegistry"));
        Assert.Equal(15, mocks.Names("appstack:monitoring:NodeMetrics").Length);
        Assert.Equal(16, mocks.Names("appstack:nodes:BareMetalNode").Length);
        Assert.NotEmpty(mocks.Names("command:remote:Command"));
    }

    [Fact]
    public async Task Edge_HasWebServersInsteadOfACluster()
    {
        var mocks = new Recorder();

        await RunAsync(mocks, "edge");

        Assert.Equal(["web-backend-1", "web-backend-2"], mocks.Names("appstack:loadbalancing:WebBackend"));
        Assert.Equal(2, mocks.Names("appstack:loadbalancing:LoadBalancer").Length);
        Assert.Empty(mocks.Names("appstack:kubernetes:Cluster"));
    }

    [Fact]
    public async Task ProductionExample_PreviewsWithoutKeyAndMakesNoMachine()
    {
        var mocks = new Recorder();

        await RunAsync(mocks, "prod.example");

        Assert.Empty(mocks.Names("appstack:lab:Machine"));
        Assert.All(mocks.Names("command:local:Command"), name => Assert.Matches("^(databases|monitoring|services)-authority-key$|-certificate$", name));
        Assert.Equal(37, mocks.Names("appstack:nodes:BareMetalNode").Length);
        Assert.Equal(["docs-poolers", "registry-poolers", "sessions-poolers"], mocks.Names("appstack:postgres:PgBouncerGroup"));
        Assert.Equal(["gov", "reg"], mocks.Names("appstack:kubernetes:Cluster"));
    }

    [Fact]
    public async Task Environment_without_descriptor_is_refused_with_what_was_meant()
    {
        var exception = await Assert.ThrowsAnyAsync<Exception>(() => RunAsync(new Recorder(), "lcoal"));

        Assert.Contains("did you mean local?", exception.ToString(), StringComparison.Ordinal);
    }

    private static Task<ImmutableArray<Resource>> RunAsync(IMocks mocks, string environment) => Deployment.TestAsync<PlatformStack>(mocks, new TestOptions
    {
        ProjectName = "appstack",
        StackName = environment,
        RootDirectory = RepositoryFiles.Of(),
        IsPreview = true,
    });

    /// <summary>Remembers what was declared; commands print what the lab's script, openssl or a control plane prints.</summary>
    private sealed class Recorder : IMocks
    {
        private readonly ConcurrentBag<MockResourceArgs> _declared = [];

        public string[] Names(string type) => [.. _declared.Where(found => found.Type == type).Select(found => found.Name!).Order(StringComparer.Ordinal)];

        public Task<(string? id, object state)> NewResourceAsync(MockResourceArgs args)
        {
            _declared.Add(args);
            var create = args.Inputs.TryGetValue("create", out var found) ? (string)found : "";
            var state = args.Inputs.SetItem("stdout", create switch
            {
                _ when create.Contains("openssl", StringComparison.Ordinal) => "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
                _ when create.EndsWith("appstack-kubernetes init", StringComparison.Ordinal) => $$$"""{"clusters":[{"name":"{{{args.Name!.Split('-')[0]}}}","cluster":{}}]}""",
                _ => """{"publicKey":"ssh-ed25519 AAAA","hostKey":"ssh-ed25519 AAAA","diskId":"1"}""",
            });
            return Task.FromResult<(string?, object)>(($"{args.Name}-id", state));
        }

        public Task<object> CallAsync(MockCallArgs args) => Task.FromResult<object>(args.Args);
    }
}
