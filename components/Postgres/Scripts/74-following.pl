# A standby: follows whoever leads, is rewound or cloned where its data went another way, or held where that cannot be.

# Who leads: one who says so with a lease, else the one whom this voter has granted it.
sub current_leader {
    my ($now) = @_;
    my ($best) = sort { $peer{$b}{'s-term'} <=> $peer{$a}{'s-term'} } grep { $peer{$_}{'s-role'} eq 'leader' && $now - $peer{$_}{heard} < $conf{hold} } keys %peer;
    return $best if defined $best;
    return $vote{until} > $now && $vote{holder} ne $ME ? $vote{holder} : '';
}

sub follow {
    my ($now) = @_;
    my $leader = current_leader($now);
    $since{vacant} = 0 if $leader ne '';
    if (is_database()) {
        # Nobody else may have started it; and a job that makes a standby of it sets standby.signal first.
        if (!$job{pid} && !is_standby_data() && postmaster()) {
            note('guard: PostgreSQL runs without a lease; killed');
            gate_close();
            $dying = 1;
            forget_server();
        }
        # What served before has to be gone before anything is started.
        if ($dying && !$job{pid}) {
            (undef, my @left) = kill_server(0);
            return if @left;
            $dying = 0;
        }
        if (is_following()) { follow_source($now); return }
        if ($leader ne '') { follow_leader($leader, $now) unless $job{pid} }
        elsif (!$job{pid} && is_standby_data() && !postmaster() && $held eq '' && data_ownership() eq 'ours') { start_job('start', \&start_server) }
    }
    campaign_when_vacant($now) if $leader eq '' && is_database();
}

# While nothing here can write the port may be open: a standby is read from, and a closed port tells clients so at once. A leader's
# port is open by its lease alone.
sub tend_gate {
    my ($now) = @_;
    my $is = $role ne 'leader' && !$dying && (is_standby_data() || !postmaster()) ? 1 : 0;
    return if $is == $harmless && $now < ($next{gate} // 0);
    # Now and then anew: somebody may have changed it by hand.
    $next{gate} = $now + 1 if gate_harmless($is);
}

sub follow_leader {
    my ($leader, $now) = @_;
    my $them = $peer{$leader} or return;
    my $there = $them->{'s-role'} eq 'leader' && $them->{'s-writable'} && $them->{'s-switch'} eq '' && $now - $them->{heard} < $conf{hold};
    %switchover = (to => '', phase => '', until => 0) if $there;    # what this node announced is over
    stand_by($voter{$leader}, $now, $there, $them->{'s-sysid'});
}

# Makes this node a standby of another one, whether that one is of this cluster or of a cluster that this one follows. $there: it
# answers and can be written to; $sysid: whose data it has, as far as that is known.
sub stand_by {
    my ($upstream, $now, $there, $sysid) = @_;
    my $leader = $upstream->{name};
    $since{crash} = 0;
    if ($held ne '') {
        # What was wrong may have been put right by hand.
        return if $now < $since{held} + 60 || data_ownership() eq 'foreign';
        note('guard: tries again');
        ($held, $hold_tries) = ('', 0);
    }
    return if $now < ($next{attempt} // 0);
    if (!postmaster()) {
        return if !$there;
        my $owned = data_ownership();
        return hold('the data directory holds data of another cluster; move it away, then the node is cloned') if $owned eq 'foreign';
        if ($owned ne 'ours') { become_new(); return start_job('clone', sub { job_clone($upstream) }) }
        return hold("its data is of another cluster than the leader's (system identifiers " . known_system_identifier() . " and $sysid); appstack-pg rebuild discards it") if ($sysid // '') ne '' && known_system_identifier() ne $sysid;
        return start_job('start', sub { job_start_standby($upstream) }) if is_standby_data() && !$since{diverged};
        return start_job('rejoin', sub { job_rejoin($upstream) });
    }
    return if !%server;
    if (set_upstream($upstream)) {
        note("guard: follows $leader");
        kill 'HUP', postmaster();
        $since{streaming} = $now;
        return;
    }
    if (is_streaming() && $server{upstream} eq $leader) {
        @since{qw(streaming diverged)} = ($now, 0);
        $hold_tries = 0;
        drop_own_slots() if $dirty_slots;
        return;
    }
    $since{streaming} ||= $now;
    return if !$there || $now - $since{streaming} < $conf{'stream-timeout'};
    return hold('it cannot stream from the leader, and rewinding did not help; see the log of PostgreSQL, then appstack-pg rebuild') if $hold_tries++ >= 3;
    note(sprintf 'guard: has not streamed from %s for %.1f s; rewinds', $leader, $now - $since{streaming});
    @since{qw(streaming diverged)} = ($now, 1);
    start_job('rejoin', sub { job_rejoin($upstream) });
}

# Slots from a time as a leader would keep WAL here for ever.
sub drop_own_slots {
    $dirty_slots = 0;
    start_job('drop slots', sub { local_sql("select pg_drop_replication_slot(slot_name) from pg_replication_slots where not active and slot_name ~ '^(repmgr_slot|follower)_'") });
}

sub hold {
    my ($why) = @_;
    note("guard: held: $why") if $held ne $why;
    $held = $why;
    $since{held} = now();
}

sub after_job {
    my ($name, $good, $error) = @_;
    my $now = now();
    if ($name eq 'settings') { $start_over = $good; return }
    if ($name eq 'checkpoint') { @waiting{qw(bare since)} = $good ? (0, $now) : (1, $now + 10); return }
    $since{streaming} = $now;
    @next{qw(tick maintain)} = (0, $now + ($name eq 'promote' ? 0.5 : 15));
    if ($good) { $dirty_slots = 1 if $name =~ /\A(?:start|rejoin|clone)\z/; $since{diverged} = 0 if $name eq 'rejoin'; return }
    if ($role eq 'leader') {
        if ($name eq 'maintain') { $since{maintained} = ''; return }
        $held = "$name: $error" if $name eq 'bootstrap';
        return step_down($now, "job $name failed: $error", 1);
    }
    return if $name eq 'drop slots';
    $next{attempt} = $now + 2 ** $hold_tries;
    if ($error =~ /\A\Q$ASKING_LEADER\E/) { $hold_tries-- if $hold_tries; return }    # which says nothing of what is here
    return hold("$name: $error") if $hold_tries++ >= 4;
    $since{diverged} = 1 if $name eq 'start';
}
