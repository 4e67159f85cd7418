using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using AppStack.Ssh;
using AppStack.Testing;

namespace AppStack.Engine.Providers.Tests.Ssh;

public sealed class SshClientTests(SshServerFixture fixture) : IClassFixture<SshServerFixture>, IAsyncDisposable
{
    private readonly SshClient _client = new();

    private SshEndpoint Node => fixture.Node;

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    [Fact]
    public async Task Output_and_exit_code_come_back()
    {
        var result = await _client.RunAsync(Node, "echo out; echo err >&2; exit 3");

        Assert.Equal(3, result.ExitCode);
        Assert.Equal("out\n", result.Stdout);
        Assert.Equal("err\n", result.Stderr);
        Assert.False(result.Succeeded);
    }

    [Fact]
    public async Task A_command_ended_by_a_signal_tells_which()
    {
        var result = await _client.RunAsync(Node, "kill -s KILL $$");

        Assert.Equal("KILL", result.Signal);
        Assert.Equal(137, result.ExitCode);
        Assert.False(result.Succeeded);
    }

    [Fact]
    public async Task EnsureSuccess_of_a_failed_command_shows_its_output()
    {
        var result = await _client.RunAsync(Node, "echo the daemon says no >&2; exit 4");

        var exception = Assert.Throws<SshCommandException>(() => result.EnsureSuccess("Checking the configuration"));
        Assert.Equal("Checking the configuration failed: exit code 4.\nthe daemon says no", exception.Message);
    }

    [Fact]
    public async Task Line_numbers_in_shell_errors_are_those_of_the_command()
    {
        var result = await _client.RunAsync(Node, "no_such_program_here");

        Assert.DoesNotContain("line 2", result.Stderr, StringComparison.Ordinal);
        Assert.Equal(127, result.ExitCode);
    }

    [Fact]
    public async Task Lines_are_told_while_the_command_runs()
    {
        var lines = new ConcurrentQueue<string>();
        var first = new TaskCompletionSource();
        var marker = Path.Combine(fixture.Server.Home, "go-on");
        var running = _client.RunAsync(Node, new SshCommand($"echo one; echo two >&2; while [ ! -e {marker} ]; do sleep 0.02; done; printf three")
        {
            OnStdoutLine = line =>
            {
                lines.Enqueue(line);
                first.TrySetResult();
            },
            OnStderrLine = lines.Enqueue,
        });

        await first.Task;
        Assert.False(running.IsCompleted);
        await File.WriteAllTextAsync(marker, "");
        await running;
        File.Delete(marker);

        Assert.Equal(["one", "three", "two"], lines.Order());
    }

    [Fact]
    public async Task Five_megabytes_of_binary_input_arrive_unchanged()
    {
        var content = RandomNumberGenerator.GetBytes(5 * 1024 * 1024);

        var result = await _client.RunAsync(Node, new SshCommand("cat") { Stdin = SshInput.Of(content) });

        Assert.True(result.StdoutBytes.Span.SequenceEqual(content));
    }

    [Fact]
    public async Task A_command_without_input_reads_the_end_at_once()
    {
        var result = await _client.RunAsync(Node, "cat; echo done");

        Assert.Equal("done\n", result.Stdout);
    }

    [Fact]
    public async Task A_command_that_does_not_read_its_input_ends_nevertheless()
    {
        var result = await _client.RunAsync(Node, new SshCommand("exit 5") { Stdin = SshInput.Of(new byte[8 * 1024 * 1024]) });

        Assert.Equal(5, result.ExitCode);
    }

    [Fact]
    public async Task Input_that_cannot_be_read_fails_and_ends_the_command()
    {
        var command = new SshCommand("cat > /dev/null") { Stdin = SshInput.Of(() => new BrokenStream()) };

        var exception = await Assert.ThrowsAnyAsync<Exception>(() => _client.RunAsync(Node, command));

        Assert.Contains("disk is on fire", exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Environment_that_sshd_accepts_reaches_the_command()
    {
        var result = await _client.RunAsync(Node, new SshCommand("printf %s \"$GOOD_ONE\"") { Environment = Variables(("GOOD_ONE", "a 'quoted' $value\nand more")) });

        Assert.Equal("a 'quoted' $value\nand more", result.Stdout);
    }

    [Fact]
    public async Task Environment_that_sshd_refuses_keeps_the_command_from_running()
    {
        var trace = Path.Combine(fixture.Server.Home, "ran-with-refused-environment");
        var command = new SshCommand($"touch {trace}") { Environment = Variables(("BAD_ONE", "1"), ("GOOD_ONE", "1")) };

        var exception = await Assert.ThrowsAsync<SshException>(() => _client.RunAsync(Node, command));

        Assert.Equal(SshFailure.EnvironmentRefused, exception.Failure);
        Assert.Contains("BAD_ONE", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("GOOD_ONE", exception.Message, StringComparison.Ordinal);
        Assert.Contains("AcceptEnv", exception.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(trace));
    }

    [Fact]
    public async Task Optional_environment_that_sshd_refuses_is_told()
    {
        var result = await _client.RunAsync(Node, new SshCommand("echo ${BAD_ONE-none}") { OptionalEnvironment = Variables(("BAD_ONE", "1")) });

        Assert.Equal("none\n", result.Stdout);
        Assert.Equal("BAD_ONE", Assert.Single(result.RefusedEnvironment));
    }

    [Fact]
    public async Task Commands_of_one_endpoint_share_a_connection()
    {
        await using var server = await SshServer.StartAsync();
        var node = SshServerFixture.Endpoint(server);

        for (var i = 0; i < 5; i++)
        {
            await _client.RunAsync(node, "true");
        }

        await _client.RunAsync(SshServerFixture.Endpoint(server), "true");
        Assert.Equal(1, server.AcceptedConnections);
    }

    [Fact]
    public async Task Fifty_commands_at_once_run_over_at_most_three_connections()
    {
        await using var server = await SshServer.StartAsync();
        var node = SshServerFixture.Endpoint(server);

        var results = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => _client.RunAsync(node, $"echo {i}; sleep 0.05")));

        Assert.Equal(Enumerable.Range(0, 50).Select(i => $"{i}\n"), results.Select(result => result.Stdout));
        Assert.InRange(server.AcceptedConnections, 1, 3);
    }

    [Fact]
    public async Task A_server_with_few_sessions_makes_commands_wait()
    {
        await using var server = await SshServer.StartAsync("MaxSessions 2");
        var node = SshServerFixture.Endpoint(server);

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => _client.RunAsync(node, $"echo {i}")));

        Assert.All(results, result => Assert.True(result.Succeeded));
    }

    [Fact]
    public async Task A_server_without_any_session_is_refused_with_a_reason()
    {
        await using var server = await SshServer.StartAsync("MaxSessions 0");

        var exception = await Assert.ThrowsAsync<SshException>(() => _client.RunAsync(SshServerFixture.Endpoint(server), "true"));

        Assert.Equal(SshFailure.SessionRefused, exception.Failure);
    }

    [Fact]
    public async Task A_missing_host_key_is_refused_before_anything_is_sent()
    {
        var exception = await Assert.ThrowsAsync<SshException>(() => _client.RunAsync(Node with { HostKeys = [] }, "true"));

        Assert.Equal(SshFailure.HostKeyMissing, exception.Failure);
        Assert.Contains("node-1", exception.Message, StringComparison.Ordinal);
        Assert.Contains("ssh_host_ed25519_key.pub", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_key_that_cannot_be_read_is_refused()
    {
        var exception = await Assert.ThrowsAsync<SshException>(() => _client.RunAsync(Node with { HostKeys = ["AAAAC3Nza"] }, "true"));

        Assert.Equal(SshFailure.HostKeyMissing, exception.Failure);
    }

    [Fact]
    public async Task An_unknown_host_key_works_where_the_endpoint_says_so()
    {
        var result = await _client.RunAsync(Node with { HostKeys = [], AllowUnknownHostKey = true }, "echo trusting");

        Assert.Equal("trusting\n", result.Stdout);
    }

    [Fact]
    public async Task A_changed_host_key_names_the_node_and_both_fingerprints()
    {
        await using var other = await SshServer.StartAsync();

        var exception = await Assert.ThrowsAsync<SshException>(() => _client.RunAsync(Node with { HostKeys = [other.HostKey] }, "true"));

        Assert.Equal(SshFailure.HostKeyChanged, exception.Failure);
        Assert.Contains("node-1", exception.Message, StringComparison.Ordinal);
        Assert.Contains(Fingerprint(other.HostKey), exception.Message, StringComparison.Ordinal);
        Assert.Contains(Fingerprint(fixture.Server.HostKey), exception.Message, StringComparison.Ordinal);
        Assert.False(exception.OutcomeUnknown);
    }

    [Fact]
    public async Task A_node_without_a_key_of_the_pinned_type_is_refused()
    {
        const string Rsa = "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQC7vbqajDw4o6gJy8UtmIbkcpnkO3Kwc4qsEnSZp/TR+fQi62F79RHWmwKOtFmwteURgLbj7D/WGuNLGOfa/2vse3G2eHnHl5CB8ruRX9fBl/KgwCVr2JaEuUm66bBQeP5XeBotdR4cvX38uPYivCDdPjJ1QWPdspTBKcxeFbccDw==";

        var exception = await Assert.ThrowsAsync<SshException>(() => _client.RunAsync(Node with { HostKeys = [Rsa] }, "true"));

        Assert.Equal(SshFailure.HostKeyChanged, exception.Failure);
        Assert.Contains("ssh-ed25519", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_the_node_does_not_know_is_an_authentication_failure()
    {
        var key = await SshServer.MakeUnknownKeyAsync();

        var exception = await Assert.ThrowsAsync<SshException>(() => _client.RunAsync(Node with { PrivateKey = key, DialErrorLimit = 10 }, "true"));

        Assert.Equal(SshFailure.AuthenticationFailed, exception.Failure);
    }

    [Fact]
    public async Task A_key_that_is_no_key_is_told_as_such()
    {
        var exception = await Assert.ThrowsAsync<SshException>(() => _client.RunAsync(Node with { PrivateKey = "not a key" }, "true"));

        Assert.Equal(SshFailure.InvalidKey, exception.Failure);
        Assert.DoesNotContain("not a key", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_encrypted_key_works_with_its_passphrase()
    {
        var node = Node with { PrivateKey = fixture.Server.EncryptedPrivateKey, PrivateKeyPassphrase = fixture.Server.Passphrase };

        Assert.Equal("in\n", (await _client.RunAsync(node, "echo in")).Stdout);
    }

    [Fact]
    public async Task An_encrypted_key_with_a_wrong_passphrase_is_told_as_such()
    {
        var node = Node with { PrivateKey = fixture.Server.EncryptedPrivateKey, PrivateKeyPassphrase = "wrong" };

        var exception = await Assert.ThrowsAsync<SshException>(() => _client.RunAsync(node, "true"));

        Assert.Contains(exception.Failure, new[] { SshFailure.InvalidKey, SshFailure.AuthenticationFailed });
        Assert.DoesNotContain("wrong", exception.Message.Replace("is wrong", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_in_an_agent_works()
    {
        var directory = Directory.CreateTempSubdirectory("appstack-agent-").FullName;
        var socket = Path.Combine(directory, "agent");
        using var agent = ProcessGroup.Start("ssh-agent", ["-D", "-a", socket]);
        using var output = new StreamReader(agent.Stdout);
        Assert.Contains("SSH_AUTH_SOCK", await output.ReadLineAsync(), StringComparison.Ordinal);
        using var adding = ProcessGroup.Start("ssh-add", ["-q", "-"], [new("SSH_AUTH_SOCK", socket)]);
        await using (var input = new StreamWriter(adding.Stdin))
        {
            await input.WriteAsync(fixture.Server.PrivateKey);
        }

        await adding.WaitForExitAsync();

        Assert.Equal("in\n", (await _client.RunAsync(Node with { PrivateKey = null, AgentSocket = socket }, "echo in")).Stdout);
        agent.ForceEnd();
        await agent.WaitForExitAsync();
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task A_key_pasted_with_carriage_returns_and_without_a_last_line_feed_works()
    {
        var key = fixture.Server.PrivateKey.Trim().Replace("\n", "\r\n", StringComparison.Ordinal);

        Assert.True((await _client.RunAsync(Node with { PrivateKey = key }, "true")).Succeeded);
    }

    [Fact]
    public async Task A_node_that_does_not_answer_is_tried_again_as_often_as_the_limit_says()
    {
        var server = await SshServer.StartAsync();
        var node = SshServerFixture.Endpoint(server) with { DialErrorLimit = 2 };
        await server.StopAsync();
        var retries = 0;
        await using var client = new SshClient(new SshClientOptions { OnRetry = (_, _) => retries++ });

        var exception = await Assert.ThrowsAsync<SshException>(() => client.RunAsync(node, "true"));

        Assert.Equal(SshFailure.Unreachable, exception.Failure);
        Assert.Contains("Connection refused", exception.Message, StringComparison.Ordinal);
        Assert.Equal(2, retries);
        await server.DisposeAsync();
    }

    [Fact]
    public async Task A_node_that_accepts_the_connection_and_says_nothing_is_given_up_on_after_the_limit_of_an_attempt()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var node = Node with { Port = ((IPEndPoint)silent.LocalEndpoint).Port, ConnectTimeout = TimeSpan.FromSeconds(1), DialErrorLimit = 0 };

        var exception = await Assert.ThrowsAsync<SshException>(() => _client.RunAsync(node, "true"));

        Assert.Equal(SshFailure.Unreachable, exception.Failure);
        Assert.False(exception.OutcomeUnknown);
    }

    [Fact]
    public async Task A_node_that_comes_up_while_it_is_tried_is_used()
    {
        await using var server = await SshServer.StartAsync();
        await server.StopAsync();
        var failed = new TaskCompletionSource();
        await using var client = new SshClient(new SshClientOptions { OnRetry = (_, _) => failed.TrySetResult() });

        var running = client.RunAsync(SshServerFixture.Endpoint(server) with { DialErrorLimit = -1 }, "echo up");
        await failed.Task;
        await server.RestartAsync();

        Assert.Equal("up\n", (await running).Stdout);
    }

    [Fact]
    public async Task Cancelling_ends_the_attempts_to_reach_a_node()
    {
        var server = await SshServer.StartAsync();
        await server.StopAsync();
        using var cancel = new CancellationTokenSource();
        await using var client = new SshClient(new SshClientOptions { OnRetry = (_, _) => cancel.Cancel() });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => client.RunAsync(SshServerFixture.Endpoint(server) with { DialErrorLimit = -1 }, new SshCommand("true"), cancel.Token));

        await server.DisposeAsync();
    }

    [Fact]
    public async Task A_connection_cut_off_while_a_command_runs_leaves_its_outcome_unknown()
    {
        await using var server = await SshServer.StartAsync();
        var started = new TaskCompletionSource();
        var running = _client.RunAsync(SshServerFixture.Endpoint(server), new SshCommand("echo started; sleep 5") { OnStdoutLine = _ => started.TrySetResult() });

        await started.Task;
        server.KillConnections();
        var exception = await Assert.ThrowsAsync<SshException>(() => running);

        Assert.Equal(SshFailure.ConnectionLost, exception.Failure);
        Assert.True(exception.OutcomeUnknown);
        Assert.Contains("started", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_node_that_falls_silent_while_a_command_runs_counts_as_lost()
    {
        await using var server = await SshServer.StartAsync();
        await using var client = new SshClient(new SshClientOptions { KeepAliveInterval = TimeSpan.FromSeconds(1), KeepAliveCount = 1 });
        var started = new TaskCompletionSource();
        var running = client.RunAsync(SshServerFixture.Endpoint(server), new SshCommand("echo started; sleep 20") { OnStdoutLine = _ => started.TrySetResult() });

        await started.Task;
        await server.FreezeConnectionsAsync();

        var exception = await Assert.ThrowsAsync<SshException>(() => running);
        Assert.Equal(SshFailure.ConnectionLost, exception.Failure);
        Assert.Contains("not responding", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_next_command_after_a_lost_connection_connects_anew()
    {
        await using var server = await SshServer.StartAsync();
        var node = SshServerFixture.Endpoint(server);
        await _client.RunAsync(node, "true");

        server.KillConnections();

        Assert.True((await _client.RunAsync(node, "true")).Succeeded);
        Assert.Equal(2, server.AcceptedConnections);
    }

    [Fact]
    public async Task A_command_that_takes_too_long_is_ended_with_its_children()
    {
        var word = $"31{System.Random.Shared.Next(100000, 999999)}";

        var exception = await Assert.ThrowsAsync<SshException>(
            () => _client.RunAsync(Node, new SshCommand($"echo working; sleep {word} & sleep {word}; echo never") { Timeout = TimeSpan.FromMilliseconds(400) }));

        Assert.Equal(SshFailure.TimedOut, exception.Failure);
        Assert.Contains("was ended", exception.Message, StringComparison.Ordinal);
        Assert.Contains("working", exception.Message, StringComparison.Ordinal);
        Assert.Empty(ProcessesWith(word));
    }

    [Fact]
    public async Task A_command_that_ignores_being_asked_to_end_is_killed()
    {
        var word = $"32{System.Random.Shared.Next(100000, 999999)}";
        await using var client = new SshClient(new SshClientOptions { EndGracePeriod = TimeSpan.FromMilliseconds(300) });

        await Assert.ThrowsAsync<SshException>(
            () => client.RunAsync(Node, new SshCommand($"trap '' TERM; while :; do sleep {word}; done") { Timeout = TimeSpan.FromMilliseconds(300) }));

        Assert.Empty(ProcessesWith(word));
    }

    [Fact]
    public async Task A_cancelled_command_is_ended_on_the_node()
    {
        var word = $"33{System.Random.Shared.Next(100000, 999999)}";
        using var cancel = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _client.RunAsync(Node, new SshCommand($"echo started; sleep {word}") { OnStdoutLine = _ => cancel.Cancel() }, cancel.Token));

        Assert.Empty(ProcessesWith(word));
    }

    [Fact]
    public async Task A_node_behind_a_proxy_is_reached_through_it()
    {
        await using var inner = await SshServer.StartAsync();
        await using var proxy = await SshServer.StartAsync();
        var node = SshServerFixture.Endpoint(inner) with { Proxy = SshServerFixture.Endpoint(proxy) with { Name = "proxy" } };

        var result = await _client.RunAsync(node, "echo $SSH_CONNECTION");

        Assert.Contains($" {inner.Port}", result.Stdout, StringComparison.Ordinal);
        Assert.Equal(1, proxy.AcceptedConnections);
        Assert.Equal(1, inner.AcceptedConnections);
    }

    [Fact]
    public async Task A_proxy_with_a_changed_key_is_named()
    {
        var node = Node with { Proxy = Node with { Name = "proxy", HostKeys = [SshHostKeyTests.Example] } };

        var exception = await Assert.ThrowsAsync<SshException>(() => _client.RunAsync(node, "true"));

        Assert.Equal(SshFailure.HostKeyChanged, exception.Failure);
        Assert.Equal("proxy", exception.Endpoint.Name);
    }

    [Fact]
    public async Task Nothing_secret_is_in_the_arguments_or_the_environment_of_any_process()
    {
        var secret = $"s3cret-{Guid.NewGuid():N}";
        var node = Node with { PrivateKey = fixture.Server.EncryptedPrivateKey, PrivateKeyPassphrase = fixture.Server.Passphrase };
        var started = new TaskCompletionSource();
        var marker = Path.Combine(fixture.Server.Home, "secret-go-on");
        var running = _client.RunAsync(node, new SshCommand($"cat >/dev/null; echo started; while [ ! -e {marker} ]; do sleep 0.02; done")
        {
            Stdin = SshInput.Of(secret),
            OnStdoutLine = _ => started.TrySetResult(),
        });

        await started.Task;
        var seen = ProcessesWith(secret).Concat(ProcessesWith(fixture.Server.Passphrase)).ToList();
        await File.WriteAllTextAsync(marker, "");
        await running;

        Assert.Empty(seen);
    }

    [Fact]
    public async Task Neither_files_nor_processes_remain_when_the_client_is_disposed()
    {
        var client = new SshClient();
        await client.RunAsync(Node, "true");
        var directory = client.RuntimePath;
        Assert.DoesNotContain(Directory.GetFiles(directory), path => path.EndsWith(".key", StringComparison.Ordinal));

        await client.DisposeAsync();

        Assert.False(Directory.Exists(directory));
        Assert.DoesNotContain(ProcessesWith(directory), process => process.StartsWith("ssh\0", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Neither_files_nor_processes_remain_when_the_process_is_killed()
    {
        var key = Path.Combine(fixture.Server.Home, "key");
        await File.WriteAllTextAsync(key, fixture.Server.PrivateKey);
        File.SetUnixFileMode(key, UnixFileMode.UserRead);
        using var holder = HeldConnection.Start(Node, key);
        using var output = new StreamReader(holder.Stdout);
        var directory = Path.GetDirectoryName(await output.ReadLineAsync());
        Assert.True(Directory.Exists(directory));
        var gone = new TaskCompletionSource();
        using var watcher = new FileSystemWatcher(Path.GetDirectoryName(directory)!, Path.GetFileName(directory)!);
        watcher.Deleted += (_, _) => gone.TrySetResult();
        watcher.EnableRaisingEvents = true;

        holder.ForceEnd();
        await holder.WaitForExitAsync();

        await gone.Task.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.DoesNotContain(ProcessesWith(directory!), process => process.StartsWith("ssh\0", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Disposing_twice_does_nothing_more()
    {
        var client = new SshClient();
        await client.RunAsync(Node, "true");
        await client.DisposeAsync();
        await client.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => client.RunAsync(Node, "true"));
    }

    [Fact]
    public async Task Disposing_cuts_running_commands_off()
    {
        var client = new SshClient();
        var started = new TaskCompletionSource();
        var running = client.RunAsync(Node, new SshCommand("echo started; sleep 3") { OnStdoutLine = _ => started.TrySetResult() });
        await started.Task;

        await client.DisposeAsync();

        var exception = await Assert.ThrowsAsync<SshException>(() => running);
        Assert.Equal(SshFailure.ConnectionLost, exception.Failure);
    }

    internal static string Fingerprint(string publicKey) => SshHostKey.TryParse(publicKey, out var key) ? key.Fingerprint : throw new ArgumentException(publicKey);

    internal static List<string> ProcessesWith(string word)
    {
        var found = new List<string>();
        foreach (var directory in Directory.EnumerateDirectories("/proc").Where(path => char.IsDigit(Path.GetFileName(path)[0]) && Path.GetFileName(path) != $"{Environment.ProcessId}"))
        {
            try
            {
                var text = Encoding.UTF8.GetString(File.ReadAllBytes(Path.Combine(directory, "cmdline")))
                    + "\n" + Encoding.UTF8.GetString(File.ReadAllBytes(Path.Combine(directory, "environ")));
                if (text.Contains(word, StringComparison.Ordinal))
                {
                    found.Add(text);
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // It has ended, or is not ours.
            }
        }

        return found;
    }

    private static ImmutableSortedDictionary<string, string> Variables(params (string Name, string Value)[] variables) =>
        variables.ToImmutableSortedDictionary(variable => variable.Name, variable => variable.Value, StringComparer.Ordinal);

    private sealed class BrokenStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            ValueTask.FromException<int>(new IOException("the disk is on fire"));
    }
}
