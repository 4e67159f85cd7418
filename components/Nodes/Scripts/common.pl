# Shared by every script that runs on a node. Only perl-base may be used: it is on every Debian system, python3 is not.
use strict;
use warnings;
use Errno qw(EINTR ENOENT);
use Fcntl qw(:DEFAULT :flock :mode);
use IO::Handle;
use POSIX qw(:sys_wait_h strftime);

# Everything on the node is addressed below $ROOT, which is empty except in tests.
our $ROOT = $ENV{APPSTACK_ROOT} // '';
our $STATE = '/var/lib/appstack/bundles';

umask 077;
$SIG{PIPE} = 'IGNORE';
$SIG{HUP}  = 'IGNORE';    # a lost connection must not stop a change half-way
$ENV{PATH} = ($ENV{PATH} // '') . ':/usr/sbin:/usr/bin:/sbin:/bin';
$ENV{LC_ALL} = 'C';

sub at { return $ROOT . $_[0] }

# Milliseconds since boot, in steps of 10 (Time::HiRes is not in perl-base).
sub milliseconds {
    open my $up, '<', '/proc/uptime' or return time() * 1000;
    return int((split ' ', <$up>)[0] * 1000 + 0.5);
}

sub pause { select undef, undef, undef, $_[0] }

sub read_file {
    my ($path) = @_;
    open my $in, '<:raw', $path or return undef;
    local $/;
    my $content = <$in>;
    return $content // '';
}

# Writes and syncs, so that a rename after it never exposes an empty file when power fails.
sub write_file {
    my ($path, $content) = @_;
    unlink $path;
    sysopen my $out, $path, O_WRONLY | O_CREAT | O_EXCL, 0600 or die "cannot write $path: $!\n";
    binmode $out;
    (print $out $content and $out->flush and $out->sync and close $out) or die "cannot write $path: $!\n";
}

sub make_directories {
    my ($path) = @_;
    my $made = '';
    for my $part (split m{/}, $path) {
        next if $part eq '';
        $made .= "/$part";
        next if -d $made;
        mkdir $made, 0755 or -d $made or die "cannot create directory $made: $!\n";
        chmod 0755, $made;
    }
}

# Runs a command, by a shell only if its text needs one (as Perl's exec decides: a process costs more than the work of most
# checks); returns its exit code and everything it printed. A command that takes longer than its time-out (seconds) is killed
# with its children and counts as failed (124, as timeout(1)).
sub run {
    my ($command, $timeout) = @_;
    pipe my $reader, my $writer or die "pipe: $!\n";
    my $child = fork // die "fork: $!\n";
    if (!$child) {
        setpgrp 0, 0;
        open STDIN,  '<',  '/dev/null';
        open STDOUT, '>&', $writer;
        open STDERR, '>&', $writer;
        no warnings 'exec';
        if (ref $command) { exec { $command->[0] } @$command or print STDERR "cannot run $command->[0]: $!\n" }
        else              { exec $command or print STDERR "cannot run $command: $!\n" }
        POSIX::_exit(127);
    }
    close $writer;
    my ($output, $expired) = ('', 0);
    eval {
        local $SIG{ALRM} = sub { die "expired\n" };
        alarm($timeout // 120);
        while (1) {
            my $read = sysread $reader, $output, 65536, length $output;
            next if !defined $read && $!{EINTR};
            last if !$read;
        }
        waitpid $child, 0;
        alarm 0;
        1;
    } or do {
        alarm 0;
        $expired = 1;
        kill 'KILL', -$child;
        waitpid $child, 0;
    };
    my $code = $expired ? 124 : $? & 127 ? 128 + ($? & 127) : $? >> 8;
    $output .= "timed out after ${timeout}s\n" if $expired;
    return ($code, $output);
}

# A minimal JSON writer: hashes in key order, so that equal facts give equal bytes. \1 and \0 are true and false.
sub json {
    my ($value) = @_;
    return 'null' if !defined $value;
    if (ref $value eq 'HASH') {
        return '{' . join(',', map { json("$_") . ':' . json($value->{$_}) } sort keys %$value) . '}';
    }
    return '[' . join(',', map { json($_) } @$value) . ']' if ref $value eq 'ARRAY';
    return $$value ? 'true' : 'false' if ref $value eq 'SCALAR';
    return $value if $value =~ /\A-?(?:0|[1-9][0-9]{0,14})\z/;
    my %short = ("\n" => '\n', "\t" => '\t', "\r" => '\r', '"' => '\"', '\\' => '\\\\');
    $value =~ s{([\x00-\x1f"\\])}{$short{$1} // sprintf('\u%04x', ord $1)}ge;
    return "\"$value\"";
}

# A minimal JSON reader for what json() wrote.
sub parse_json {
    my ($text) = @_;
    my $parse;
    my %long = (n => "\n", t => "\t", r => "\r", b => "\b", f => "\f");
    $parse = sub {
        $text =~ /\G\s+/gc;
        if ($text =~ /\G\{\s*/gc) {
            my %hash;
            while ($text !~ /\G\s*\}/gc) {
                my $key = $parse->();
                $text =~ /\G\s*:/gc or die "malformed JSON\n";
                $hash{$key} = $parse->();
                $text =~ /\G\s*,/gc;
            }
            return \%hash;
        }
        if ($text =~ /\G\[\s*/gc) {
            my @list;
            while ($text !~ /\G\s*\]/gc) {
                push @list, $parse->();
                $text =~ /\G\s*,/gc;
            }
            return \@list;
        }
        if ($text =~ /\G"((?:[^"\\]|\\.)*)"/gcs) {
            my $string = $1;
            $string =~ s{\\(?:u([0-9a-fA-F]{4})|(.))}{defined $1 ? chr hex $1 : $long{$2} // $2}ges;
            return $string;
        }
        return $1 if $text =~ /\G(-?[0-9.eE+]+)/gc;
        return 1 if $text =~ /\Gtrue/gc;
        return 0 if $text =~ /\Gfalse/gc;
        return undef if $text =~ /\Gnull/gc;
        die "malformed JSON\n";
    };
    return $parse->();
}

# What a role left on the node, or undef.
sub read_manifest {
    my ($role) = @_;
    my $text = read_file(at("$STATE/$role.json"));
    return defined $text ? eval { parse_json($text) } : undef;
}

# The role's manifests on this node, by role.
sub read_manifests {
    my %manifests;
    for my $path (glob at("$STATE/*.json")) {
        my ($role) = $path =~ m{([^/]+)\.json\z} or next;
        next if $role =~ /\.pending\z/;
        my $manifest = eval { parse_json(read_file($path)) };
        $manifests{$role} = $manifest if $manifest;
    }
    return \%manifests;
}

sub sysctl_path {
    my ($key) = @_;
    my $path = $key;
    $path =~ tr{.}{/} if $path !~ m{/};
    return at("/proc/sys/$path");
}

sub sysctl_value {
    my ($key) = @_;
    my $value = read_file(sysctl_path($key));
    return undef if !defined $value;
    $value =~ s/\s+/ /g;
    $value =~ s/\A | \z//g;
    return $value;
}

# SHA-256 of files, in one process.
sub sha256 {
    my @paths = @_;
    return {} if !@paths;
    my (undef, $output) = run(['sha256sum', '--', @paths], 60);
    my %sums;
    for (split /\n/, $output) { $sums{$2} = $1 if /\A([0-9a-f]{64})  (.+)\z/ }
    return \%sums;
}

# LoadState, ActiveState... of units, in one process.
sub unit_states {
    my @units = @_;
    return {} if !@units;
    my (undef, $output) = run(['systemctl', 'show', '-p', 'Id,LoadState,ActiveState,SubState,UnitFileState', '--', @units], 30);
    my %states;
    my @blocks = split /\n\n+/, $output;
    for my $i (0 .. $#units) {
        my %state;
        for (split /\n/, $blocks[$i] // '') { $state{$1} = $2 if /\A(\w+)=(.*)\z/ }
        $states{$units[$i]} = \%state;
    }
    return \%states;
}

# Changes whenever dpkg has changed anything: it replaces this file with every operation.
sub package_state {
    my @stat = stat at('/var/lib/dpkg/status') or return undef;
    return join '/', @stat[1, 7, 9, 10];
}

# Versions of installed packages, in one process.
sub package_versions {
    my @packages = @_;
    return {} if !@packages;
    my (undef, $output) = run(['dpkg-query', '-W', '-f=${Package}\t${Version}\t${db:Status-Status}\n', @packages], 30);
    my %versions;
    for (split /\n/, $output) { $versions{$1} = $2 if /\A(\S+)\t(\S+)\tinstalled\z/ }
    return \%versions;
}

# The mode and owner of a path as text, or an empty list.
sub attributes {
    my @stat = lstat $_[0] or return;
    return (sprintf('%04o', $stat[2] & 07777), owner_name($stat[4], $stat[5]), \@stat);
}

my (%users, %groups);
sub owner_name {
    my ($uid, $gid) = @_;
    my $user  = $users{$uid}  //= getpwuid($uid) // $uid;
    my $group = $groups{$gid} //= getgrgid($gid) // $gid;
    return "$user:$group";
}

# Takes the node's lock; two deployments of one node would undo each other's checks.
my $lock;
sub lock_node {
    my ($what, $seconds) = @_;
    my $path = at('/var/lib/appstack/lock');
    make_directories(at('/var/lib/appstack'));
    sysopen $lock, $path, O_RDWR | O_CREAT, 0600 or die "cannot open $path: $!\n";
    my $locked = eval {
        local $SIG{ALRM} = sub { die "expired\n" };
        alarm $seconds;
        my $ok = flock $lock, LOCK_EX;
        alarm 0;
        $ok;
    };
    if (!$locked) {
        alarm 0;
        my $holder = read_file($path) || 'an unknown process';
        chomp $holder;
        die "another change of this node is running: $holder; waited ${seconds}s. Try again when it has ended.\n";
    }
    truncate $lock, 0;
    seek $lock, 0, 0;
    print $lock "$what, process $$, since " . strftime('%Y-%m-%dT%H:%M:%SZ', gmtime) . "\n";
    $lock->flush;
}
