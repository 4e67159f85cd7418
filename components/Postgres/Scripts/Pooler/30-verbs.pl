# --- verbs --------------------------------------------------------------------------------------------------------------

# One question to the daemon; its answer is a line.
sub daemon_answer {
    my ($line, $patience) = @_;
    my $socket = IO::Socket::UNIX->new(Peer => $CONTROL) or return undef;
    syswrite $socket, "$line\n";
    my ($answer, $end) = ('', now() + $patience);
    while ($answer !~ /\n/) {
        my ($bits, $left) = ('', $end - now());
        vec($bits, fileno $socket, 1) = 1;
        return undef if $left <= 0 || !select $bits, undef, undef, $left;
        sysread $socket, $answer, 65536, length $answer or return undef;
    }
    return $answer;
}

sub relay {
    my ($line, $patience) = @_;
    my $answer = daemon_answer($line, $patience);
    if (!defined $answer) { print STDERR "appstack-pooler: the daemon does not answer; see journalctl -u appstack-pooler.service\n"; exit 1 }
    print $answer;
    if ($answer =~ /"error":"((?:[^"\\]|\\.)*)"/) { print STDERR "appstack-pooler: $1\n"; exit 1 }
}

sub status { relay('status', 5) }
sub pause  { relay("pause $option{timeout} $option{limit}", $option{timeout} + 5) }
sub resume { relay('resume', 5) }

sub gate {
    my ($end, $answer) = (now() + $option{timeout}, '');
    while (1) {
        $answer = daemon_answer('status', 2) // '';
        last if $answer =~ /"healthy":true/;
        if (now() > $end) {
            print $answer;
            print STDERR "appstack-pooler: after $option{timeout}s: ",
                ($answer eq '' ? 'the daemon does not answer' : $answer =~ /"pgbouncer":false/ ? 'PgBouncer does not answer' : 'no server says that it leads'), "\n";
            exit 1;
        }
        pause_for(0.05);
    }
    print $answer;
}

# What PgBouncer reads only at its start shows in a value that stays what it was.
sub reload {
    my $wanted = slurp("$ROOT/etc/pgbouncer/pgbouncer.ini") // '';
    replace_as_pgbouncer();
    become_pgbouncer();
    my @stale;
    my $done = eval {
        order($NO_GROWTH);
        for (my $end = now() + $LOGIN_PATIENCE; now() < $end && logs_in(order('SHOW POOLS')); ) { pause_for(0.005) }
        order('RELOAD');
        order($GROWTH);
        for my $row (@{order('SHOW CONFIG')}) {
            next if $row->{changeable} ne 'no';
            my ($value) = $wanted =~ /^\Q$row->{key}\E = (.*)$/m or next;
            push @stale, $row->{key} if $value ne ($row->{value} // '');
        }
        1;
    };
    ($>, $)) = ($<, $();
    if (!$done || @stale) {
        system(qw(systemctl restart pgbouncer.service)) == 0 or die "appstack-pooler: PgBouncer does not restart; see journalctl -u pgbouncer.service\n";
    }
    print '{"reloaded":', ($done && !@stale ? 'true' : 'false'), ',"restartedFor":', list(@stale), "}\n";
}

sub replace_as_pgbouncer {
    my ($uid, $gid) = (stat "$ROOT/var/lib/appstack-pooler")[4, 5];
    my $answer = daemon_answer('render', 2);
    return if defined $answer;    # the daemon knows best
    render();
    chown $uid, $gid, $INCLUDE if $> == 0;
}

# Starts a PgBouncer with the configuration, but without network and elsewhere, and looks whether it comes up.
sub check {
    my ($ini, $template) = @_;
    my $folder = `mktemp -d` =~ s/\n//r;
    my $text = slurp($ini) // die "appstack-pooler: cannot read $ini: $!\n";
    my $endpoints = slurp($template) // die "appstack-pooler: cannot read $template: $!\n";
    $endpoints =~ s/\{leader\}|\{reader\}/127.0.0.1/g;
    replace("$folder/databases.ini", $endpoints);
    $text =~ s{^%include .*$}{%include $folder/databases.ini}m;
    $text =~ s/^listen_addr = .*$/listen_addr =/m;
    $text =~ s/^(unix_socket_dir) = .*$/$1 = $folder/m;
    $text =~ s{^(pidfile) = .*$}{$1 = $folder/pid}m;

    # Staged next to their places under other names, or not there yet: keys are proved by the reload.
    $text =~ s/^(client_tls_sslmode|server_tls_sslmode) = .*$/$1 = disable/gm;
    $text =~ s/^(client_tls|server_tls|auth_file)_?\w* = .*\n//gm;
    replace("$folder/pgbouncer.ini", $text);
    my ($uid, $gid) = (getpwnam 'postgres')[2, 3];
    chown $uid, $gid, $folder, glob "$folder/*" if $> == 0;
    my $pid = open(my $out, '-|') // die "appstack-pooler: cannot fork: $!\n";
    if (!$pid) {
        if ($> == 0) { POSIX::setgid($gid); POSIX::setuid($uid) }
        open STDERR, '>&', \*STDOUT;
        delete $ENV{NOTIFY_SOCKET};
        exec 'pgbouncer', "$folder/pgbouncer.ini" or print "cannot run pgbouncer: $!\n";
        POSIX::_exit(127);
    }
    my ($log, $up) = ('', 0);
    while (my $line = <$out>) {
        $log .= $line;
        if ($line =~ /process up/) { $up = 1; last }
    }
    kill 'KILL', $pid;
    close $out;
    system 'rm', '-rf', $folder;
    my @wrong = grep { /ERROR|FATAL|WARNING.*(?:unknown|invalid)/ } split /\n/, $log;
    exit 0 if $up && !@wrong;
    print STDERR map { "$_\n" } @wrong ? @wrong : $log;
    exit 1;
}

