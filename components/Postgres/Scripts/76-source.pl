# A cluster that waits for a disaster: it follows another one and elects nobody until it is told to (promote). Whoever leads the other cluster is asked for by a
# process of its own, because asking can take seconds and the guard never waits.

our $source_watch = 0;

sub read_source { @source_nodes = map { my ($name, $address) = split /,/; {name => $name, address => $address} } split ' ', $conf{'source-nodes'} // '' }

# Whom the promotion was from is remembered, so that a cluster may follow that one or another one later.
sub is_following { return @source_nodes && (read_record("$STATE/promoted")->{from} // '') ne $conf{source} ? 1 : 0 }

# The descriptor no longer says that this cluster follows: it may be told so again one day.
sub forget_promotion { unlink "$STATE/promoted" if !@source_nodes }

sub watch_source {
    return if $source_watch && waitpid($source_watch, WNOHANG) == 0;
    my $parent = $$;
    $source_watch = fork // do { $source_watch = 0; return };
    return if $source_watch;
    $SIG{$_} = 'DEFAULT' for qw(HUP TERM CHLD);
    my $said = '';
    while (getppid == $parent) {
        my $leader = leader_among(@source_nodes);
        my $found = $leader ? "$leader->{node} $leader->{leaderAddress}" : '';
        # Who led last is kept: nobody has to be followed anew because nobody answered for a moment.
        if ($leader && $found ne $said) { eval { write_file("$RUN/source", "$found\n", 0644) }; $said = $found }
        select undef, undef, undef, 1;
    }
    POSIX::_exit(0);
}

sub unwatch_source {
    return if !$source_watch;
    kill 'KILL', $source_watch;
    waitpid $source_watch, 0;
    $source_watch = 0;
}

# Who led the other cluster when it was last seen.
sub source_node {
    my ($name, $address) = split ' ', read_file("$RUN/source") // '';
    return defined $address ? {name => $name, address => $address, slot => follower_slot($ME)} : undef;
}

sub follower_slot { (my $slot = "follower_$_[0]") =~ tr/-/_/; return $slot }

sub follow_source {
    my ($now) = @_;
    watch_source();
    return if $job{pid};
    my $source = source_node();
    if (!$source) {
        start_job('start', \&start_server) if is_standby_data() && !postmaster() && $held eq '' && data_ownership() eq 'ours';
        return;
    }
    stand_by($source, $now, 1);
}

# Nobody leads a cluster that follows, and nothing is acknowledged by it: who streams has what there is to have. Whether it still follows the others know.
sub meet_source {
    return if !$is_new || !is_following() || (is_database() && ($job{pid} || !is_streaming()));
    my @fresh = fresh_peers(now());
    return if (@voters > 1 && !@fresh) || grep { !$peer{$_}{'s-following'} } @fresh;
    $is_new = 0;
    keep_vote();
}

# Takes the place of the other cluster.
sub promote_cluster {
    note("guard: no longer follows $conf{source}");
    write_record("$STATE/promoted", {from => $conf{source}, at => time, skip => 64});
    unwatch_source();
    ($held, $hold_tries) = ('', 0);
    $since{vacant} = 0;
    $since{diverged} = 0;
}

# A cluster that was lost may come back and elect a leader, who numbers his time line as this one would: the next number. Nobody could tell the two
# from each other then, not even pg_rewind. So this cluster leaves numbers out, more than the other will use by itself until it follows this one: PostgreSQL
# takes the first one of which it finds no history. The empty ones stay, because a standby fetches the histories of all numbers on its way.
sub skip_timelines {
    my $record = read_record("$STATE/promoted");
    my $count = delete $record->{skip} or return;
    for my $file (grep { !-e } map { sprintf "$DATA/pg_wal/%08X.history", $server{timeline} + $_ } 1 .. $count) { write_file($file, '', 0600, 'postgres') }
    write_record("$STATE/promoted", $record);
}
