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
        's-upstream' => $server{upstream} // '', 's-config' => $conf{digest}, 's-job' => $job{name}, 's-promoted' => @source_nodes && !is_following() ? 1 : 0,
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

sub known_system_identifier { my $owner = read_record("$STATE/owner"); return $owner->{'system-identifier'} // '' }

sub server_state {
    return '' if !is_database();
    return 'stopped' if !postmaster();
    return is_standby_data() ? (%server ? 'standby' : 'starting') : (%server && $server{recovery} eq 'f' ? 'primary' : 'starting');
}

sub is_writable  { my ($now) = @_; return $role eq 'leader' && $lease{until} > $now && server_state() eq 'primary' && $job{name} ne 'bootstrap' }
sub is_streaming { return %server && ($server{receiver} // '') eq 'streaming' }
sub is_eligible  { my ($now) = @_; return is_database() && $held eq '' && server_state() eq 'standby' && defined own_position($now) && !$job{pid} && too_far_behind(own_position($now)) eq '' }

# --- messages ---------------------------------------------------------------------------------------------------------

sub receive {
    while (defined(my $from = recv $socket, my $datagram, 8192, 0)) {
        my $message = decode($datagram) or next;
        my $now = now();
        if ($message->{type} eq 'command') { take_command($message, $from, $now); next }
        next if !$voter{$message->{from} // ''} || $message->{from} eq $ME;
        if (defined $message->{re}) { take_answer($message, $now); next }
        send $socket, encode(answer_to($message, $now)), 0, $from if is_fresh($message);
    }
}

sub answer_to {
    my ($message, $now) = @_;
    learn($message, $now);
    my %answer = (type => 'answer', from => $ME, re => "$message->{inc}.$message->{seq}");
    if ($message->{type} eq 'lease') {
        my $known = $vote{holder};
        my $why = decide($message, voting_position($now), $now);
        note("guard: $message->{from} leads in term $message->{term}") if $why eq '' && $known ne $message->{from};
        $why =~ tr/ /_/;
        @answer{qw(granted why)} = ($why eq '' ? 1 : 0, $why);
    }
    elsif ($message->{type} eq 'release') {
        note("guard: $message->{from} gives the lease of term $message->{term} back", $message->{to} ? " for $message->{to}" : '') if $vote{holder} eq $message->{from} && $vote{until} > $now;
        release_vote($message, $now);
        for my $other (values %peer) { $other->{'s-left'} = 0 if ($other->{'s-holder'} // '') eq $message->{from} }
        @next{qw(ask tick)} = (0, 0);
    }
    return {%answer, %{own_state($now)}};
}

sub learn {
    my ($message, $now) = @_;
    my %said = map { /\As-/ ? ($_ => $message->{$_}) : () } keys %$message;
    $peer{$message->{from}} = {%said, heard => $now};
    learn_rolls(\%said, $now);
    promote_cluster() if $said{'s-promoted'} && is_following();    # it was away when the others were told
}

sub take_answer {
    my ($message, $now) = @_;
    my ($their_inc, $number) = split /\./, $message->{re};
    return if $their_inc != $inc;
    my $question = delete $asked{$number} or return;
    return if $question->[0] ne $message->{from};
    learn($message, $now);
    return if $question->[1] ne 'lease';
    my $round = $question->[2];
    if ($message->{granted}) {
        $round->{grants}{$message->{from}} = $message->{'s-new'} ? 'new' : 1;
        $round->{rolls}{$message->{from}} = $message->{'s-rolls'};
    }
    else {
        (my $why = $message->{why}) =~ tr/_/ /;
        state %said;    # once for each term is enough
        note("guard: $message->{from} refuses term $round->{term}: $why") if ($said{$message->{from}} // 0) != $round->{term};
        $said{$message->{from}} = $round->{term};
        $lease{refused} = $message->{'s-term'} if ($message->{'s-term'} // 0) > ($lease{refused} // 0);
    }
    count_votes($round, $now);
}

# A round counts from the moment at which it was made; the kernel counts from a moment between that and the first message.
sub count_votes {
    my ($round, $now) = @_;
    return if $round->{term} != $lease{term} || ($role ne 'leader' && $role ne 'candidate');
    return if $round->{first} ? !is_elected($round->{grants}) : !is_majority($round->{grants});
    settle_rolls($round, $now) if $role eq 'leader';
    return if $round->{sent} + $conf{hold} <= $lease{until} || $round->{sent} + $conf{hold} <= $now;
    return if is_database() && !gate_confirm($round->{gate});
    $lease{until} = $round->{sent} + $conf{hold};
    write_file("$RUN/lease", sprintf("%.4f %d\n", $lease{until}, $lease{term}), 0644);
    become_leader($now) if $role eq 'candidate';
}

sub begin_round {
    my ($now, $first) = @_;
    my $position = $first ? voting_position($now) : is_database() ? own_position($now) : undef;
    my $round = {sent => $now, term => $lease{term}, grants => {}, first => $first, gate => gate_arm()};
    return $round if !$round->{gate};
    # What anybody promises for this round counts from later than what was armed.
    $now = now();
    my $state = own_state($now);
    my %request = (%$state, type => 'lease', term => $lease{term}, grant => $conf{grant}, timeline => $position ? $position->[0] : 0, lsn => $position ? $position->[1] : 0);
    my $why = decide({%request, from => $ME}, $position, $now);
    if ($why ne '') { note("guard: own vote refused: $why"); return $round }
    $round->{grants}{$ME} = $is_new ? 'new' : 1;
    for my $node (others()) { $asked{ask($node, \%request)} = [$node->{name}, 'lease', $round, $now] }
    count_votes($round, $now);
    return $round;
}

sub release {
    my ($to) = @_;
    my $now = now();
    unlink "$RUN/lease";
    if (!gate_close()) { note('guard: the gate cannot be closed; the lease has to run out'); return }
    release_vote({from => $ME, term => $lease{term}, to => $to}, $now);
    for (1 .. 2) {
        ask($_, {type => 'release', term => $lease{term}, to => $to // '', %{own_state($now)}}) for others();
    }
}

# --- leading ----------------------------------------------------------------------------------------------------------

sub become_leader {
    my ($now) = @_;
    note("guard: leads in term $lease{term}");
    $role = 'leader';
    write_record("$STATE/led", {term => $lease{term}});
    %switchover = (to => '', phase => '', until => 0);
    $waiting{for} = '';
    tell_standby_names() if is_database();
    $was_primary = 0;
    @since{qw(led crash vacant)} = ($now, 0, 0);
    $next{renew} = $now + $conf{renew};
}

sub lead {
    my ($now) = @_;
    return step_down($now, 'could not renew its lease in time') if $now >= $lease{until};
    if ($now >= $next{renew}) {
        $next{renew} = $now + $conf{renew};
        begin_round($now, 0);
    }
    my $state = server_state();
    $was_primary = 1 if $state eq 'primary' && !$job{pid};
    # Also while a job asks the server something: it would wait much longer than the promise allows.
    if ($harmless == 0 && $switchover{to} eq '' && $state =~ /\A(?:primary|starting)\z/ && (!$job{pid} || $job{name} =~ /\A(?:maintain|settings)\z/) && $probe{pid} && $now - $probe{answered} > $conf{hang}) {
        return step_down($now, sprintf('PostgreSQL has not answered for %.1f s', $now - $probe{answered}), 1);
    }
    if ($job{pid}) {
        step_down($now, "job $job{name} takes too long") if $job{name} eq 'promote' && $now - $job{began} > $conf{'promote-timeout'};
        return;
    }
    return if $harmless != 0;    # nothing may become able to write while the port is open to all
    hand_on($now) if $switchover{to} eq '' && $now >= ($next{'hand on'} // 0);
    if ($switchover{to} ne '') { return hand_over($now) }
    if ($state eq 'stopped') {
        return step_down($now, 'PostgreSQL has ended', 1) if $was_primary;
        return start_job('bootstrap', \&job_bootstrap) if data_ownership() =~ /\A(?:empty|unused|unfinished)\z/;
        return step_down($now, 'PostgreSQL is down as a standby') if is_standby_data();
        return start_job('start', \&start_server);
    }
    if ($state eq 'standby') {
        return start_job('promote', \&job_promote) if $server{names} eq names_in_force();
        return $now - $since{led} > $PATIENCE ? step_down($now, 'PostgreSQL does not take up for which standbys a commit waits; see its log') : undef;
    }
    if ($state eq 'primary' && $now >= $next{maintain}) {
        $next{maintain} = $now + 15;
        my $all = ($since{maintained} // '') ne "$lease{term} $conf{digest}";
        $since{maintained} = "$lease{term} $conf{digest}";
        start_job('maintain', sub { maintain_leader($all) });
    }
}

# Killed first, so that clients are told while the gate is still open, but for a moment only: then it is closed, which is the fence,
# and everybody may know. What is still dying then does so unheard.
sub step_down {
    my ($now, $why, $crashed) = @_;
    note("guard: steps down: $why");
    my $promoting = $job{name} eq 'promote';
    end_job();
    if (!is_standby_data() || $promoting || server_state() eq 'starting') {
        my ($took, @left) = kill_server($conf{farewell});
        $dying = 1;
        note(sprintf 'guard: killed PostgreSQL within %.3f s, %.3f s before the lease ends%s', $took, $lease{until} - now(), @left ? '; ' . @left . ' processes are still dying' : '');
    }
    forget_server();
    release('');
    $role = 'follower';
    %switchover = (to => '', phase => '', until => 0);
    $since{crash} = now() if $crashed;
    $was_primary = 0;
}

# A leader that is not on a list of voters that all who are on it want hands over to one of them: it may not even be able to reach the others.
sub hand_on {
    my ($now) = @_;
    $next{'hand on'} = $now + 2;
    my @fresh = fresh_peers($now);
    my %wants = map { $_ => $peer{$_}{'s-wants'} // '' } @fresh;
    for my $text (distinct(grep { $_ ne '' && $_ ne own_roll() } map { $wants{$_} } sort @fresh)) {
        my $roll = read_roll($text);
        next if is_on($ME, $roll) || grep { ($wants{$_->{name}} // $text) ne $text } @{$roll->{members}};
        my ($to) = sort { $peer{$b}{'s-lsn'} <=> $peer{$a}{'s-lsn'} } grep { ($wants{$_} // '') eq $text && $peer{$_}{'s-streaming'} && $peer{$_}{'s-eligible'} } map { $_->{name} } @{$roll->{databases}};
        next if !defined $to;
        my $error = obey({order => 'switchover', to => $to}, $now);
        note("guard: is to be no voter any more, and cannot hand over to $to yet: $error") if $error ne '';
        return;
    }
}

sub hand_over {
    my ($now) = @_;
    my $state = server_state();
    if ($switchover{phase} eq 'announced') {
        $switchover{phase} = 'waiting';
        return start_job('hand over', \&job_hand_over);
    }
    if ($switchover{phase} eq 'waiting' && $state eq 'stopped') {
        kill_server($conf{farewell});
        $dying = 1;
        forget_server();
        my $to = $switchover{to};
        if ($to eq '*') {
            $was_primary = 0;
            $switchover{phase} = 'starting';
            return start_job('start', \&start_server);
        }
        note("guard: hands over to $to");
        release($to);
        # Everything has reached the others, so it can follow without being rewound; should it not stream, it is rewound after all.
        write_file("$DATA/standby.signal", '', 0600, 'postgres') if (control_data()->{'Database cluster state'} // '') eq 'shut down';
        $role = 'follower';
        $was_primary = 0;
        $since{handed} = $now;
        return;
    }
    if ($switchover{phase} eq 'starting' && $state eq 'primary') { %switchover = (to => '', phase => '', until => 0); return }
    return step_down($now, "the switchover to $switchover{to} did not end in time", 1) if $now > $switchover{until};
}

# --- following --------------------------------------------------------------------------------------------------------

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
        return start_job('clone', sub { job_clone($upstream) }) if $owned ne 'ours';
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
    return if $error =~ /\A\Q$ASKING_LEADER\E/;    # which says nothing of what is here
    return hold("$name: $error") if $hold_tries++ >= 4;
    $since{diverged} = 1 if $name eq 'start';
}

# --- elections --------------------------------------------------------------------------------------------------------

sub fresh_peers { my ($now) = @_; return grep { $now - $peer{$_}{heard} < 3 * $conf{renew} + 0.3 } keys %peer }

sub campaign_when_vacant {
    my ($now) = @_;
    return if $job{pid} || $held ne '' || $vote{until} > $now || is_following();
    my @fresh = fresh_peers($now);
    return $since{vacant} = 0 if !is_majority({map { $_ => 1 } $ME, @fresh}) || !is_on_a_roll($ME);
    return $since{vacant} = 0 if grep { $peer{$_}{heard} + $peer{$_}{'s-left'} + 0.01 > $now && $peer{$_}{'s-left'} > 0 } @fresh;
    $since{vacant} ||= $now;
    return if $vote{prefer_until} > $now && $vote{prefer} ne $ME;
    return if $now < ($next{campaign} // 0);
    my $position = voting_position($now) // return;
    my $patience;
    if (server_state() eq 'standby') {
        # The best goes first; the others give it a moment.
        my $rank = grep {
            my $order = $peer{$_}{'s-eligible'} ? compare_positions([@{$peer{$_}}{qw(s-tl s-lsn)}], $position) : -1;
            $order > 0 || ($order == 0 && $voter{$_}{seq} < $voter{$ME}{seq})
        } grep { $voter{$_}{kind} eq 'database' } @fresh;
        $patience = $vote{prefer} eq $ME && $vote{prefer_until} > $now ? 0 : $rank * 2 * $conf{renew};
    }
    elsif (server_state() eq 'stopped' && !is_standby_data()) {
        my $owned = data_ownership();
        if ($owned eq 'ours') { $patience = $conf{hold} + 2 * $conf{renew} }    # standbys that are up need no recovery
        elsif ($conf{first} eq 'yes' && $owned ne 'foreign') {
            # A cluster is made only when everybody is here and nobody has data.
            my @all = grep { $_->{name} ne $ME } databases();
            return if grep { my $them = $peer{$_->{name}}; !$them || $now - $them->{heard} > 3 * $conf{renew} + 0.3 || $them->{'s-sysid'} ne '' } @all;
            return if known_system_identifier() ne '';
            $patience = 0;
            $position = [0, 0];
        }
        elsif ($owned eq 'foreign') { return hold('the data directory holds data of another cluster; move it away, then the node is cloned') }
        else { return }
    }
    else { return }
    return if stays_out($position) || $now - $since{vacant} < $patience;
    campaign($now);
}

sub campaign {
    my ($now) = @_;
    my ($highest) = sort { $b <=> $a } $vote{term}, $lease{refused} // 0, map { $_->{'s-term'} // 0 } values %peer;
    %lease = (term => $highest + 1, until => 0, rounds => {}, refused => 0);
    note("guard: asks for the lease of term $lease{term}");
    $role = 'candidate';
    $since{asked} = $now;
    begin_round($now, 1);
}

sub wait_for_votes {
    my ($now) = @_;
    return if $now - $since{asked} < 2 * $conf{renew};
    note("guard: was not elected in term $lease{term}");
    release('');
    $role = 'follower';
    $next{campaign} = $now + $conf{renew} * (0.5 + rand 2);
}

# --- what people see and order ----------------------------------------------------------------------------------------

sub status {
    my ($now) = @_;
    my $leader = $role eq 'leader' ? $ME : current_leader($now);
    my $position = is_database() ? own_position($now) : undef;
    my $state = server_state();
    my $shown = $role eq 'leader' ? 'leader' : !is_database() ? 'witness' : $held ne '' ? 'held' : $state eq 'standby' ? 'standby' : 'down';
    return {
        cluster => $conf{cluster}, node => $ME, kind => $conf{kind}, role => $shown, writable => is_writable($now) ? \1 : \0,
        term => $role eq 'leader' ? $lease{term} : $vote{term}, leader => $leader, leaderAddress => $leader ne '' ? $voter{$leader}{address} : '',
        leaseMs => $role eq 'leader' && $lease{until} > $now ? int(1000 * ($lease{until} - $now)) : 0,
        tooFarBehind => $leader eq '' && !is_following() ? too_far_behind($position) : '', postgres => $state, timeline => $position ? $position->[0] : 0, lsn => $position ? lsn_text($position->[1]) : '', streaming => is_streaming() ? \1 : \0,
        upstream => $server{upstream} // '', switchover => $switchover{to}, pendingRestart => ($server{pending} // 'f') eq 't' ? \1 : \0, held => $held, job => $job{name},
        following => is_following() ? $conf{source} : '', voters => scalar @voters, seen => 1 + fresh_peers($now), voting => voting_state(), config => $conf{digest},
    };
}

# Orders from appstack-pg on this or another node. Whoever orders has to repeat what this guard has just said, so that an
# order cannot be replayed.
sub take_command {
    my ($message, $from, $now) = @_;
    my %answer = (type => 'answer', from => $ME, re => $message->{nonce});
    if ($message->{order} eq 'hello') { $answer{challenge} = $challenge }
    elsif (($message->{challenge} // '') ne $challenge) { $answer{error} = 'stale_order' }
    else {
        $challenge = new_challenge();
        my $error = eval { obey($message, $now) } // $@;
        $error =~ tr/ \n/_/;
        $answer{error} = $error;
    }
    send $socket, encode({%answer, %{own_state($now)}}), 0, $from;
}

sub obey {
    my ($message, $now) = @_;
    my $order = $message->{order};
    if ($order eq 'switchover') {
        return 'this node does not lead' if $role ne 'leader';
        return "a job runs: $job{name}" if $job{pid} && $job{name} ne 'maintain';
        return 'a switchover is under way' if $switchover{to} ne '';
        my $to = $message->{to};
        my $them = $peer{$to};
        return "$to is not a standby that streams" if $to ne '*' && !($them && $now - $them->{heard} < 3 * $conf{renew} + 0.5 && $them->{'s-streaming'} && $them->{'s-pg'} eq 'standby' && !$them->{'s-held'});
        # Clients wait while it catches up.
        my $behind = $to eq '*' ? 0 : ($server{lsn} // 0) - ($them->{'s-lsn'} || 0);
        return sprintf '%s is %.0f MiB behind; wait until it is less than %d', $to, $behind / $MIB, $SWITCHOVER_MIB if $behind >= $SWITCHOVER_MIB * $MIB;
        end_job();
        note("guard: switchover to $to announced");
        %switchover = (to => $to, phase => 'announced', until => $now + $conf{'switchover-timeout'});
        return '';
    }
    if ($order eq 'restart') {
        return 'this node leads' if $role eq 'leader';
        return "a job runs: $job{name}" if $job{pid};
        start_job('restart', \&job_restart);
        return '';
    }
    if ($order eq 'rejoin') {
        return 'this node leads' if $role eq 'leader';
        return "a job runs: $job{name}" if $job{pid};
        note('guard: tries again, as ordered');
        ($held, $hold_tries) = ('', 0);
        return '';
    }
    return force_roll($now) if $order eq 'force-voters';
    if ($order eq 'promote') {
        return 'this cluster follows nobody' if !@source_nodes;
        promote_cluster() if is_following();
        return '';
    }
    if ($order eq 'rebuild') {
        return 'this node leads' if $role eq 'leader';
        my $owner = strangers_data($now);
        return "the data directory $DATA holds data of another cluster (system identifier $owner); move it away, then the node is cloned" if $owner ne '';
        return "it is being cloned already ($job{name})" if $job{pid} && $job{name} =~ /\A(?:clone|rebuild)\z/;
        my $leader = is_following() ? source_node() : $voter{current_leader($now)};
        return 'nobody leads' . (is_following() ? " $conf{source}" : '') . '; there is nothing to clone from' if !$leader;
        end_job();    # whatever it is trying with data that are to go
        ($held, $hold_tries) = ('', 0);
        start_job('rebuild', sub { stop_server(); write_record("$STATE/owner", {making => $conf{cluster}}); job_clone($leader) });
        return '';
    }
    return accept_loss($now) if $order eq 'accept-loss';
    return "unknown order $order";
}
