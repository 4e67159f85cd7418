# The guard: votes, leads or follows. One loop; nothing in it waits.

our $role = 'follower';    # follower, candidate, leader
our %lease = (term => 0, until => 0, rounds => {});
our %peer;                 # by name: when heard, and what it said of itself
our %asked;                # questions that wait for an answer: number => [name, kind, round]
our %next = (tick => 0, renew => 0, ask => 0, maintain => 0);
our %since = (vacant => 0, streaming => 0, crash => 0, led => 0);
our ($held, $hold_tries) = ('', 0);
our %switchover = (to => '', phase => '', until => 0);
our $challenge = '';
my ($MIB, $SWITCHOVER_MIB) = (1 << 20, 16);    # one segment of WAL
my $PATIENCE = 5;                              # seconds for a reload of PostgreSQL's settings, which takes it milliseconds
our ($was_primary, $dirty_slots, $start_over, $dying) = (0, 1, 0, 0);

sub guard_daemon {
    $| = 1;
    $SIG{PIPE} = 'IGNORE';
    $SIG{CHLD} = 'DEFAULT';
    mkdir $_, 0755 for $STATE, $RUN;
    chmod 0700, $STATE;
    read_key();
    $inc = next_incarnation();
    $challenge = new_challenge();
    load_vote(now());
    load_rolls();
    tell_standby_names() if is_database();
    forget_promotion();
    run_in_real_time();
    if (is_database()) {
        load_gate();
        resume_lease() if !is_following();
        $dying = $role ne 'leader' && !(is_standby_data() && postmaster());
    }
    my $family = $conf{address} =~ /:/ ? Socket::AF_INET6() : Socket::AF_INET();
    socket $socket, $family, SOCK_DGRAM, 0 or die "socket: $!\n";
    bind $socket, address_of($conf{address}, $conf{'guard-port'}) or die "cannot bind UDP $conf{address}:$conf{'guard-port'}: $!\n";
    $socket->blocking(0);
    open_listener();
    note("guard: $ME of cluster $conf{cluster}, term $vote{term}, ", $vote{holder} ? "last leader $vote{holder}" : 'no leader yet');
    while (1) {
        my $now = now();
        # Tried by a job first, which also has the files at hand; then a leader starts over right after a renewal.
        if (!$job{pid} && $role ne 'candidate' && $switchover{to} eq '' && settings_changed($now)) { start_job('settings', sub { must('perl', 60, $^X, '-c', $0) }) }
        if ($start_over && ($role ne 'leader' || $lease{until} - $now > $conf{hold} - 0.1) && !$job{pid}) {
            note('guard: new settings, starting over');
            stop_probe();
            unwatch_source();
            exec $^X, $0, 'guard' or die "exec: $!\n";
        }
        tick($now);
        my $select = IO::Select->new($socket, $listener, map { $_->{socket} } values %clients);
        $select->add($probe{out}) if $probe{pid};
        for my $ready ($select->can_read(0.03)) {
            $now = now();
            if ($ready == $socket) { receive() }
            elsif ($ready == $listener) { accept_client($now) }
            elsif ($probe{pid} && $ready == $probe{out}) { read_probe($now) }
            else { serve_client(fileno $ready, status($now)) }
        }
        drop_client($_) for grep { $now - $clients{$_}{since} > 3 } keys %clients;
    }
}

sub new_challenge { return sha256_hex(join '-', $key, now(), rand, $$) }

# A guard that only starts over goes on with the lease that it held.
sub resume_lease {
    my $record = read_record("$STATE/led");
    my ($deadline, $term) = split ' ', read_file("$RUN/lease") // '';
    return if !defined $term || $vote{holder} ne $ME || $vote{term} != $term || $deadline < now();
    $role = 'leader';
    %lease = (term => $term, until => $deadline, rounds => {});
    $was_primary = postmaster() && !is_standby_data();
}

sub tick {
    my ($now) = @_;
    return if $now < $next{tick};
    $next{tick} = $now + 0.03;
    my @done = finished_job();
    after_job(@done) if @done;
    if (is_database()) {
        my $pid = postmaster();
        # A leader that says nothing is ended after a time of its own (hang); a standby counts as one that only starts until it answers again.
        if (is_mute($now)) { $role eq 'leader' ? stop_probe() : forget_server() }
        if ($pid) { start_probe($now) if !$probe{pid} && $now >= $probe{next}; ask_probe($now) if $probe{pid} }
        elsif ($probe{pid} || %server) { forget_server() }
    }
    if ($role eq 'leader') { tend_gate($now); lead($now) }
    elsif ($role eq 'candidate') { wait_for_votes($now) }
    if ($role eq 'follower') { follow($now) }
    if (is_database()) { tend_gate($now) }
    if ($now >= $next{ask}) {
        $next{ask} = $now + ($role eq 'leader' ? 2 : 1) * $conf{renew};
        meet_source();
        found_roll($now);
        offer_roll($now);
        tell_standby_names() if is_database();
        ask_all($now);
    }
    delete @asked{grep { $now - $asked{$_}[3] > $conf{hold} } keys %asked};
}

sub ask_all {
    my ($now) = @_;
    my $state = own_state($now);
    for my $node (others()) { $asked{ask($node, {type => 'ask', %$state})} = [$node->{name}, 'ask', undef, $now] }
}

# Whom this node speaks with: all voters of the rolls in force.
sub others { return map { $voter{$_} } sort grep { $_ ne $ME } keys %voter }

# What every message says about its sender.
sub own_state {
    my ($now) = @_;
    my $position = is_database() ? own_position($now) : undef;
    my $server = server_state();
    return {
        's-role' => $role, 's-led' => last_led(), 's-term' => $vote{term}, 's-holder' => $vote{holder}, 's-left' => sprintf('%.3f', $vote{until} > $now ? $vote{until} - $now : 0),
        's-pg' => $server, 's-tl' => $position ? $position->[0] : '', 's-lsn' => $position ? $position->[1] : '', 's-eligible' => is_eligible($now) ? 1 : 0,
        's-writable' => is_writable($now) ? 1 : 0, 's-pending' => ($server{pending} // 'f') eq 't' ? 1 : 0, 's-streaming' => is_streaming() ? 1 : 0,
        's-switch' => $switchover{to}, 's-held' => $held ne '' ? 1 : 0, 's-empty' => is_database() && !has_data() ? 1 : 0, 's-sysid' => is_database() ? known_system_identifier() : '',
        's-upstream' => $server{upstream} // '', 's-config' => $conf{digest}, 's-job' => $job{name}, 's-promoted' => @source_nodes && !is_following() ? 1 : 0, 's-following' => is_following(),
        rolls_said(),
    };
}

# Whose data are here, where they can be read and are of neither this node nor its leader; empty otherwise. Those are not discarded.
sub strangers_data {
    my ($now) = @_;
    my $found = data_ownership() eq 'foreign' ? system_identifier() : '';
    my $leader = $peer{current_leader($now)};
    return $found ne known_system_identifier() && $found ne ($leader ? $leader->{'s-sysid'} // '' : '') ? $found : '';
}

sub known_system_identifier { return own_record("$STATE/owner")->{'system-identifier'} // '' }

sub server_state {
    return '' if !is_database();
    return 'stopped' if !postmaster();
    return is_standby_data() ? (%server ? 'standby' : 'starting') : (%server && $server{recovery} eq 'f' ? 'primary' : 'starting');
}

sub is_writable  { my ($now) = @_; return $role eq 'leader' && $lease{until} > $now && server_state() eq 'primary' && $job{name} ne 'bootstrap' }
sub is_streaming { return %server && ($server{receiver} // '') eq 'streaming' }
sub is_eligible  { my ($now) = @_; return is_database() && $held eq '' && server_state() eq 'standby' && defined own_position($now) && !$job{pid} && too_far_behind(own_position($now)) eq '' }
