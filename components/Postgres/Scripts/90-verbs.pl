# What people and operations call.

sub http_status {
    my ($node) = @_;
    my $socket = IO::Socket::IP->new(PeerHost => $node->{address}, PeerPort => $conf{'status-port'}, Timeout => 1) or return undef;
    print $socket "GET / HTTP/1.1\r\nHost: $node->{name}\r\nConnection: close\r\n\r\n";
    my $text = '';
    my $until = now() + 2;
    my $select = IO::Select->new($socket);
    while ($until > now() && $select->can_read($until - now())) { sysread($socket, $text, 65536, length $text) or last }
    my ($body) = $text =~ /\r\n\r\n(\{.*\})\s*\z/s or return undef;
    my %status = $body =~ /"(\w+)":("(?:[^"\\]|\\.)*"|[^,}]+)/g;
    for (values %status) { s/\A"//; s/"\z//; s/\\(.)/$1/g }
    $status{json} = $body;
    return \%status;
}

# The status of the one of these nodes that leads and can be written to.
sub leader_among {
    my ($best) = sort { $b->{term} <=> $a->{term} } grep { $_ && $_->{role} eq 'leader' && $_->{writable} eq 'true' } map { http_status($_) } @_;
    return $best;
}

sub find_leader { my $best = leader_among(databases()); return $best ? $best->{node} : undef }

# Gives an order to a guard: asks for its challenge, then repeats it.
sub order {
    my ($name, %order) = @_;
    read_key();
    my $node = $voter{$name} or die "appstack-pg: there is no node '$name' in cluster $conf{cluster}\n";
    my $family = $node->{address} =~ /:/ ? Socket::AF_INET6() : Socket::AF_INET();
    socket my $out, $family, SOCK_DGRAM, 0 or die "socket: $!\n";
    my $target = address_of($node->{address}, $conf{'guard-port'});
    my $talk = sub {
        my (%message) = @_;
        for my $try (1 .. 5) {
            my $nonce = sha256_hex(join '-', $$, now(), rand);
            send $out, encode({type => 'command', nonce => $nonce, %message}), 0, $target;
            my $until = now() + 1;
            while ((my $left = $until - now()) > 0) {
                IO::Select->new($out)->can_read($left) or last;
                recv $out, my $datagram, 8192, 0;
                my $answer = decode($datagram // '') or next;
                return $answer if ($answer->{re} // '') eq $nonce;
            }
            last if $message{order} ne 'hello';    # an order is given once
        }
        die "appstack-pg: the guard of $name ($node->{address}) does not answer\n";
    };
    my $hello = $talk->(order => 'hello');
    my $answer = $talk->(challenge => $hello->{challenge}, %order);
    (my $error = $answer->{error} // '') =~ tr/_/ /;
    return $error;
}

sub wait_for {
    my ($what, $timeout, $test) = @_;
    my $until = now() + $timeout;
    while (1) {
        my $answer = $test->();
        return $answer if $answer;
        die "appstack-pg: $what did not happen within $timeout s\n" . overview() if now() > $until;
        select undef, undef, undef, 0.1;
    }
}

sub overview {
    my $text = '';
    for my $node (@voters) {
        my $status = http_status($node);
        $text .= $status ? "  $node->{name}: $status->{role}" . ($status->{held} ne '' ? ": $status->{held}" : '') . ($status->{job} ne '' ? ", job $status->{job}" : '') . ", postgres $status->{postgres}, term $status->{term}, leader '$status->{leader}', list of voters " . ($status->{voting} // 'unknown') . "\n"
            : "  $node->{name}: does not answer on $node->{address}:$conf{'status-port'}\n";
        $text .= "    cannot lead: $status->{tooFarBehind}\n" if $status && ($status->{tooFarBehind} // '') ne '';
    }
    return $text;
}

sub verb_status {
    my (%option) = @_;
    my @all = map { [$_, http_status($_)] } @voters;
    if ($option{json}) { print '[' . join(',', map { $_->[1] ? $_->[1]{json} : json({node => $_->[0]{name}, role => 'unreachable'}) } @all) . "]\n"; return 0 }
    print overview();
    return 0;
}

sub verb_gate {
    my (%option) = @_;
    wait_for("an answer of this node's guard with its new settings", $option{timeout} // 20, sub { my $it = http_status($voter{$ME}); $it && $it->{config} eq $conf{digest} });
    return 0;
}

sub verb_switchover {
    my (%option) = @_;
    my $leader = find_leader() // die "appstack-pg: nobody leads cluster $conf{cluster}\n" . overview();
    my $to = $option{to};
    if (!defined $to) {
        my ($best) = sort { lsn_number($b->{lsn}) <=> lsn_number($a->{lsn}) } grep { $_ && $_->{role} eq 'standby' && $_->{streaming} eq 'true' } map { http_status($_) } databases();
        $to = $best ? $best->{node} : die "appstack-pg: no standby streams\n" . overview();
    }
    if ($to eq $leader) { print "$to leads already\n"; return 0 }
    # What is written before is not while clients wait.
    must('a checkpoint on the leader', 600, as_postgres("$BIN/psql", '-XAtq', conninfo($voter{$leader}, 'postgres', 'appstack-pg'), '-c', 'checkpoint'));
    my $began = now();
    my $error = order($leader, order => 'switchover', to => $to);
    die "appstack-pg: $leader refuses: $error\n" if $error ne '';
    wait_for("the switchover from $leader to $to", $option{timeout} // $conf{'switchover-timeout'} + 10, sub { (find_leader() // '') eq $to });
    printf "%s leads instead of %s, after %.2f s\n", $to, $leader, now() - $began;
    return 0;
}

# An order that is done when the node has taken it.
sub verb_order {
    my ($order, %option) = @_;
    my $error = order($option{node} // $ME, order => $order);
    die "appstack-pg: refused: $error\n" if $error ne '';
    return 0;
}

sub verb_rebuild      { return verb_order('rebuild', @_) }
sub verb_rejoin       { return verb_order('rejoin', @_) }
sub verb_force_voters { return verb_order('force-voters', @_) }

# Takes the place of a cluster that is lost, at once on all nodes that answer.
sub verb_promote {
    my (%option) = @_;
    die "appstack-pg: cluster $conf{cluster} follows nobody\n" if !@source_nodes;
    my $leader = leader_among(@source_nodes);
    die "appstack-pg: $leader->{node} still leads $conf{source} and can be written to; what it accepts from now on would be lost. Stop it first, or say --force\n" if $leader && !$option{force};
    my $began = now();
    my @away;
    for my $node (databases()) {
        my $error = eval { order($node->{name}, order => 'promote') } // $@;
        chomp $error;
        push @away, "$node->{name}: $error" if $error ne '';
    }
    print STDERR map { "appstack-pg: $_\n" } @away;
    my $leads = wait_for("a leader of $conf{cluster}", $option{timeout} // 60, sub { find_leader() });
    my $last = must('a question to the new leader', 20, as_postgres("$BIN/psql", '-XAtq', conninfo($voter{$leads}, 'postgres', 'appstack-pg'), '-c', "select coalesce(pg_last_xact_replay_timestamp()::text, 'nothing')"));
    chomp $last;
    printf "%s leads %s in the place of %s after %.2f s; the last commit that it has of it is of %s\n", $leads, $conf{cluster}, $conf{source}, now() - $began, $last;
    return 0;
}

# Lets a node lead that lacks more than the bound allows, because nobody who has it will come back.
sub verb_accept_loss {
    my (%option) = @_;
    my $name = $option{node} // $ME;
    my $error = order($name, order => 'accept-loss');
    die "appstack-pg: $name refuses: $error\n" if $error ne '';
    my $leads = wait_for("a leader of $conf{cluster}", $option{timeout} // 60, sub { find_leader() });
    print "$leads leads $conf{cluster}; what it lacked is lost\n";
    return 0;
}

sub converged {
    my ($digest) = @_;
    my %status = map { $_->{name} => http_status($_) } @voters;
    return 0 if grep { !$_ } values %status;
    for my $node (databases()) {
        my $it = $status{$node->{name}};
        die "appstack-pg: $node->{name} is held: $it->{held}\n" if $it->{held} ne '';
        return 0 if !($it->{role} eq 'leader' && $it->{writable} eq 'true' && $it->{job} =~ /\A(?:maintain)?\z/) && !($it->{role} eq 'standby' && $it->{streaming} eq 'true');
        return 0 if $it->{switchover} ne '';
    }
    return 0 if grep { $status{$_->{name}}{config} ne $conf{digest} || ($status{$_->{name}}{voting} // '') ne 'settled' } @voters;
    return \%status if !grep { $_->{following} eq '' } values %status;    # all of them follow another cluster
    return 0 if (grep { $_->{role} eq 'leader' } values %status) != 1;
    return \%status;
}

# Brings about what needs a restart: standbys one after the other, then the leader by switchover. Values that a standby must not
# have below its leader's are lowered on the leader first, by a restart in place that poolers wait for.
sub verb_rollout {
    my (%option) = @_;
    my $timeout = $option{timeout} // 540;
    my $began = now();
    my @steps;
    wait_for('a leader with all standbys streaming', $timeout, sub { converged() });
    for my $round (1 .. 7) {
        select undef, undef, undef, 10 * $conf{renew} + 0.5;    # a reload has to be noticed, and pending settings are read now and then
        my $status = wait_for('a leader with all standbys streaming', $timeout, sub { converged() });
        my @pending = grep { $status->{$_->{name}}{pendingRestart} eq 'true' } databases();
        last if !@pending;
        # Twice would do; what goes on and on is not brought about by yet another switchover.
        die 'appstack-pg: ' . join(', ', map { $_->{name} } @pending) . ' still wait for a restart after: ' . join(', ', @steps) . "; select name, setting from pg_settings where pending_restart tells which settings\n" if $round == 7;
        my $leader = (grep { $status->{$_}{role} eq 'leader' } keys %$status)[0] // '';    # nobody where all follow another cluster
        if ($leader ne '' && (grep { $_->{name} eq $leader } @pending) && must_lead_first($leader)) {
            my $error = order($leader, order => 'switchover', to => '*');
            die "appstack-pg: $leader refuses to restart: $error\n" if $error ne '';
            push @steps, "restart $leader";
            wait_for("the restart of $leader", $timeout, sub { my $it = http_status($voter{$leader}); $it && $it->{writable} eq 'true' && $it->{switchover} eq '' && $it->{pendingRestart} eq 'false' });
            next;
        }
        for my $node (grep { $_->{name} ne $leader } @pending) {
            my $error = order($node->{name}, order => 'restart');
            die "appstack-pg: $node->{name} refuses to restart: $error\n" if $error ne '';
            push @steps, "restart $node->{name}";
            wait_for("the restart of $node->{name}", $timeout, sub { my $it = http_status($node); $it && $it->{job} eq '' && $it->{streaming} eq 'true' && $it->{pendingRestart} eq 'false' });
        }
        next if !grep { $_->{name} eq $leader } @pending;
        if (databases() == 1) {
            my $error = order($leader, order => 'switchover', to => '*');
            die "appstack-pg: $leader refuses to restart: $error\n" if $error ne '';
            push @steps, "restart $leader";
        }
        else {
            my ($to) = grep { $_ ne $leader } map { $_->{name} } databases();
            verb_switchover(to => $to);
            push @steps, "switchover $leader to $to";
        }
    }
    my $status = wait_for('a leader with all standbys streaming', $timeout, sub { converged() });
    my $leader = (grep { $status->{$_}{role} eq 'leader' } keys %$status)[0] // '';
    print json({leader => $leader, steps => \@steps}), "\n";
    return 0;
}

sub must_lead_first {
    my ($leader) = @_;
    my $sql = "select count(*) from pg_settings s join pg_file_settings f on f.name = s.name where s.pending_restart and f.name in ('max_connections', 'max_worker_processes', 'max_wal_senders', 'max_prepared_transactions', 'max_locks_per_transaction') and f.setting::bigint < s.setting::bigint";
    return must('a statement on the leader', 20, as_postgres("$BIN/psql", '-XAtq', conninfo($voter{$leader}, 'postgres', 'appstack-pg'), '-c', $sql)) > 0;
}

# Runs SQL from standard input on the leader, as superuser.
sub verb_sql {
    my (%option) = @_;
    my $leader = $option{here} ? $ME : wait_for('a leader that can be written to', $option{timeout} // 30, sub { find_leader() });
    my @single = $option{'single-transaction'} ? ('--single-transaction') : ();
    my @target = $option{here} ? ('-p', $conf{port}, '-d', $option{database} // 'postgres') : (conninfo($voter{$leader}, $option{database} // 'postgres', 'appstack-pg'));
    my @command = as_postgres("$BIN/psql", '-XAtq', '-v', 'ON_ERROR_STOP=1', @single, @target, '-f', '-');
    chdir '/';
    exec { $command[0] } @command or die "appstack-pg: cannot run psql: $!\n";
}

# Whether this node may be given to the cluster; asked before anything on it is replaced.
sub verb_may_own {
    my ($cluster, $version) = @_;
    %conf = (cluster => $cluster, version => $version);
    $DATA = "$ROOT/var/lib/postgresql/$version/main";
    $BIN  = "/usr/lib/postgresql/$version/bin";
    die "the data directory $DATA holds data of another cluster (system identifier " . system_identifier() . "); move it away or give the node to that cluster\n" if data_ownership() eq 'foreign';
    my ($place) = grep { -d } $DATA, "$ROOT/var/lib/postgresql", "$ROOT/var/lib", '/';
    my (undef, $output) = run(10, 'df', '--output=pcent', $place);
    my ($used) = $output =~ /([0-9]+)%/;
    die "the file system of $place is $used % full; PostgreSQL needs room for WAL: make it less than 90 % full\n" if defined $used && $used >= 90;
    return 0;
}

# Tells a running PostgreSQL about new files.
sub verb_reload {
    my $pid = postmaster() or return 0;
    kill 'HUP', $pid;
    return 0;
}

# What an operation wants to know of this node: its guard's status and what PostgreSQL knows that the guard does not ask, as one JSON object.
sub verb_report {
    my $status = http_status($voter{$ME});
    my $guard = $status ? $status->{json} : json({node => $ME, role => 'unreachable'});
    my $server = is_database() ? eval { local_sql(q{select json_build_object(
        'standbys', (select coalesce(json_agg(json_build_object('name', application_name, 'state', state, 'sync', sync_state, 'lagBytes', pg_wal_lsn_diff(pg_last_committed_lsn, flush_lsn)::bigint)), '[]')
            from pg_stat_replication, lateral (select case when pg_is_in_recovery() then flush_lsn else pg_current_wal_flush_lsn() end as pg_last_committed_lsn) w where application_name not like '%-clone'),
        'slots', (select coalesce(json_agg(json_build_object('name', slot_name, 'active', active, 'keptBytes', pg_wal_lsn_diff(case when pg_is_in_recovery() then pg_last_wal_receive_lsn() else pg_current_wal_lsn() end, restart_lsn)::bigint)), '[]') from pg_replication_slots where slot_type = 'physical'),
        'archive', (select json_build_object('segment', last_archived_wal, 'failed', case when last_failed_time > coalesce(last_archived_time, '-infinity') then last_failed_wal end) from pg_stat_archiver),
        'oldestTransaction', (select max(age(datfrozenxid)) from pg_database),
        'version', current_setting('server_version'), 'maxConnections', current_setting('max_connections')::int, 'connections', (select count(*) from pg_stat_activity where backend_type = 'client backend'))}) } // 'null' : 'null';
    $server =~ s/\s+\z//;
    my (undef, $output) = is_database() ? run(10, 'df', '--output=pcent', $DATA) : (0, '');
    my ($used) = $output =~ /([0-9]+)%/;
    print "{\"guard\":$guard,\"postgres\":$server,\"diskPercent\":", $used // 0, "}\n";
    return 0;
}
