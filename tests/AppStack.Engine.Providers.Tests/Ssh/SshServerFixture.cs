using AppStack.Ssh;
using AppStack.Testing;

namespace AppStack.Engine.Providers.Tests.Ssh;

/// <summary>One server for all tests of a class.</summary>
public sealed class SshServerFixture : IAsyncLifetime
{
    public SshServer Server { get; private set; } = null!;

    public SshEndpoint Node => Endpoint(Server);

    public static SshEndpoint Endpoint(SshServer server) => new()
    {
        Host = SshServer.Host,
        Port = server.Port,
        User = SshServer.User,
        Name = "node-1",
        PrivateKey = server.PrivateKey,
        HostKeys = [server.HostKey],
        DialErrorLimit = 0,
    };

    public async Task InitializeAsync() => Server = await SshServer.StartAsync("AcceptEnv GOOD_* PULUMI_COMMAND_*");

    public async Task DisposeAsync() => await Server.DisposeAsync();
}
