using System.Net;
using AppStack.Operations.Verification;
using AppStack.Ssh;
using AppStack.Stacks.Environments.Descriptors;
using Moq;

namespace AppStack.Operations.Tests.Verification;

public sealed class ServiceRoutesTests
{
    private const string Told = """
        @@section kubernetes
        now 1795704844
        route dilosi-1 live=yes {"service":"dilosi","hosts":["dilosi.example","www.dilosi.example"],"paths":["/api","/"],"secret":"tls-dilosi"}
        route plain-1 live=yes {"service":"plain","hosts":["plain.example"],"paths":["/"]}
        authority UEVN

        @@exit 0
        """;

    private static readonly NodeExpectation Client = new() { Name = "city-client-1", Role = NodeRole.Client };

    private static readonly NodeExpectation ControlPlane = new()
    {
        Name = "gov-cp-1",
        Role = NodeRole.ControlPlane,
        Kubernetes = new("1.20.2", ["gov-cp-1"], ["gov-cp-1"]) { Doors = [IPEndPoint.Parse("10.90.100.1:443")] },
    };

    [Fact]
    public void Every_host_with_TLS_is_asked_for_under_its_name_by_a_client_that_trusts_the_authority()
    {
        var routes = ServiceRoutes.Of(ControlPlane, ProbeOutput.Parse(Told)).ToList();

        var script = ServiceRoutes.Script(routes);

        Assert.Equal(["https://dilosi.example:443/api", "https://www.dilosi.example:443/api"], routes.Select(route => route.Url));
        Assert.Contains("--resolve 'dilosi.example:443:10.90.100.1'", script, StringComparison.Ordinal);
        Assert.Contains("\nUEVN\n", script, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("404", 0, true, "https://dilosi.example:443/api through 10.90.100.1 answers 404, with a valid certificate")]
    [InlineData("503", 0, false, "https://dilosi.example:443/api through 10.90.100.1: status 503")]
    [InlineData("curl: (60) SSL certificate problem: certificate has expired", 60, false, "https://dilosi.example:443/api through 10.90.100.1: curl: (60) SSL certificate problem: certificate has expired")]
    public async Task A_service_that_is_not_answered_is_off(string answer, int exitCode, bool ok, string detail)
    {
        var ssh = new Mock<ISshClient>();
        ssh.Setup(client => client.RunAsync(It.IsAny<SshEndpoint>(), It.IsAny<SshCommand>(), It.IsAny<CancellationToken>()))
            .Returns((SshEndpoint endpoint, SshCommand command, CancellationToken _) => Task.FromResult(SshResult.Of(
                0, endpoint.Name == ControlPlane.Name ? Told : $"@@section 0\n{answer}\n@@exit {exitCode}\n@@section 1\n200\n@@exit 0\n")));
        NodeExpectation[] nodes = [Client, ControlPlane];

        var report = await new Verifier(ssh.Object, nodes, nodes.ToDictionary(node => node.Name, node => new SshEndpoint { Host = "192.0.2.1", HostKeys = ["ssh-ed25519 AAAA"], Name = node.Name })).RunAsync(default);

        var checks = report.Checks.Where(check => check.Name == "service").ToList();
        Assert.Equal((2, ok, detail), (checks.Count, checks[0].Ok, checks[0].Detail));
        Assert.True(checks[1].Ok);
    }
}
