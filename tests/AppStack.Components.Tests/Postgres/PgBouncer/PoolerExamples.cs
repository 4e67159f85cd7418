using AppStack.Components.Postgres;
using AppStack.Components.Postgres.PgBouncer;

namespace AppStack.Components.Tests.Postgres.PgBouncer;

internal static class PoolerExamples
{
    public static PgBouncerGroupSpec Group { get; } = new()
    {
        Name = "main",
        Poolers = [new() { Name = "main-pooler-1", Address = "10.1.0.46" }, new() { Name = "main-pooler-2", Address = "10.1.0.47" }],
        Servers = [new() { Name = "main-db-1", Address = "10.1.0.41" }, new() { Name = "main-db-2", Address = "10.1.0.42" }, new() { Name = "main-db-3", Address = "10.1.0.43" }],
        FirstLeader = "main-db-1",
        Databases = [new() { Name = "benefits", PoolSize = 20, ReadOnlyPoolSize = 10 }, new() { Name = "registry", ReadOnlyPoolSize = 0 }],
        ClientNetworks = ["10.1.0.0/24", "fd00:1::/64"],
        Access = new() { ManagementNetworks = ["10.1.9.0/24"], MonitoringNetworks = ["10.1.8.7/32"] },
        MaxConnections = 106,
        Rto = RecoveryTimePromise.Fast,
    };

    public static PgBouncerSecrets Secrets { get; } = new("(authority)\n", "(certificate)\n", "(private key)\n", "lookup", new("appstack_verify_readonly_a", "trying"));
}
