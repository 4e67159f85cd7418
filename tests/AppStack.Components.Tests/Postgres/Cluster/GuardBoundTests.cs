using AppStack.Components.Postgres;

namespace AppStack.Components.Tests.Postgres.Cluster;

/// <summary>The bound of <c>rpo: bounded</c>: who is known to lack too much does not lead, until that is ordered.</summary>
public sealed class GuardBoundTests : IDisposable
{
    // main-db-1 led in term 7 and had come to 0/40000000 (1 GiB) on timeline 3 when it fell silent; this node's server answers, and main-db-3 is heard.
    private const string Vacant = """
        *postmaster = sub { 42 };
        *server_state = sub { 'standby' };
        *campaign = sub { print "stands for election\n" };
        our (%server, %peer, %job, %lease, %next, %since, %switchover, $role, $held, $accepted_loss);
        ($role, $held) = ('follower', '');
        my $GiB = 1 << 30;
        sub behind { my ($mib) = @_; %server = (recovery => 't', lsn => $GiB - $mib * (1 << 20), timeline => 3, receiver => '', upstream => '', received => 't', pending => 'f', still => 9, asked => 20) }
        %vote = (term => 7, holder => 'main-db-1', until => 15, grant => 0, prefer => '', prefer_until => 0);
        load_rolls();
        %peer = (
            'main-db-1' => {heard => 10, 's-role' => 'leader', 's-term' => 7, 's-led' => "7/3/$GiB", 's-left' => 0},
            'main-db-3' => {heard => 20, 's-role' => 'follower', 's-pg' => 'standby', 's-term' => 7, 's-tl' => 3, 's-lsn' => 100, 's-held' => 0, 's-eligible' => 0, 's-left' => 0},
        );
        $since{vacant} = 1;

        """;

    private const string Order = "; 'appstack-pg accept-loss --node main-db-2' lets it lead all the same, and what it lacks is lost";
    private readonly GuardTool _tool = new();

    public GuardBoundTests() => _tool.Write(ClusterExamples.Three with { Rpo = RecoveryPointPromise.Bounded });

    public void Dispose() => _tool.Dispose();

    [Theory]
    [InlineData("[3, $GiB]", "")]
    [InlineData("[3, $GiB + 500]", "")] // what was written since the leader was last heard
    [InlineData("[3, $GiB - 16 * (1 << 20)]", "")]
    [InlineData("[3, $GiB - 16 * (1 << 20) - 1]", "main-db-2 is 16.0 MiB behind what the last leader had at 0/40000000 on timeline 3, and rpo: bounded allows 16 MiB" + Order)]
    [InlineData("[3, 'inf']", "")] // it was the leader
    [InlineData("[4, 1]", "")] // it has gone on since
    [InlineData("[2, $GiB - 5]", "")] // it had not come to the new timeline yet
    [InlineData("[2, 5]", "main-db-2 is 1024.0 MiB behind what the last leader had at 0/40000000 on timeline 3, and rpo: bounded allows 16 MiB" + Order)]
    [InlineData("[2, $GiB + 1]", "its data end on timeline 2 and the last leader wrote on timeline 3, so it is not known what it lacks" + Order)]
    [InlineData("[2, 'inf']", "its data end on timeline 2 and the last leader wrote on timeline 3, so it is not known what it lacks" + Order)]
    [InlineData("[0, 0]", "")] // a new cluster is made
    [InlineData("undef", "")]
    public Task Who_lacks_more_than_the_bound_may_not_lead(string position, string why) => _tool.ExpectAsync(Vacant + $"print too_far_behind({position}), \"\\n\";", why);

    [Fact]
    public Task Who_stays_out_says_why_once_and_is_in_nobody_s_way() => _tool.ExpectAsync(
        Vacant + """
        behind(17);
        campaign_when_vacant(20) for 1 .. 3;
        print is_eligible(20) ? "eligible\n" : "not eligible\n";
        my $status = status(20);
        print "$status->{tooFarBehind}\n";
        behind(3);
        campaign_when_vacant(20);
        print is_eligible(20) ? "eligible\n" : "not eligible\n";
        """,
        "not eligible",
        "main-db-2 is 17.0 MiB behind what the last leader had at 0/40000000 on timeline 3, and rpo: bounded allows 16 MiB" + Order,
        "stands for election",
        "eligible",
        "guard: does not stand for election: main-db-2 is 17.0 MiB behind what the last leader had at 0/40000000 on timeline 3, and rpo: bounded allows 16 MiB" + Order);

    [Fact]
    public Task What_the_last_leader_had_is_heard_from_others_too_and_a_later_leader_counts_more() => _tool.ExpectAsync(
        Vacant + """
        print last_led(), "\n";
        delete $peer{'main-db-1'};
        print last_led(), "\n";
        $peer{'main-db-3'}{'s-led'} = '8/4/900';
        print last_led(), "\n";
        $peer{'main-db-3'}{'s-led'} = '7/3/99999999999';
        print last_led(), "\n";
        $peer{'main-db-3'}{'s-led'} = 'nonsense';
        print last_led(), "\n";
        $role = 'leader';
        $lease{term} = 9;
        %server = (recovery => 't', timeline => 4, lsn => 950);
        print last_led(), "\n";
        %server = (recovery => 'f', timeline => 5, lsn => 1000);
        print last_led(), "\n";
        """,
        "7/3/1073741824", "7/3/1073741824", "8/4/900", "8/4/900", "8/4/900", "8/4/900", "9/5/1000");

    [Fact]
    public async Task Voters_that_have_all_restarted_still_know_it()
    {
        await _tool.ExpectAsync(Vacant + "print last_led(), \"\\n\";", "7/3/1073741824");
        await _tool.ExpectAsync("our %peer = (); print last_led(), \"\\n\";", "7/3/1073741824");
        await _tool.ExpectAsync(Vacant + "%peer = (); print too_far_behind([3, 5]) eq '' ? 1 : 0, is_eligible(20) ? 1 : 0, \"\\n\";", "00");

        await File.WriteAllTextAsync(_tool.Root + "/var/lib/appstack-pg/last-led", "7/3/10"); // cut off
        await _tool.ExpectAsync("our %peer = (); print last_led(), \"\\n\";", "0/0/0");
    }

    [Fact]
    public Task Who_leads_writes_nothing_of_it_to_its_disk() => _tool.ExpectAsync(
        Vacant + """
        $role = 'leader';
        $lease{term} = 9;
        %server = (recovery => 'f', timeline => 5, lsn => 1000);
        print last_led(), -e "$STATE/last-led" ? " kept\n" : " not kept\n";
        """,
        "9/5/1000 not kept");

    [Fact]
    public Task An_order_lets_one_lead_until_somebody_has_led() => _tool.ExpectAsync(
        Vacant + """
        behind(17);
        say_ obey({order => 'accept-loss'}, 20);
        campaign_when_vacant(20);
        $peer{'main-db-3'}{'s-led'} = "8/4/$GiB";
        print too_far_behind([3, 5]) eq '' ? "may\n" : "may not\n";
        """,
        "granted",
        "stands for election",
        "may not",
        "guard: may lead, as ordered, although main-db-2 is 17.0 MiB behind what the last leader had at 0/40000000 on timeline 3, and rpo: bounded allows 16 MiB" + Order);

    [Theory]
    [InlineData("behind(1);", "nothing keeps this node from leading: neither a bound nor new voters")]
    [InlineData("behind(17); $peer{'main-db-1'}{heard} = 20;", "main-db-1 leads; nothing has to be lost")]
    [InlineData("behind(17); $peer{'main-db-3'}{'s-lsn'} = $GiB;", "main-db-3 lacks less; order it there")]
    [InlineData("behind(17); $vote{until} = 20.5; $vote{holder} = 'main-db-3';", "main-db-3 leads; nothing has to be lost")]
    [InlineData("behind(17); $server{asked} = 14;", "how much data is here is not known")]
    public Task An_order_that_would_lose_more_than_it_must_is_refused(string situation, string answer) => _tool.ExpectAsync(Vacant + situation + " say_ obey({order => 'accept-loss'}, 20);", answer);

    [Fact]
    public async Task The_bound_is_that_of_the_settings_and_without_loss_there_is_none()
    {
        _tool.Write(ClusterExamples.Three with { Rpo = RecoveryPointPromise.Bounded, MaxLagMiB = 100 });
        await _tool.ExpectAsync(Vacant + "behind(100); campaign_when_vacant(20);", "stands for election");

        _tool.Write(ClusterExamples.Three);
        await _tool.ExpectAsync(Vacant + "behind(900); campaign_when_vacant(20);", "stands for election");
    }

    [Theory]
    [InlineData("$is_new = 1", "", "may lead")]
    [InlineData("$peer{'main-db-3'}{'s-new'} = 1", "", "may lead")]
    [InlineData("$is_new = 0", "nothing keeps this node from leading: neither a bound nor new voters", "may not")]
    public async Task With_rpo_zero_an_order_lets_new_voters_count(string state, string answer, string what)
    {
        _tool.Write(ClusterExamples.Three);
        await _tool.ExpectAsync(
            Vacant + $$"""
            our $is_new;
            open STDERR, '>', '/dev/null';
            behind(0);
            {{state}};
            last_led();
            print accept_loss(20), "\n", loss_is_accepted() ? 'may lead' : 'may not', "\n";
            """,
            answer,
            what);
    }
}
