using AppStack.Ssh;
using AppStack.Ssh.Connections;

namespace AppStack.Engine.Providers.Tests.Ssh;

public sealed class SshDiagnosisTests
{
    private static readonly SshEndpoint Node = new() { Host = "10.0.0.9", Name = "db-1", HostKeys = [SshHostKeyTests.Example] };

    [Theory]
    [InlineData("ssh: connect to host 10.0.0.9 port 22: No route to host", SshFailure.Unreachable)]
    [InlineData("ssh: Could not resolve hostname db-1: Name or service not known", SshFailure.Unreachable)]
    [InlineData("kex_exchange_identification: Connection closed by remote host", SshFailure.Unreachable)]
    [InlineData("root@10.0.0.9: Permission denied (publickey).", SshFailure.AuthenticationFailed)]
    [InlineData("Received disconnect from 10.0.0.9 port 22:2: Too many authentication failures", SshFailure.AuthenticationFailed)]
    [InlineData("Load key \"/run/x.key\": error in libcrypto\nroot@10.0.0.9: Permission denied (publickey).", SshFailure.InvalidKey)]
    [InlineData("Unable to negotiate with 10.0.0.9 port 22: no matching host key type found. Their offer: rsa-sha2-512", SshFailure.HostKeyChanged)]
    [InlineData("Host key verification failed.", SshFailure.HostKeyChanged)]
    [InlineData("setsid: failed to execute ssh: No such file or directory", SshFailure.ClientMissing)]
    [InlineData("", SshFailure.Unreachable)]
    public void Diagnose_tells_the_cause_and_names_the_node(string stderr, SshFailure expected)
    {
        var exception = SshDiagnosis.Diagnose(Node, stderr);

        Assert.Equal(expected, exception.Failure);
        Assert.Contains("db-1 (10.0.0.9:22)", exception.Message, StringComparison.Ordinal);
        Assert.False(exception.OutcomeUnknown);
    }

    [Fact]
    public void An_endpoint_never_shows_its_credentials()
    {
        var endpoint = Node with { PrivateKey = "KEY", Password = "PASSWORD", PrivateKeyPassphrase = "PHRASE" };

        Assert.Equal("root@db-1 (10.0.0.9:22)", endpoint.ToString());
        Assert.Equal("root@db-1 (10.0.0.9:22)", $"{endpoint}");
    }

    [Fact]
    public void Equal_endpoints_are_equal_whoever_made_them()
    {
        var other = new SshEndpoint { Host = "10.0.0.9", Name = "db-1", HostKeys = [SshHostKeyTests.Example] };

        Assert.Equal(Node, other);
        Assert.Equal(Node.GetHashCode(), other.GetHashCode());
        Assert.NotEqual(Node, other with { HostKeys = [] });
    }

    [Theory]
    [InlineData(0, "ConnectTimeout=none")]
    [InlineData(7, "ConnectTimeout=7")]
    public void Arguments_hold_the_limit_of_an_attempt(int seconds, string expected)
    {
        var endpoint = Node with { ConnectTimeout = TimeSpan.FromSeconds(seconds) };
        using var directory = new RuntimeDirectory();

        Assert.Contains(expected, MasterArguments.Render(endpoint, new SshClientOptions(), ConnectionFiles.Write(directory, endpoint, proxySocketPath: null)));
    }

    [Theory]
    [InlineData("Enter passphrase for key '/run/x.key': ", "the phrase")]
    [InlineData("root@node's password: ", "the password")]
    [InlineData("(root@node) Password: ", "the password")]
    public async Task What_ssh_asks_for_is_what_it_gets(string prompt, string expected)
    {
        using var directory = new RuntimeDirectory();
        var files = ConnectionFiles.Write(directory, Node with { Password = "the password", PrivateKeyPassphrase = "the phrase" }, proxySocketPath: null);
        using var answering = ProcessGroup.Start(files.AskPassPath!, [prompt]);
        using var answer = new StreamReader(answering.Stdout);

        Assert.Equal(expected + "\n", await answer.ReadToEndAsync());
        files.RemoveCredentials();
        Assert.Empty(Directory.GetFiles(directory.Path));
    }

    [Fact]
    public void Arguments_hold_no_secret_and_pin_the_type_of_the_host_key()
    {
        var endpoint = Node with { PrivateKey = "KEYTEXT", Password = "PASSWORD", PrivateKeyPassphrase = "PHRASE" };
        using var directory = new RuntimeDirectory();
        var files = ConnectionFiles.Write(directory, endpoint, proxySocketPath: null);

        var arguments = string.Join(' ', MasterArguments.Render(endpoint, new SshClientOptions(), files));

        Assert.DoesNotContain("KEYTEXT", arguments, StringComparison.Ordinal);
        Assert.DoesNotContain("PASSWORD", arguments, StringComparison.Ordinal);
        Assert.DoesNotContain("PHRASE", arguments, StringComparison.Ordinal);
        Assert.Contains("StrictHostKeyChecking=yes", arguments, StringComparison.Ordinal);
        Assert.Contains("HostKeyAlgorithms=ssh-ed25519", arguments, StringComparison.Ordinal);
        Assert.Contains("IdentityAgent=none", arguments, StringComparison.Ordinal);
        Assert.All(Directory.GetFiles(directory.Path), path => Assert.Equal((UnixFileMode)0, File.GetUnixFileMode(path) & (UnixFileMode)0b111_111));
    }
}
