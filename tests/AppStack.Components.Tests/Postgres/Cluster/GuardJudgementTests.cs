using AppStack.Components.Postgres;
using AppStack.Components.Postgres.Parameters;

namespace AppStack.Components.Tests.Postgres.Cluster;

/// <summary>What the guard makes of what it knows of its PostgreSQL: when that counts, and when it does not.</summary>
public sealed class GuardJudgementTests : IDisposable
{
    // A standby that runs, and whose last answer was asked for at 9.8.
    private const string Standby = """
        *postmaster = sub { 42 };
        our (%server, %probe, %peer, %job, %lease, %next, %switchover, $role, $harmless, $held);
        %server = (recovery => 't', lsn => 100, timeline => 1, receiver => 'streaming', upstream => 'main-db-1', received => 't', pending => 'f', still => 9, asked => 9.8);
        %vote = (term => 1, holder => 'main-db-1', until => 10, grant => 0, prefer => '', prefer_until => 0);

        """;

    private readonly GuardTool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public Task A_vote_needs_to_know_how_far_the_node_is_since_its_promise_to_the_last_leader_has_ended() => _tool.ExpectAsync(
        Standby + """
        sub vote_ { say_ decide({from => 'main-db-3', term => 2, timeline => 1, lsn => 100}, voting_position($_[0]), $_[0]) }
        vote_(10.1);
        @server{qw(lsn asked)} = (120, 10.1);
        vote_(10.2);
        $server{lsn} = 100;
        vote_(10.3);
        """,
        "how much data is here is not known yet",
        "it is at 1/100, behind 1/120",
        "granted");

    [Fact]
    public Task The_server_is_asked_in_the_moment_in_which_that_matters() => _tool.ExpectAsync(
        Standby + """
        open my $in, '>', \my $text;
        %probe = (pid => 1, asked => 0, answered => 9.8, next => 10.8, in => $in, questions => 0);
        ask_probe(9.9);
        print "$probe{asked}\n";
        ask_probe(10.1);
        print "$probe{asked}\n";
        @probe{qw(asked next)} = (0, 10.8);
        $server{asked} = 10.1;
        ask_probe(10.2);
        print "$probe{asked}\n";
        """,
        "0",
        "10.1",
        "0");

    [Fact]
    public Task A_standby_that_has_lost_its_receiver_does_not_fall_back_to_an_earlier_timeline() => _tool.ExpectAsync(
        Standby + """
        pipe my $out, my $in;
        $in->autoflush(1);
        %probe = (pid => 1, asked => 10, answered => 9, next => 0, out => $out, buffer => '');
        print $in "t|0/80|2|streaming|main-db-1|t||f\n";
        read_probe(10.1);
        $probe{asked} = 10.2;
        print $in "t|0/90|1|||t||same\n";
        read_probe(10.3);
        print "$server{timeline} $server{lsn} $server{asked}\n";
        my $position = own_position(10.3);
        print "@$position\n";
        """,
        "2 144 10.2",
        "2 144");

    [Fact]
    public Task A_standby_that_still_reads_its_own_WAL_does_not_know_how_far_it_is_until_it_stands_still() => _tool.ExpectAsync(
        Standby + """
        @server{qw(receiver received still)} = ('', 'f', 10);
        print defined own_position(10.3) ? 'known' : 'unknown', "\n";
        print defined own_position(10.5) ? 'known' : 'unknown', "\n";
        """,
        "unknown",
        "known");

    [Theory]
    [InlineData("", "steps down: PostgreSQL has not answered for 60.0 s")]
    [InlineData("maintain", "steps down: PostgreSQL has not answered for 60.0 s")]
    [InlineData("promote", "waits")]
    public Task A_leader_that_hangs_is_ended_also_while_it_is_being_maintained(string job, string what) => _tool.ExpectAsync(
        Standby + $$"""
        *server_state = sub { 'primary' };
        *start_job = sub { };
        my $said = 'waits';
        *step_down = sub { $said = "steps down: $_[1]" };
        ($role, $harmless) = ('leader', 0);
        %lease = (term => 1, until => 200, rounds => {});
        %switchover = (to => '', phase => '', until => 0);
        @next{qw(renew maintain)} = (200, 200);
        %probe = (pid => 1, asked => 40, answered => 40);
        %job = (name => '{{job}}', pid => '{{job}}' eq '' ? 0 : 7, began => 99);
        lead(100);
        print "$said\n";
        """,
        what);

    [Fact]
    public Task A_session_that_says_nothing_is_given_up() => _tool.ExpectAsync(
        Standby + """
        %probe = (pid => 1, asked => 10);
        print join('', map { is_mute($_) ? 1 : 0 } 15.9, 16.1), "\n";
        """,
        "01");

    [Fact]
    public Task The_tool_repmgr_and_PostgreSQL_are_as_patient_as_the_promise()
    {
        const string connection = "connect_timeout=5 keepalives_idle=5 keepalives_interval=2 keepalives_count=6 tcp_user_timeout=15000";
        var spec = ClusterExamples.Three with { Rto = RecoveryTimePromise.Careful };
        var parameters = ParameterLayers.Forced(spec, spec.Nodes[1]);
        _tool.Write(spec);

        Assert.Equal(("45", "15", "3", "30000ms"), (parameters["tcp_keepalives_idle"], parameters["tcp_keepalives_interval"], parameters["tcp_keepalives_count"], parameters["wal_receiver_timeout"]));
        Assert.Contains($" {connection}'\n", RepmgrNodeRenderer.RepmgrConfiguration(spec, spec.Nodes[1]), StringComparison.Ordinal);
        return _tool.ExpectAsync("our %voter; print conninfo($voter{'main-db-1'}, 'repmgr', 'x') =~ / (connect_timeout.*)/, qq{\n};", connection);
    }

    [Theory]
    [InlineData("", "1", "unused")]
    [InlineData("base/5/16384", "1", "foreign")]
    [InlineData("base/16384/PG_VERSION", "1", "foreign")]
    [InlineData("pg_tblspc/16400/PG_VERSION", "1", "foreign")]
    [InlineData("", "16385", "foreign")]
    [InlineData("", "", "foreign")]
    public Task Only_data_in_which_nobody_has_made_anything_are_unused(string made, string nextNumber, string whose)
    {
        foreach (var file in new[] { "PG_VERSION", "global/pg_control", "base/1/1259", "base/4/1259", "base/5/1259", "pg_tblspc/.", made })
        {
            var path = $"{_tool.Root}/var/lib/postgresql/15/main/{file}";
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            if (file.Length > 0 && !file.EndsWith('.'))
            {
                File.WriteAllText(path, "");
            }
        }

        return _tool.ExpectAsync($$"""*control_data = sub { {"Latest checkpoint's NextOID" => '{{nextNumber}}'} }; print data_ownership(), "\n";""", whose);
    }

    [Theory]
    [InlineData("777", "the data directory DATA holds data of another cluster (system identifier 777); move it away, then the node is cloned")]
    [InlineData("", "nobody leads; there is nothing to clone from")] // they cannot be read: a broken disk
    [InlineData("5", "nobody leads; there is nothing to clone from")] // its own, whose mark is gone
    public Task Data_of_another_cluster_are_not_discarded_by_an_order_either(string identifier, string answer) => _tool.ExpectAsync(
        Standby + $$"""
        our $DATA;
        *data_ownership = sub { 'foreign' };
        *system_identifier = sub { '{{identifier}}' };
        *known_system_identifier = sub { '5' };
        my $answer = obey({order => 'rebuild'}, 100);
        $answer =~ s/\Q$DATA\E/DATA/;
        print "$answer\n";
        """,
        answer);

    [Theory]
    [InlineData(900, "main-db-3 is 16 MiB behind; wait until it is less than 16")]
    [InlineData(1100, "switchover to main-db-3")]
    public Task A_standby_that_is_far_behind_is_not_switched_to(int lsn, string what) => _tool.ExpectAsync(
        Standby + $$"""
        $role = 'leader';
        %switchover = (to => '', phase => '', until => 0);
        @server{qw(recovery lsn)} = ('f', 1000 + (16 << 20));
        $peer{'main-db-3'} = {heard => 100, 's-streaming' => 1, 's-pg' => 'standby', 's-held' => 0, 's-lsn' => {{lsn}}};
        open my $log, '>&', \*STDERR;
        close STDERR;
        my $answer = obey({order => 'switchover', to => 'main-db-3'}, 100);
        open STDERR, '>&', $log;
        print $answer || "switchover to $switchover{to}", "\n";
        """,
        what);

    [Theory]
    [InlineData("a checkpoint on the leader failed (exit code 2): the database system is shutting down", "stands")]
    [InlineData("pg_rewind failed (exit code 1): could not find common ancestor", "held: rejoin: pg_rewind failed (exit code 1): could not find common ancestor")]
    public Task A_leader_that_does_not_answer_holds_nobody(string error, string what) => _tool.ExpectAsync(
        Standby + $$"""
        our $hold_tries;
        open STDERR, '>', '/dev/null';
        ($role, $held, $hold_tries) = ('follower', '', 0);
        after_job('rejoin', 0, '{{error}}') for 1 .. 6;
        print $held eq '' ? 'stands' : "held: $held", "\n";
        """,
        what);

    [Theory]
    [InlineData("", "rejoin")]
    [InlineData("main-db-3", "waits")]
    [InlineData("*", "waits")]
    public Task A_standby_is_not_rewound_while_its_leader_stops_as_planned(string switchover, string what) => _tool.ExpectAsync(
        Standby + $$"""
        our (%since, $hold_tries);
        open STDERR, '>', '/dev/null';
        my $does = 'waits';
        *start_job = sub { $does = $_[0] };
        *set_upstream = sub { 0 };
        ($held, $hold_tries, $since{streaming}) = ('', 0, 50);
        $server{receiver} = '';
        $peer{'main-db-1'} = {heard => 100, 's-role' => 'leader', 's-writable' => 1, 's-switch' => '{{switchover}}', 's-sysid' => ''};
        follow_leader('main-db-1', 100);
        print "$does\n";
        """,
        what);

    [Fact]
    public async Task Of_the_processes_that_archive_only_those_that_PostgreSQL_waits_for_are_ended()
    {
        foreach (var (number, line) in new[] { (7, "/usr/bin/pgbackrest --stanza=main archive-push pg_wal/1"), (8, "pgbackrest --stanza=main archive-push:async /wal"), (9, "/usr/bin/pgbackrest --stanza=main archive-get x"), (10, "less archive-push") })
        {
            Directory.CreateDirectory($"{_tool.Root}/proc/{number}");
            await File.WriteAllTextAsync($"{_tool.Root}/proc/{number}/cmdline", line.Replace(' ', '\0') + "\0");
        }

        await _tool.ExpectAsync($"print join(' ', archive_commands('{_tool.Root}/proc')), \"\\n\";", "7");
    }
}
