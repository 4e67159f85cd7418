# Settings, clock, log, files: what every verb needs.

our $ROOT = $ENV{APPSTACK_ROOT} // '';    # empty except in tests
our %conf;
our (@voters, %voter);                    # {name, address, kind, seq} in the settings' order, and by name
our ($RUN, $STATE) = ("$ROOT/run/appstack-pg", "$ROOT/var/lib/appstack-pg");
our ($DATA, $BIN, $UNIT, $ME);
our @source_nodes;                        # {name, address} of the database nodes of the cluster that this one follows; mostly none

# CLOCK_BOOTTIME goes on while a machine sleeps; a lease must not outlive a nap. Only differences on one machine are used.
sub now { return clock_gettime(7) }

sub note { print STDERR join('', @_), "\n" }

sub read_settings {
    my $path = "$ROOT/etc/appstack/pg/guard.conf";
    open my $in, '<', $path or die "appstack-pg: cannot read $path: $!\n";
    my %read;
    while (<$in>) { $read{$1} = $2 if /\A([a-z-]+) = (.*)\n\z/ }
    %conf = %read;
    @voters = map { my ($name, $address, $kind, $seq) = split /,/; {name => $name, address => $address, kind => $kind, seq => $seq} } split ' ', $conf{voters};
    %voter = map { $_->{name} => $_ } @voters;
    read_source();
    $ME   = $conf{node};
    $DATA = "$ROOT/var/lib/postgresql/$conf{version}/main";
    $BIN  = "/usr/lib/postgresql/$conf{version}/bin";
    $UNIT = "postgresql\@$conf{version}-main.service";
}

# Whether this tool or its settings are other ones than those that this process began with, and have come to rest: the daemons
# then start over by themselves, without losing a lease.
sub settings_changed {
    my ($now) = @_;
    state $began = '';
    state $last = '';
    state $next = 0;
    return 0 if $now < $next;
    $next = $now + 0.7;
    my $found = join ' ', map { my @stat = stat $_; @stat ? "$stat[1]-$stat[9]" : 'none' } $0, "$ROOT/etc/appstack/pg/guard.conf", "$ROOT/etc/appstack/pg/guard.key";
    $began = $last = $found if $began eq '';
    my $at_rest = $found eq $last;
    $last = $found;
    return 0 if $found eq $began || !$at_rest;
    $began = $found;
    return 1;
}

sub is_database { return $conf{kind} eq 'database' }
sub databases   { return grep { $_->{kind} eq 'database' } @voters }

sub read_file {
    my ($path) = @_;
    open my $in, '<:raw', $path or return undef;
    local $/;
    my $content = <$in>;
    return $content // '';
}

# Written beside, synced and renamed: whoever reads sees the old or the new content, also after a power loss.
sub write_file {
    my ($path, $content, $mode, $owner) = @_;
    my $new = "$path.new";
    open my $out, '>:raw', $new or die "cannot write $new: $!\n";
    chmod $mode // 0600, $new;
    if (defined $owner && $> == 0) { my @user = getpwnam $owner; chown $user[2], $user[3], $new }
    print $out $content;
    $out->flush;
    $out->sync if $path !~ m{^\Q$RUN\E/};
    close $out or die "cannot write $new: $!\n";
    rename $new, $path or die "cannot rename $new: $!\n";
}

# A key=value file of what has to be remembered.
sub read_record {
    my ($path) = @_;
    my $text = read_file($path) // return {};
    return {map { /\A(\S+?)=(.*)\z/ ? ($1 => $2) : () } split /\n/, $text};
}

# The same, unless it is of another cluster, from a time before this machine was given to this one.
sub own_record {
    my ($path) = @_;
    my $record = read_record($path);
    return ($record->{cluster} // $conf{cluster}) eq $conf{cluster} ? $record : {};
}

sub write_record {
    my ($path, $record) = @_;
    write_file($path, join('', map { "$_=$record->{$_}\n" } sort keys %$record));
}

# Runs a program to its end; exit code and everything it printed. Killed after its time-out (124).
sub run {
    my ($timeout, @command) = @_;
    pipe my $reader, my $writer or die "pipe: $!\n";
    my $child = fork // die "fork: $!\n";
    if (!$child) {
        setpgrp 0, 0;
        $SIG{$_} = 'DEFAULT' for qw(TERM HUP CHLD);
        open STDIN,  '<',  '/dev/null';
        open STDOUT, '>&', $writer;
        open STDERR, '>&', $writer;
        chdir '/';
        exec { $command[0] } @command or do { print "cannot run $command[0]: $!\n"; POSIX::_exit(127) };
    }
    close $writer;
    my ($output, $deadline) = ('', now() + $timeout);
    my $select = IO::Select->new($reader);
    while (1) {
        my $left = $deadline - now();
        if ($left <= 0) { kill 'KILL', -$child; waitpid $child, 0; return (124, $output . "timed out after ${timeout}s\n") }
        next if !$select->can_read($left);
        my $read = sysread $reader, $output, 65536, length $output;
        next if !defined $read && $!{EINTR};
        last if !$read;
    }
    waitpid $child, 0;
    return ($? & 127 ? 128 + ($? & 127) : $? >> 8, $output);
}

# Before all that is not: a guard that gets no time loses its lease. Its children are as all others.
sub run_in_real_time {
    my ($code, $output) = run(5, 'chrt', '--reset-on-fork', '--rr', '--pid', '10', $$);
    note("no real-time priority: $output") if $code;
}

sub as_postgres { return ('/usr/bin/setpriv', '--reuid=postgres', '--regid=postgres', '--init-groups', '--', '/usr/bin/env', 'HOME=/var/lib/postgresql', @_) }

# Runs a program as postgres; dies with its words when it fails.
sub must {
    my ($what, $timeout, @command) = @_;
    my ($code, $output) = run($timeout, @command);
    return $output if $code == 0;
    $output =~ s/\s+\z//;
    die "$what failed (exit code $code): $output\n";
}

sub local_sql {
    my ($sql, $database, $timeout) = @_;
    return must("a statement", $timeout // 20, as_postgres("$BIN/psql", '-XAtq', '-v', 'ON_ERROR_STOP=1', '-p', $conf{port}, '-d', $database // 'postgres', '-c', $sql));
}

# How another node is reached with everything that libpq should check.
sub conninfo {
    my ($node, $database, $application) = @_;
    return join ' ', "host=$node->{name}", "hostaddr=$node->{address}", "port=$conf{port}", 'user=repmgr', "dbname=$database",
        "application_name=$application", 'sslmode=verify-full', 'sslrootcert=/etc/appstack/pg/tls/ca.crt', 'passfile=/var/lib/postgresql/.pgpass',
        $conf{connection};
}
