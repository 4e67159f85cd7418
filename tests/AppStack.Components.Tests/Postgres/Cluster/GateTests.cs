using System.Diagnostics;
using AppStack.Components.Postgres;

namespace AppStack.Components.Tests.Postgres.Cluster;

/// <summary>The gate of the node's tool in a real kernel, in a network namespace of its own.</summary>
public sealed class GateTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("appstack-pg-").FullName;

    public GateTests()
    {
        foreach (var folder in new[] { "/etc/appstack/pg", "/var/lib/appstack-pg", "/run/appstack-pg" })
        {
            Directory.CreateDirectory(_root + folder);
        }

        // A lease of half a second; the file does not say what is allowed, only what is tried.
        var files = RepmgrNodeRenderer.Bundle(ClusterExamples.Three, ClusterExamples.Three.Nodes[0], ClusterExamples.Secrets).Files;
        File.WriteAllText(_root + "/tool", files.Single(f => f.Path == PostgresPaths.Tool).Content);
        File.WriteAllText(_root + PostgresPaths.Settings, files.Single(f => f.Path == PostgresPaths.Settings).Content.Replace("hold = 2.4", "hold = 0.5", StringComparison.Ordinal));
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [GateFact]
    public Task The_port_is_open_while_a_confirmed_round_lasts() => ExpectAsync(
        """
        port_();
        load_gate(); port_();
        my $round = gate_arm(); port_();
        gate_confirm($round); port_();
        until_run_out(); port_();
        """,
        "open", "closed", "closed", "open", "closed");

    [GateFact]
    public Task A_round_that_is_confirmed_too_late_opens_nothing() => ExpectAsync(
        """
        load_gate();
        my $round = gate_arm(); until_run_out(); gate_confirm($round); port_();
        $round = gate_arm(); gate_confirm($round); port_();
        """,
        "closed", "open");

    [GateFact]
    public Task A_stopped_process_holds_nothing_open() => ExpectAsync(
        """
        load_gate();
        my $child = fork;
        if (!$child) { while (1) { gate_confirm(gate_arm()); select undef, undef, undef, 0.02 } }
        select undef, undef, undef, 0.02 while !is_open();
        port_();
        kill 'STOP', $child;
        until_run_out(); port_();
        kill 'KILL', $child;
        """,
        "open", "closed");

    [GateFact]
    public Task An_open_connection_falls_silent_with_the_lease() => ExpectAsync(
        """
        load_gate();
        gate_confirm(gate_arm());
        my $client = IO::Socket::IP->new(PeerHost => '127.0.0.1', PeerPort => 5432, Timeout => 1) or die;
        my $server = $listener->accept;
        my $heard = sub { IO::Select->new($_[0])->can_read(0.2) ? 'heard' : 'silence' };
        syswrite $client, 'insert'; print $heard->($server), "\n"; sysread $server, my $text, 99;
        syswrite $server, 'done'; print $heard->($client), "\n"; sysread $client, $text, 99;
        until_run_out();
        syswrite $server, 'done'; print $heard->($client), "\n";
        syswrite $client, 'insert'; print $heard->($server), "\n";
        """,
        "heard", "heard", "silence", "silence");

    [GateFact]
    public Task A_standby_is_read_from_and_closing_ends_that_too() => ExpectAsync(
        """
        load_gate(); gate_harmless(1); port_(); gate_harmless(1); gate_harmless(0); port_();
        gate_confirm(gate_arm()); gate_harmless(1); gate_close(); port_();
        """,
        "open", "closed", "closed");

    [GateFact]
    public Task Rules_that_somebody_threw_away_come_back() => ExpectAsync(
        """
        load_gate(); system 'nft', 'delete', 'table', 'inet', 'appstack_pg';
        my $round = gate_arm(); port_(); gate_confirm($round); port_();
        """,
        "closed", "open");

    [GateFact]
    public Task Other_ports_and_protocols_pass() => ExpectAsync(
        """
        load_gate();
        my $other = IO::Socket::IP->new(LocalHost => '127.0.0.1', LocalPort => 7433, Listen => 5) or die;
        print IO::Socket::IP->new(PeerHost => '127.0.0.1', PeerPort => 7433, Timeout => 0.5) ? 'open' : 'closed', "\n";
        my $in = IO::Socket::IP->new(LocalHost => '127.0.0.1', LocalPort => 7432, Proto => 'udp') or die;
        my $out = IO::Socket::IP->new(PeerHost => '127.0.0.1', PeerPort => 7432, Proto => 'udp') or die;
        send $out, 'vote', 0;
        print IO::Select->new($in)->can_read(0.5) ? 'heard' : 'silence', "\n";
        """,
        "open", "heard");

    private async Task ExpectAsync(string script, params string[] lines)
    {
        var info = new ProcessStartInfo("unshare", ["--net", "sh", "-c", "ip link set lo up && exec perl -"]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        info.Environment["APPSTACK_ROOT"] = _root;
        info.Environment["APPSTACK_PG_TEST"] = "1";
#pragma warning disable RS0030 // The tool runs in a real Perl.
        using var perl = Process.Start(info)!;
#pragma warning restore RS0030
        await perl.StandardInput.WriteAsync($$"""
            require '{{_root}}/tool'; our (%conf, $inc); read_settings(); $inc = 7; open STDERR, '>', '/dev/null'; $| = 1;
            my $listener = IO::Socket::IP->new(LocalHost => '127.0.0.1', LocalPort => 5432, Listen => 50) or die;
            sub is_open { return IO::Socket::IP->new(PeerHost => '127.0.0.1', PeerPort => 5432, Timeout => 0.2) }
            sub port_ { print is_open() ? 'open' : 'closed', "\n" }
            sub until_run_out { select undef, undef, undef, $conf{hold} + 0.05 }
            {{script}}
            """);
        perl.StandardInput.Close();
        var output = await perl.StandardOutput.ReadToEndAsync();
        await perl.WaitForExitAsync();
        Assert.Equal((0, string.Join('\n', lines) + "\n"), (perl.ExitCode, output));
    }
}
