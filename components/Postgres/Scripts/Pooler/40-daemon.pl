# --- daemon -------------------------------------------------------------------------------------------------------------

my (%followed, $followed_at);    # highest term by who told it, and when
my %frozen;                      # who keeps the pools from growing, since when
my ($leader, @readers, $written, $pointed, $admin, $admin_at, $admin_ok, $admin_failures, $hold, $health, $control, @clients, %asking);

sub agent {
    $| = 1;
    $SIG{PIPE} = 'IGNORE';
    ($admin_at, $admin_ok, $admin_failures, $followed_at) = (0, 0, 0, now());
    unlink $CONTROL;
    $control = IO::Socket::UNIX->new(Local => $CONTROL, Listen => 16) or die "appstack-pooler: cannot listen at $CONTROL: $!\n";
    chmod 0600, $CONTROL;
    $health = IO::Socket::IP->new(LocalHost => $conf{'health-address'}, LocalPort => $conf{'health-port'}, Listen => 32, ReuseAddr => 1)
        or die "appstack-pooler: cannot listen at $conf{'health-address'}:$conf{'health-port'}: $@\n";
    $_->blocking(0) for $control, $health;
    resume_all();
    notify("READY=1\n");
    my $watchdog = 0;
    while (1) {
        my $now = now();
        if ($now >= $watchdog) { notify("WATCHDOG=1\n"); $watchdog = $now + 1 }
        begin_questions($now);
        wait_for_something($now);
        follow(now());
        look_after_pgbouncer(now());
        look_for_logins(now());
        end_hold(now());
    }
}

# Each guard is asked in an interval; a guard that does not answer in time is asked again.
sub begin_questions {
    my ($now) = @_;
    for my $server (@servers) {
        if ($server->{socket} && $now > $server->{deadline}) { forget($server) }
        next if $server->{socket} || $now < $server->{next} || $conf{'status-port'} == 0;
        $server->{next} = $now + $conf{interval};
        my $socket = IO::Socket::IP->new(PeerHost => $server->{address}, PeerPort => $conf{'status-port'}, Blocking => 0) or next;
        @{$server}{qw(socket deadline sent buffer)} = ($socket, $now + $conf{timeout}, 0, '');
    }
    ask_servers($now);
}

sub forget { my ($server) = @_; close $server->{socket}; $server->{socket} = undef }

sub wait_for_something {
    my ($now) = @_;
    my ($read, $write, $until) = ('', '', $now + 0.5);
    for my $server (@servers) {
        if ($server->{socket}) {
            vec($server->{sent} ? $read : $write, fileno $server->{socket}, 1) = 1;
            $until = $server->{deadline} if $server->{deadline} < $until;
        }
        elsif ($conf{'status-port'} != 0 && $server->{next} < $until) { $until = $server->{next} }
    }
    vec($read, fileno $_->{socket}, 1) = 1 for @clients, values %asking, $hold && $hold->{console} ? $hold->{console} : ();
    $until = $hold->{look} if $hold && $hold->{look} && $hold->{look} < $until;
    vec($read, fileno $_, 1) = 1 for $control, $health;
    $until = $hold->{deadline} if $hold && $hold->{console} && $hold->{deadline} < $until;
    my $left = $until - now();
    select $read, $write, undef, $left < 0.001 ? 0.001 : $left;
    for my $server (grep { $_->{socket} } @servers) {
        my $fd = fileno $server->{socket};
        if (vec $write, $fd, 1) {
            $server->{sent} = 1;
            syswrite $server->{socket}, "GET / HTTP/1.0\r\n\r\n" or forget($server);
        }
        elsif (vec $read, $fd, 1) { hear($server) }
    }
    for my $question (values %asking) { hear_server($question) if vec $read, fileno $question->{socket}, 1 }
    if ($hold && $hold->{console} && vec $read, fileno $hold->{console}{socket}, 1) { go_on_pausing() if take($hold->{console}) }
    for my $client (@clients) { serve($client) if vec $read, fileno $client->{socket}, 1 }
    @clients = grep { !$_->{done} } @clients;
    for my $listener ($control, $health) {
        next if !vec $read, fileno $listener, 1;
        my $socket = $listener->accept or next;
        $socket->blocking(0);
        push @clients, {socket => $socket, buffer => '', web => $listener == $health, at => now()};
    }
    @clients = grep { !($_->{web} && now() - $_->{at} > 5) } @clients;
}

sub hear {
    my ($server) = @_;
    my $read = sysread $server->{socket}, $server->{buffer}, 65536, length $server->{buffer};
    return if !defined $read && $! == EAGAIN;
    if ($read && $server->{buffer} !~ /\r\n\r\n\{.*\}\s*\z/s) { return }    # more will come
    my ($body) = $server->{buffer} =~ /\r\n\r\n(\{.*\})/s;
    forget($server);
    return if !defined $body;
    my %said = (role => '', writable => 'false', term => 0, switchover => '', streaming => 'false');
    while ($body =~ /"(\w+)":(?:"([^"]*)"|(\w+))/g) { $said{$1} = $2 // $3 }
    my $role = $said{role} eq 'leader' ? ($said{writable} eq 'true' ? 'leader' : '') : $said{role} eq 'standby' && $said{streaming} eq 'true' ? 'standby' : '';
    learn($server, 'guard', $role, $said{term}, $said{switchover});
}

sub learn {
    my ($server, $source, $role, $term, $switchover) = @_;
    my $now = now();
    $server->{since} = $now if $server->{role} ne $role || $now - $server->{at} > $conf{lifetime};
    @{$server}{qw(source role term switchover at)} = ($source, $role, $term, $switchover, $now);
}

# No guard at all: ask PostgreSQL itself, with the one user that this machine has. Timelines count promotions.
my $asked_at = 0;
sub ask_servers {
    my ($now) = @_;
    for my $name (keys %asking) {
        if ($now > $asking{$name}{deadline}) { kill 'KILL', $asking{$name}{pid}; end_question($asking{$name}) }
    }
    return if $conf{'status-port'} != 0 && grep { $now - $_->{at} < 3 && $_->{source} eq 'guard' } @servers;
    my $every = $conf{'status-port'} == 0 ? $conf{interval} : 1;
    return if $now < $asked_at + $every || !-r $PASSFILE;
    $asked_at = $now;
    for my $server (grep { !$asking{$_->{name}} } @servers) {
        my $pid = open(my $out, '-|') // next;
        if (!$pid) {
            open STDERR, '>', '/dev/null';
            $ENV{PGPASSFILE} = $PASSFILE;
            exec('psql', '-XAtq', '-F', ' ',
                '-d', "host=$server->{address} port=$conf{'server-port'} dbname=postgres user=pgbouncer_auth sslmode=verify-full sslrootcert=$CA connect_timeout=2",
                '-c', "SELECT CASE WHEN pg_is_in_recovery() THEN 'standby' ELSE 'leader' END, timeline_id FROM pg_control_checkpoint()")
                or POSIX::_exit(127);
        }
        $asking{$server->{name}} = {server => $server, pid => $pid, socket => $out, buffer => '', deadline => $now + 3};
    }
}

sub hear_server {
    my ($question) = @_;
    return if sysread $question->{socket}, $question->{buffer}, 4096, length $question->{buffer};
    if ($question->{buffer} =~ /\A(leader|standby) (\d+)\n\z/) { learn($question->{server}, 'server', $1, $2, '') }
    end_question($question);
}

sub end_question {
    my ($question) = @_;
    close $question->{socket};    # reaps it
    delete $asking{$question->{server}{name}};
}

# Who leads is who says so with the highest term; who said nothing lately says nothing.
sub follow {
    my ($now) = @_;
    my @fresh = grep { $now - $_->{at} <= $conf{lifetime} } @servers;
    my ($best) = sort { $b->{term} <=> $a->{term} } grep { $_->{role} eq 'leader' } @fresh;

    # Never back to an earlier term, even when the leader is silent for a moment; but a cluster that was made anew counts from one.
    if ($best && ($best->{term} >= ($followed{$best->{source}} // 0) || $now - $followed_at > 30)) {
        $leader = $best;
        ($followed{$best->{source}}, $followed_at) = ($best->{term}, $now);
    }
    my $shown = $leader // last_leader();

    # A standby that comes back has to say so for a while; one that goes is out at once.
    my %had = map { $_->{name} => 1 } @readers;
    @readers = grep { $_->{role} eq 'standby' && $_ != $shown && ($had{$_->{name}} || $now - $_->{since} >= $conf{lifetime}) } @fresh;
    if ($best && $best->{switchover} && !$hold) { begin_hold({by => 'switchover', target => $best->{switchover}, deadline => $now + 10, until => $now + $conf{'pause-limit'}, leader => $best}) }
    point($shown);
}

# Has PgBouncer use the endpoints as they are now. A new leader is more urgent than what a login to the old one comes to.
sub point {
    my ($shown) = @_;
    my $text = endpoints($shown, @readers);
    if (defined $written && $text eq $written) {
        thaw('endpoints') if $frozen{endpoints};    # what was to change has changed back
        return;
    }
    my $moves = $pointed && $leader && $leader != $pointed;
    if (!$moves) {
        freeze('endpoints');
        return if logs_in(command_pgbouncer('SHOW POOLS') // []) && now() - $frozen{endpoints} < $LOGIN_PATIENCE;
    }
    replace($INCLUDE, $text);
    replace($LAST, "$leader->{name}\n") if $leader;
    my $done = command_pgbouncer('RELOAD');
    thaw('endpoints');
    return if !$done;
    $written = $text;
    print "leader $shown->{name}", ($leader ? " (term $leader->{term})" : ' (last known)'), ', read-only at ', reader($shown, @readers)->{name}, "\n";
    cut_off($pointed) if $moves;
    $pointed = $leader;
}

# Pools do not grow while anyone waits for a moment without a login: the endpoints' reload, a pause, or both. With a reload all settings are the file's.
sub freeze { my ($why) = @_; $frozen{$why} //= now(); command_pgbouncer($NO_GROWTH) }
sub thaw { my ($why) = @_; delete $frozen{$why}; command_pgbouncer(%frozen ? $NO_GROWTH : $GROWTH) }

# Statements that are still with the old leader will not be answered: end them now instead of after tcp_user_timeout.
sub cut_off {
    my ($server) = @_;
    return if $> == 0 && $ROOT;
    my $pid = fork // return;
    if (!$pid) {
        open STDOUT, '>', '/dev/null';
        open STDERR, '>', '/dev/null';
        exec('ss', '-K', 'dst', $server->{address}, 'dport', '=', ":$conf{'server-port'}") or POSIX::_exit(127);
    }
    waitpid $pid, 0;
}

# The daemon's own connection to the console is kept: a command costs well under a millisecond.
sub command_pgbouncer {
    my ($sql) = @_;
    for my $attempt (1, 2) {
        $admin //= console(1);
        last if !$admin;
        ask($admin, $sql) or do { undef $admin; next };
        wait_ready($admin, 1);
        return $admin->{rows} if !defined $admin->{error};
        print "$sql: $admin->{error}\n" if $admin->{error} !~ /closed the connection|is not paused/;
        undef $admin if $admin->{error} =~ /does not answer|closed/;
    }
    return undef;
}

# A PgBouncer that spins answers nobody any more; systemd starts a new one.
sub look_after_pgbouncer {
    my ($now) = @_;
    return if $now < $admin_at + ($admin_ok ? 1 : 0.1);
    $admin_at = $now;
    my $answered = command_pgbouncer('SHOW VERSION');
    if ($answered) {
        $written = undef if !$admin_ok && $admin_failures;    # a new process may have read older endpoints
        ($admin_ok, $admin_failures) = (1, 0);
        return;
    }
    print "PgBouncer does not answer\n" if $admin_ok;
    $admin_ok = 0;
    return if ++$admin_failures < 5;
    $admin_failures = 1;
    my ($pid) = (slurp("$CONSOLE/pgbouncer.pid") // '') =~ /\A(\d+)/ or return;
    if ((slurp("/proc/$pid/comm") // '') eq "pgbouncer\n") { print "PgBouncer (process $pid) is stuck: killed\n"; kill 'KILL', $pid }
}

