using AppStack.Engine.Model.Providers;
using AppStack.Engine.Model.Values;
using AppStack.Engine.Providers.Tests.Common;
using AppStack.Engine.Providers.Tests.Ssh;
using AppStack.Ssh;
using AppStack.Testing;

namespace AppStack.Engine.Providers.Tests.Command;

public sealed class RemoteCommandTests(SshServerFixture fixture) : CommandTests, IClassFixture<SshServerFixture>
{
    protected override string Type => "command:remote:Command";

    [Fact]
    public async Task The_connection_is_secret_as_a_whole_and_has_its_defaults()
    {
        var connection = ConnectionTo(fixture.Server).Without("port").Without("user").Without("dialErrorLimit");

        var inputs = await New().CheckAsync(PropertyMap.Of(("connection", PropertyValue.Of(connection.With("privateKey", PropertyValue.Of("k").AsSecret())))));

        var secret = Assert.IsType<PropertyValue.Secret>(inputs["connection"]);
        var members = Assert.IsType<PropertyValue.Map>(secret.Element).Members;
        Assert.False(members.ContainsSecrets);
        Assert.Equal(PropertyValue.Of(22), members["port"]);
        Assert.Equal(PropertyValue.Of("root"), members["user"]);
        Assert.Equal(PropertyValue.Of(10), members["dialErrorLimit"]);
        Assert.Equal(PropertyValue.Of(15), members["perDialTimeout"]);
    }

    [Fact]
    public async Task A_connection_without_a_host_key_is_refused_at_check()
    {
        var inputs = PropertyMap.Of(("connection", PropertyValue.Of(ConnectionTo(fixture.Server).Without("hostKey"))));

        var failure = Assert.Single(await New().FailuresAsync(inputs));

        Assert.Equal("connection.hostKey", failure.Property);
        Assert.Contains("command:insecureHostKeys", failure.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_proxy_without_a_host_key_is_refused_at_check()
    {
        var proxy = PropertyMap.Of(("host", PropertyValue.Of("bastion")));
        var inputs = PropertyMap.Of(("connection", PropertyValue.Of(ConnectionTo(fixture.Server).With("proxy", PropertyValue.Of(proxy)))));

        Assert.Equal("connection.proxy.hostKey", Assert.Single(await New().FailuresAsync(inputs)).Property);
    }

    [Fact]
    public async Task A_connection_without_a_host_key_works_where_the_configuration_says_so()
    {
        var configuration = await Provider.CheckConfigAsync(
            new CheckRequest("urn", "pulumi:providers:command", OldInputs: null, PropertyMap.Of(("insecureHostKeys", PropertyValue.Of("true")))), default);
        await Provider.ConfigureAsync(configuration.Inputs, default);

        var resource = await New().CreateAsync(PropertyMap.Of(
            ("connection", PropertyValue.Of(ConnectionTo(fixture.Server).Without("hostKey"))), ("create", PropertyValue.Of("echo trusting"))));

        Assert.Equal("trusting", resource.Text("stdout"));
    }

    [Fact]
    public async Task A_host_key_of_another_node_fails_without_anything_having_happened()
    {
        await using var other = await SshServer.StartAsync();
        var connection = ConnectionTo(fixture.Server).With("hostKey", PropertyValue.Of(other.HostKey));

        var exception = await Assert.ThrowsAsync<ProviderException>(
            () => New().CreateAsync(PropertyMap.Of(("connection", PropertyValue.Of(connection)), ("create", PropertyValue.Of("true")))));

        Assert.Equal(ProviderOutcome.Failed, exception.Outcome);
        Assert.Contains(SshClientTests.Fingerprint(other.HostKey), exception.Message, StringComparison.Ordinal);
        Assert.Contains(SshClientTests.Fingerprint(fixture.Server.HostKey), exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_connection_is_fine_in_a_preview()
    {
        var outputs = await New().PreviewAsync(PropertyMap.Of(("connection", PropertyValue.Unknown.Instance), ("create", PropertyValue.Of("true"))));

        Assert.IsType<PropertyValue.Unknown>(outputs["stdout"]);
    }

    [Fact]
    public async Task A_connection_with_unknown_parts_is_fine_in_a_preview()
    {
        var connection = PropertyMap.Of(("host", PropertyValue.Unknown.Instance), ("hostKey", PropertyValue.Unknown.Instance), ("privateKey", PropertyValue.Unknown.Instance.AsSecret()));

        var outputs = await New().PreviewAsync(PropertyMap.Of(("connection", PropertyValue.Of(connection)), ("create", PropertyValue.Of("true"))));

        Assert.True(outputs["connection"].ContainsUnknowns);
    }

    [Fact]
    public async Task Environment_that_sshd_refuses_fails_the_resource_before_it_runs()
    {
        var trace = Path.Combine(Shared, "trace");
        var inputs = Inputs(("create", $"touch {trace}")).With("environment", PropertyValue.Of(PropertyMap.Of(("BAD", PropertyValue.Of("1")))));

        var exception = await Assert.ThrowsAsync<ProviderException>(() => New().CreateAsync(inputs));

        Assert.Equal(ProviderOutcome.Failed, exception.Outcome);
        Assert.Contains("AcceptEnv", exception.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(trace));
    }

    [Fact]
    public async Task A_connection_lost_while_the_command_runs_leaves_the_outcome_unknown()
    {
        await using var server = await SshServer.StartAsync();
        var log = new RecordingLog();
        var running = New().CreateAsync(
            PropertyMap.Of(("connection", PropertyValue.Of(ConnectionTo(server))), ("create", PropertyValue.Of("echo begun; sleep 5"))), log: log);

        await log.First;
        server.KillConnections();

        var exception = await Assert.ThrowsAsync<ProviderException>(() => running);
        Assert.Equal(ProviderOutcome.Unknown, exception.Outcome);
    }

    [Fact]
    public async Task A_node_that_cannot_be_reached_fails_and_is_named()
    {
        var server = await SshServer.StartAsync();
        var connection = ConnectionTo(server);
        await server.DisposeAsync();

        var exception = await Assert.ThrowsAsync<ProviderException>(
            () => New().CreateAsync(PropertyMap.Of(("connection", PropertyValue.Of(connection)), ("create", PropertyValue.Of("true")))));

        Assert.Equal(ProviderOutcome.Failed, exception.Outcome);
        Assert.Contains($"127.0.0.1:{server.Port}", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_node_that_is_not_reached_within_the_time_limit_fails_and_nothing_has_happened()
    {
        var server = await SshServer.StartAsync();
        var connection = ConnectionTo(server).With("dialErrorLimit", PropertyValue.Of(-1));
        await server.DisposeAsync();

        var exception = await Assert.ThrowsAsync<ProviderException>(
            () => New().CreateAsync(
                PropertyMap.Of(("connection", PropertyValue.Of(connection)), ("create", PropertyValue.Of("true"))), TimeSpan.FromMilliseconds(300)));

        Assert.Equal(ProviderOutcome.Failed, exception.Outcome);
        Assert.Contains("not reached within", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_member_of_a_connection_and_of_its_proxy_is_used()
    {
        await using var ssh = new RecordingSsh();
        var provider = BuiltInProviders.Create(ssh).Single(provider => provider.Package == "command");
        PropertyMap Members(string of) => PropertyMap.Of(
            ("agentSocketPath", PropertyValue.Of($"/run/{of}.agent")),
            ("dialErrorLimit", PropertyValue.Of(of.Length)),
            ("host", PropertyValue.Of(of)),
            ("hostKey", PropertyValue.Of(fixture.Server.HostKey)),
            ("password", PropertyValue.Of($"password of {of}").AsSecret()),
            ("perDialTimeout", PropertyValue.Of(10 + of.Length)),
            ("port", PropertyValue.Of(2200 + of.Length)),
            ("privateKey", PropertyValue.Of($"key of {of}").AsSecret()),
            ("privateKeyPassword", PropertyValue.Of($"phrase of {of}").AsSecret()),
            ("user", PropertyValue.Of($"user-of-{of}")));
        SshEndpoint Endpoint(string of) => new()
        {
            AgentSocket = $"/run/{of}.agent",
            DialErrorLimit = of.Length,
            Host = of,
            HostKeys = [fixture.Server.HostKey.Trim()],
            Password = $"password of {of}",
            ConnectTimeout = TimeSpan.FromSeconds(10 + of.Length),
            Port = 2200 + of.Length,
            PrivateKey = $"key of {of}",
            PrivateKeyPassphrase = $"phrase of {of}",
            User = $"user-of-{of}",
        };

        await new Resource(provider, Type).CreateAsync(PropertyMap.Of(
            ("connection", PropertyValue.Of(Members("node").With("proxy", PropertyValue.Of(Members("bastion"))))), ("create", PropertyValue.Of("true"))));

        Assert.Equal(Endpoint("node") with { Proxy = Endpoint("bastion") }, Assert.Single(ssh.Endpoints));
    }

    [Fact]
    public async Task The_time_limit_is_that_of_the_whole_operation()
    {
        await using var ssh = new RecordingSsh();
        var provider = BuiltInProviders.Create(ssh).Single(provider => provider.Package == "command");

        await new Resource(provider, Type).CreateAsync(Inputs(("create", "true")), TimeSpan.FromMinutes(1));

        Assert.Equal(1, ssh.Connects);
        var command = Assert.Single(ssh.Commands);
        Assert.Equal(TimeSpan.FromMinutes(1), command.Timeout);
        Assert.InRange(command.TimeoutSpent, TimeSpan.FromTicks(1), TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task The_text_of_a_command_is_not_in_the_local_list_of_processes()
    {
        var word = $"word{Guid.NewGuid():N}";
        var log = new RecordingLog();
        var marker = Path.Combine(Shared, "go-on");

        // The node is this machine, so its shell shows; ssh must not.
        var running = New().CreateAsync(Inputs(("create", $"echo begun; : {word}; while [ ! -e {marker} ]; do sleep 0.02; done")), log: log);
        await log.First;
        var processes = SshClientTests.ProcessesWith(word);
        await File.WriteAllTextAsync(marker, "");
        await running;

        Assert.DoesNotContain(processes, process => process.StartsWith("ssh\0", StringComparison.Ordinal));
    }

    internal static PropertyMap ConnectionTo(SshServer server) => PropertyMap.Of(
        ("host", PropertyValue.Of(SshServer.Host)),
        ("port", PropertyValue.Of(server.Port)),
        ("user", PropertyValue.Of(SshServer.User)),
        ("privateKey", PropertyValue.Of(server.PrivateKey)),
        ("hostKey", PropertyValue.Of(server.HostKey)),
        ("dialErrorLimit", PropertyValue.Of(0)));

    private protected override PropertyValue? Connection() => PropertyValue.Of(ConnectionTo(fixture.Server));
}
