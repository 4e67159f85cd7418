using AppStack.Components.Postgres;

namespace AppStack.Components.Tests.Postgres.Cluster;

/// <summary>The voter of the node's tool, in a real Perl: to whom it grants the lease, and when.</summary>
public sealed class GuardVoteTests : IDisposable
{
    private const string Fresh = "our %vote = (term => 0, holder => '', until => 0, grant => 0, prefer => '', prefer_until => 0);";
    private readonly GuardTool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public Task A_lease_goes_to_one_and_not_to_another_until_it_runs_out() => _tool.ExpectAsync(
        Fresh + """
        say_ decide({from => 'main-db-1', term => 1, timeline => 1, lsn => 100}, [1, 100], 10);
        say_ decide({from => 'main-db-3', term => 2, timeline => 1, lsn => 100}, [1, 100], 12);
        say_ decide({from => 'main-db-1', term => 1, timeline => 1, lsn => 100}, [1, 100], 12);
        say_ decide({from => 'main-db-3', term => 2, timeline => 1, lsn => 100}, [1, 100], 14.6);
        say_ decide({from => 'main-db-3', term => 2, timeline => 1, lsn => 100}, [1, 100], 14.8);
        say_ decide({from => 'main-db-1', term => 1, timeline => 1, lsn => 100}, [1, 100], 14.95);
        """,
        "granted", "main-db-1 leads", "granted", "main-db-1 leads", "granted", "term 1 is over, it is 2 now");

    [Fact]
    public Task Whoever_is_behind_is_refused() => _tool.ExpectAsync(
        Fresh + """
        say_ decide({from => 'main-db-1', term => 1, timeline => 3, lsn => 99}, [3, 100], 10);
        say_ decide({from => 'main-db-1', term => 1, timeline => 2, lsn => 500}, [3, 100], 10);
        say_ decide({from => 'main-db-1', term => 1, timeline => 3, lsn => 100}, [3, 'inf'], 10);
        say_ decide({from => 'main-db-1', term => 1, timeline => 3, lsn => 100}, undef, 10);
        say_ decide({from => 'main-db-1', term => 1, timeline => 4, lsn => 1}, [3, 'inf'], 10);
        """,
        "it is at 3/99, behind 3/100",
        "it is at 2/500, behind 3/100",
        "it is at 3/100, behind 3/inf",
        "how much data is here is not known yet",
        "granted");

    [Fact]
    public async Task With_bounded_loss_it_does_not_matter_who_is_behind()
    {
        _tool.Write(ClusterExamples.Three with { Rpo = RecoveryPointPromise.Bounded });

        await _tool.ExpectAsync(Fresh + "say_ decide({from => 'main-db-1', term => 1, timeline => 3, lsn => 99}, [3, 'inf'], 10);", "granted");
    }

    [Fact]
    public Task After_a_start_nobody_new_is_granted_anything_for_one_term_of_a_lease() => _tool.ExpectAsync(
        """
        write_record("$STATE/vote", {term => 7, holder => 'main-db-1'});
        load_vote(100);
        say_ decide({from => 'main-db-3', term => 8, timeline => 1, lsn => 1}, [1, 1], 102.6);
        say_ decide({from => 'main-db-1', term => 7, timeline => 1, lsn => 1}, [1, 1], 102.6);
        load_vote(200);
        say_ decide({from => 'main-db-3', term => 8, timeline => 1, lsn => 1}, [1, 1], 202.9);
        load_vote(300);
        print "$vote{holder} $vote{term}\n";
        """,
        "main-db-1 leads", "granted", "granted", "main-db-3 8");

    [Fact]
    public Task A_lease_that_is_given_back_is_free_and_first_for_whom_it_is_meant() => _tool.ExpectAsync(
        Fresh + """
        decide({from => 'main-db-1', term => 1, timeline => 1, lsn => 1}, [1, 1], 10);
        release_vote({from => 'main-db-3', term => 1, to => 'main-db-3'}, 10.5);
        say_ decide({from => 'main-db-3', term => 2, timeline => 1, lsn => 1}, [1, 1], 10.6);
        release_vote({from => 'main-db-1', term => 1, to => 'main-db-2'}, 10.7);
        say_ decide({from => 'main-db-3', term => 2, timeline => 1, lsn => 1}, [1, 1], 10.8);
        say_ decide({from => 'main-db-2', term => 2, timeline => 1, lsn => 1}, [1, 1], 10.9);
        """,
        "main-db-1 leads", "main-db-2 goes first", "granted");

    [Fact]
    public async Task A_majority_without_enough_data_does_not_elect()
    {
        _tool.Write(ClusterExamples.TwoAndWitness);
        await _tool.ExpectAsync(
            """
            our %rolls = (mark => '1.0', settled => own_roll(), pending => []);
            print is_elected({map { $_ => 1 } @$_}) ? 1 : 0 for ['main-db-1'], ['main-witness-1'], ['main-db-1', 'main-witness-1'], ['main-db-1', 'main-db-2'];
            print "\n";
            """,
            "0011");

        _tool.Write(ClusterExamples.Three with
        {
            Nodes = [ClusterExamples.Node(1), ClusterExamples.Node(2), ClusterExamples.Node(3), ClusterExamples.Node(4)],
            Witnesses = [.. Enumerable.Range(1, 3).Select(n => new RepmgrWitnessSpec { Name = $"w{n}", Address = $"10.0.1.{n}" })],
        });
        await _tool.ExpectAsync("our %rolls = (mark => '1.0', settled => own_roll(), pending => []); print is_elected({map { $_ => 1 } @$_}) ? 1 : 0 for ['main-db-1', 'w1', 'w2', 'w3'], ['main-db-1', 'main-db-2', 'w1', 'w2']; print \"\\n\";", "01");
    }

    [Fact]
    public Task Whatever_comes_in_whatever_order_two_never_hold_a_majority_at_once() => _tool.ExpectAsync(
        """
        # Three voters, three candidates, random messages, losses and restarts; a candidate's lease counts from when it asked.
        srand 20261125;
        my @names = map { "main-db-$_" } 1 .. 3;
        my (%voter_state, %lease);
        for my $round (1 .. 400) {
            %voter_state = map { $_ => {term => 0, holder => '', until => 0, grant => 0, prefer => '', prefer_until => 0} } @names;
            %lease = ();
            my ($now, $term) = (0, 0);
            for my $step (1 .. 60) {
                $now += rand 0.9;
                my $who = $names[rand 3];
                my $holds = $lease{$who} && $lease{$who}{until} > $now;
                my $asked = $holds ? $lease{$who}{term} : ++$term;
                my $sent = $now;
                my $grants = 0;
                for my $name (@names) {
                    next if rand() < 0.25;
                    our %vote = %{$voter_state{$name}};
                    %vote = (%vote, until => $now + 2.7) if rand() < 0.05;    # started anew: as load_vote does
                    my $answer = decide({from => $who, term => $asked, timeline => 1, lsn => 1}, [1, 1], $now + rand 0.2);
                    $voter_state{$name} = {%vote};
                    $grants++ if $answer eq '';
                }
                if ($grants >= 2) { $lease{$who} = {term => $asked, until => $sent + 2.4} }
                my @holders = grep { $lease{$_}{until} > $now } keys %lease;
                die "@holders at once in round $round\n" if @holders > 1;
            }
        }
        print "never\n";
        """,
        "never");

    [Fact]
    public async Task A_cluster_follows_until_it_was_promoted_and_again_when_it_has_led_meanwhile()
    {
        var refuge = ClusterExamples.Three with { Backup = null, Source = new RepmgrSourceSpec("far", [new("far-db-1", "10.9.0.41")], 100) };
        const string Look = "our ($DATA, %server); %server = (timeline => 5); print is_following() ? 'follows' : 'leads'; skip_timelines(); my @skipped = glob qq{$DATA/pg_wal/*.history}; print ' ', scalar(@skipped), \"\\n\";";
        const string Promote = "our ($source_watch, $held, $hold_tries, %since) = (0, '', 0); open STDERR, '>', '/dev/null'; promote_cluster();";
        Directory.CreateDirectory(_tool.Root + "/var/lib/postgresql/15/main/pg_wal");

        _tool.Write(refuge);
        await _tool.ExpectAsync(Look, "follows 0");
        await _tool.ExpectAsync(Promote + Look + Look, "leads 64", "leads 64");
        Assert.Equal("00000006.history", Path.GetFileName(Directory.GetFiles(_tool.Root + "/var/lib/postgresql/15/main/pg_wal").Order(StringComparer.Ordinal).First()));
        await _tool.ExpectAsync("forget_promotion();" + Look, "leads 64");

        _tool.Write(refuge with { Source = null });
        await _tool.ExpectAsync("forget_promotion();" + Look, "leads 64");
        _tool.Write(refuge);
        await _tool.ExpectAsync(Look, "follows 64");
    }

    [Fact]
    public Task A_message_that_is_old_or_not_signed_is_nobodys() => _tool.ExpectAsync(
        """
        our $key = 'k';
        my $text = encode({type => 'ask', from => 'main-db-1', inc => 5, seq => 9});
        print decode($text)->{from}, "\n";
        (my $forged = $text) =~ s/main-db-1/main-db-3/;
        print defined decode($forged) ? 'read' : 'refused', "\n";
        print join('', map { is_fresh({from => 'main-db-1', inc => $_->[0], seq => $_->[1]}) ? 1 : 0 } [5, 9], [5, 9], [5, 8], [5, 10], [6, 1], [5, 11]), "\n";
        """,
        "main-db-1", "refused", "100110");

    [Fact]
    public Task Prometheus_is_shown_what_the_status_says() => _tool.ExpectAsync(
        """
        print map { "$_\n" } grep { !/^#/ } split /\n/, metrics_of({role => 'held', writable => \0, streaming => \0, held => 'its data went another way', job => '', pendingRestart => \1, term => 7, voting => 'settled', voters => 3, seen => 2});
        print map { "$_\n" } grep { /leads|writable/ && !/^#/ } split /\n/, metrics_of({role => 'leader', writable => \1, streaming => \0, held => '', job => '', pendingRestart => \0, term => 8, voting => 'changing', voters => 3, seen => 3});
        """,
        "appstack_guard_leads 0",
        "appstack_guard_writable 0",
        "appstack_guard_standby 0",
        "appstack_guard_streaming 0",
        "appstack_guard_held 1",
        "appstack_guard_busy 0",
        "appstack_guard_pending_restart 1",
        "appstack_guard_term 7",
        "appstack_guard_voting_settled 1",
        "appstack_guard_voters 3",
        "appstack_guard_voters_seen 2",
        "appstack_guard_leads 1",
        "appstack_guard_writable 1");
}
