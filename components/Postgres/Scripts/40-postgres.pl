# PostgreSQL on this node: what runs, how far it is, and how it is stopped for certain.

# stopped, starting (no answer yet), standby, primary; primary also when it is only on the way to become one.
sub postmaster {
    my $text = read_file("$DATA/postmaster.pid") // return 0;
    my ($pid) = $text =~ /\A([0-9]+)\n/ or return 0;    # a single-user process has a negative number
    my $exe = readlink "/proc/$pid/exe" // return 0;
    return $exe =~ m{/postgres(?: \(deleted\))?\z} ? $pid : 0;
}

# Whether the running server's program is no longer the one on disk: a package was upgraded, and a restart takes it up.
sub is_replaced { return (readlink "/proc/$_[0]/exe" // '') =~ /\(deleted\)\z/ ? 1 : 0 }

sub is_standby_data { return -e "$DATA/standby.signal" }
sub has_data        { return -e "$DATA/PG_VERSION" && -e "$DATA/global/pg_control" }

# All server processes of this node, whoever is their parent; not single-user ones, with which pg_rewind recovers.
sub server_processes {
    my @found;
    opendir my $proc, '/proc' or return ();
    for my $pid (grep { /\A[0-9]+\z/ } readdir $proc) {
        my $exe = readlink "/proc/$pid/exe" // next;
        next if $exe !~ m{\A\Q$BIN\E/postgres(?: \(deleted\))?\z};
        next if (read_file("/proc/$pid/cmdline") // '') =~ /\0--(?:single|boot)\0/;
        next if (read_file("/proc/$pid/stat") // '') =~ /\) Z /;
        push @found, $pid;
    }
    return @found;
}

# Kills; SIGKILL also ends stopped processes. Waits until nothing is left, or for so many seconds: on a machine without time to run
# dying takes some. Answers with the seconds it took and what is left.
sub kill_server {
    my ($patience) = @_;
    my $began = now();
    my @left;
    while (@left = server_processes()) {
        kill 'KILL', @left;
        last if now() - $began >= $patience;
        select undef, undef, undef, 0.01;
    }
    return (now() - $began, @left);
}

sub control_data {
    my ($code, $output) = run(10, '/usr/bin/env', 'LC_ALL=C', "$BIN/pg_controldata", '-D', $DATA);
    return {} if $code;
    return {map { /\A(.+?):\s+(.*)\z/ ? ($1 => $2) : () } split /\n/, $output};
}

sub lsn_number { my ($high, $low) = $_[0] =~ m{\A([0-9A-F]+)/([0-9A-F]+)\z}i or return 0; return hex($high) * 4294967296 + hex $low }

sub lsn_text { return $_[0] eq 'inf' ? 'inf' : sprintf '%X/%X', int($_[0] / 4294967296), $_[0] % 4294967296 }

# The position of a server that is down and has led: where a clean shutdown ended, else the end of its timeline, whatever it is.
sub position_at_rest {
    my $owned = data_ownership();
    return [0, 0] if $owned =~ /\A(?:empty|unused|unfinished)\z/;
    return undef if $owned ne 'ours' || is_standby_data();
    my $control = control_data();
    my $timeline = $control->{"Latest checkpoint's TimeLineID"} // return undef;
    return [$timeline, 'inf'] if ($control->{'Database cluster state'} // '') ne 'shut down';
    return [$timeline, lsn_number($control->{'Latest checkpoint location'}) + 1];
}

sub system_identifier { return has_data() ? control_data()->{'Database system identifier'} // '' : '' }

# empty, ours, unused (what the package made when it was installed: no database but its own), foreign.
sub data_ownership {
    state $known = '';
    state $of = '';
    my $stamp = join ' ', map { my @stat = stat $_; @stat ? "$stat[1]-$stat[9]" : 'none' } $DATA, "$DATA/PG_VERSION", "$DATA/global", "$STATE/owner";
    ($known, $of) = (look_at_ownership(), $stamp) if $stamp ne $of;
    return $known;
}

# Whatever was made since initdb has a number from here on (FirstNormalObjectId).
my $FIRST_MADE = 16384;

sub look_at_ownership {
    return 'empty' if !-d $DATA || !has_data() && !grep { !/\A\.\.?\z/ } do { opendir my $d, $DATA or return 'empty'; readdir $d };
    my $owner = read_record("$STATE/owner");
    return ($owner->{cluster} // '') eq $conf{cluster} ? 'ours' : 'foreign' if ($owner->{'system-identifier'} // '') ne '' && $owner->{'system-identifier'} eq system_identifier();
    return 'unfinished' if ($owner->{making} // '') eq $conf{cluster};
    return 'foreign' if !has_data();
    opendir my $base, "$DATA/base" or return 'foreign';
    my @databases = grep { /\A[0-9]+\z/ } readdir $base;
    opendir my $spaces, "$DATA/pg_tblspc" or return 'foreign';
    my @spaces = grep { !/\A\.\.?\z/ } readdir $spaces;
    return !@spaces && @databases <= 3 && !(grep { $_ >= $FIRST_MADE } @databases) && !holds_made_objects(@databases) ? 'unused' : 'foreign';
}

# Tables are files; roles are none, but the control file knows which number is next. Before a checkpoint it may not, and of a crash with nothing but roles
# nothing tells.
sub holds_made_objects {
    my (@databases) = @_;
    for my $database (@databases) {
        opendir my $files, "$DATA/base/$database" or return 1;
        return 1 if grep { /\A([0-9]+)/ && $1 >= $FIRST_MADE } readdir $files;
    }
    my ($next) = (control_data()->{"Latest checkpoint's NextOID"} // '') =~ /\A([0-9]+)\z/ or return 1;
    return $next >= $FIRST_MADE;
}

sub claim_data { write_record("$STATE/owner", {cluster => $conf{cluster}, 'system-identifier' => system_identifier()}) }

sub empty_data {
    die "the data directory $DATA holds data of another cluster (system identifier " . system_identifier() . "); move it away, then the node is cloned\n" if data_ownership() eq 'foreign';
    # The boot may still be starting what the package made: that start would be joined, and fails when the fence has ended its server.
    stop_server();
    write_record("$STATE/owner", {making => $conf{cluster}});
    must('emptying the data directory', 600, '/bin/sh', '-c', 'mkdir -p "$1" && find "$1" -mindepth 1 -delete && chown postgres:postgres "$1" && chmod 700 "$1"', 'sh', $DATA);
}

# Whom a standby follows. postgresql.auto.conf is where repmgr and pg_rewind put it, too, so that there is one place.
sub set_upstream {
    my ($leader) = @_;
    my $path = "$DATA/postgresql.auto.conf";
    my @lines = grep { !/\A\s*(?:primary_conninfo|primary_slot_name|recovery_target|synchronous_standby_names)/ } split /\n/, read_file($path) // '';
    push @lines, "primary_conninfo = '" . conninfo($leader, 'repmgr', $ME) . "'", "primary_slot_name = '" . ($leader->{slot} // slot_of($voter{$ME})) . "'";
    my $text = join("\n", @lines) . "\n";
    return 0 if $text eq (read_file($path) // '');
    write_file($path, $text, 0600, 'postgres');
    return 1;
}

sub slot_of { return "repmgr_slot_$_[0]{seq}" }

sub start_server {
    run(10, 'systemctl', 'reset-failed', $UNIT);
    my ($code, $output) = run(300, 'systemctl', 'start', $UNIT);
    return if !$code && postmaster();
    (undef, my $log) = run(10, 'journalctl', '-q', '--no-pager', '-o', 'cat', '-n', '8', '-u', $UNIT);
    (undef, my $tail) = run(5, 'tail', '-n', '8', "/var/log/postgresql/postgresql-$conf{version}-main.log");
    die "PostgreSQL did not start: $output$log$tail";
}

sub stop_server {
    my ($code, $output) = run(120, 'systemctl', 'stop', $UNIT);
    my (undef, @left) = kill_server(10);
    die "PostgreSQL's processes @left do not die\n" if @left;
    run(10, 'systemctl', 'reset-failed', $UNIT);
}
