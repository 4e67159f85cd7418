using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using AppStack.Operations.Verification;
using AppStack.Ssh;
using AppStack.Stacks.Environments.Descriptors;
using AppStack.Testing;
using Moq;

namespace AppStack.Operations.Tests.Verification;

public sealed class VerifierTests
{
    internal static NodeExpectation Pooler { get; } = new()
    {
        Name = "main-pooler-1",
        Role = NodeRole.Pooler,
        Endpoints = [new(IPEndPoint.Parse("192.0.2.5:6432"), "benefits", ReadOnly: false), new(IPEndPoint.Parse("192.0.2.5:6432"), "benefits", ReadOnly: true)],
    };

    private static readonly SshEndpoint Endpoint = new() { Host = "192.0.2.1", HostKeys = ["ssh-ed25519 AAAA"] };

    [Fact]
    public async Task RunAsync_OneRoundTripPerNode_AllOk()
    {
        var ssh = new Mock<ISshClient>();
        foreach (var node in ProbeData.All)
        {
            ssh.Setup(client => client.RunAsync(It.Is<SshEndpoint>(endpoint => endpoint.Name == node.Name), It.IsAny<SshCommand>(), It.IsAny<CancellationToken>()))
                .ReturnsAsync(Result(ProbeData.Read(node)));
        }

        var report = await Verifier(ssh.Object).RunAsync(default);

        Assert.True(report.Ok);
        ssh.Verify(
            client => client.RunAsync(It.IsAny<SshEndpoint>(), It.IsAny<SshCommand>(), It.IsAny<CancellationToken>()), Times.Exactly(ProbeData.All.Count));
    }

    [Fact]
    public async Task RunAsync_UnreachableNode_IsOffAndTheOthersAreStillLookedAt()
    {
        var ssh = new Mock<ISshClient>();
        ssh.Setup(client => client.RunAsync(It.IsAny<SshEndpoint>(), It.IsAny<SshCommand>(), It.IsAny<CancellationToken>()))
            .Returns((SshEndpoint endpoint, SshCommand _, CancellationToken _) => endpoint.Name == "lb1"
                ? throw new SshException(SshFailure.HostKeyChanged, endpoint, "lb1: the host key has changed")
                : Task.FromResult(Result(ProbeData.Read(ProbeData.All.Single(node => node.Name == endpoint.Name)))));

        var report = await Verifier(ssh.Object).RunAsync(default);

        var off = Assert.Single(report.Off);
        Assert.Equal(("ssh", "lb1"), (off.Name, off.Node));
        Assert.Contains("the host key has changed", off.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_Pooler_IsLoggedInToAtEachEndpointWithWhatItHas()
    {
        using var authority = new TestAuthority();
        var tried = new ConcurrentQueue<string>();
        var report = await Verifier(Ssh($"appstack_verify_readonly_a\nsecretsecret\n{authority.Certificate}"), [Pooler], endpoint =>
        {
            tried.Enqueue(endpoint.Name);
            return new LoginOutcome(LoginFailure.None, 2, endpoint.ReadOnly);
        }).RunAsync(default);

        Assert.Equal(["benefits", "benefits_ro"], tried.Order(StringComparer.Ordinal));
        Assert.Equal(["benefits", "benefits_ro"], report.Checks.Where(check => check is { Name: "login", Ok: true }).Select(check => check.About));
        Assert.DoesNotContain("secretsecret", VerifyReportWriter.ToJson(report), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cat: /etc/appstack/pooler/verification: No such file or directory")]
    [InlineData("appstack_verify_readonly_a\nsecretsecret\nno certificate")]
    public async Task RunAsync_PoolerWithoutALogin_IsOff(string found)
    {
        var report = await Verifier(Ssh(found), [Pooler], _ => throw new InvalidOperationException("Nothing can be tried.")).RunAsync(default);

        var login = Assert.Single(report.Checks, check => check.Name == "login");
        Assert.Contains("`appstack up` gives it both", login.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("secretsecret", VerifyReportWriter.ToJson(report), StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_without_checks_is_not_ok() => Assert.False(new VerifyReport([], 0).Ok);

    [Fact]
    public void The_report_as_JSON() => Snapshot.Verify(
        VerifyReportWriter.ToJson(new VerifyReport([new("ssh", "lb1", Ok: true, "root@192.0.2.1 answers", 12.34), new("bgp", "lb1", Ok: false, "router: Active", 12.34)], 20)),
        "json");

    private static ISshClient Ssh(string login)
    {
        var ssh = new Mock<ISshClient>();
        ssh.Setup(client => client.RunAsync(It.IsAny<SshEndpoint>(), It.IsAny<SshCommand>(), It.IsAny<CancellationToken>())).ReturnsAsync(Result($"@@section pooler login\n{login}\n@@exit 0\n"));
        return ssh.Object;
    }

    private static Verifier Verifier(ISshClient ssh, IReadOnlyList<NodeExpectation> nodes, Func<PoolerEndpoint, LoginOutcome> login) =>
        new(ssh, nodes, nodes.ToImmutableDictionary(node => node.Name, node => Endpoint with { Name = node.Name })) { TryAsync = (_, endpoint, _) => Task.FromResult(login(endpoint)) };

    private static Verifier Verifier(ISshClient ssh) => new(
        ssh, ProbeData.All, ProbeData.All.ToImmutableDictionary(node => node.Name, node => Endpoint with { Name = node.Name }));

    private static SshResult Result(string stdout) => SshResult.Of(0, stdout);
}
