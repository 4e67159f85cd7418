#!/usr/bin/perl
# Announces this load balancer's VIPs while it can serve them, and takes it out of service for maintenance.
#
#   appstack-lb status                    what is announced, and why
#   appstack-lb drain [--timeout SECONDS] hand new connections to the others (RFC 8326), withdraw, wait for open ones
#   appstack-lb undrain                   back into service
#   appstack-lb gate [--timeout SECONDS]  succeeds once everything is as it should be
#   appstack-lb agent                     the daemon: asks HAProxy every 0.2 s and tells BIRD
#   appstack-lb withdraw                  at once, without asking (when HAProxy ends)
#   appstack-lb reload                    new configuration for HAProxy; succeeds when the new process has taken over
#
# All of them answer with one JSON object. BIRD is asked again each time instead of remembering what it was told:
# anything may have changed it since. Settings: /etc/appstack/lb.conf.
use strict;
use warnings;
use Socket;

my $ROOT  = $ENV{APPSTACK_ROOT} // '';               # empty except in tests
my $DRAIN = "$ROOT/var/lib/appstack/lb-drain";       # who drains and how far: "operator draining", "bundle withdrawn"
my %conf;
open my $settings, '<', "$ROOT/etc/appstack/lb.conf" or die "appstack-lb: cannot read $ROOT/etc/appstack/lb.conf: $!\n";
while (<$settings>) { $conf{$1} = $2 if /\A([a-z-]+) = (.*)\n\z/ }
close $settings;
my @announce = split ' ', $conf{announce};
my @retreat  = split ' ', $conf{retreat};
my @sessions = split ' ', $conf{sessions};

my $command = shift @ARGV // 'status';
my %option = (owner => 'operator', timeout => 30);
while (@ARGV) {
    my ($name) = shift(@ARGV) =~ /\A--(owner|timeout)\z/ or usage();
    $option{$name} = shift(@ARGV) // usage();
}
my %commands = (status => \&status, drain => \&drain, undrain => \&undrain, gate => \&gate, agent => \&agent, withdraw => \&withdraw, reload => \&reload);
($commands{$command} // \&usage)->();

sub usage { print STDERR "usage: appstack-lb status | drain [--timeout SECONDS] | undrain | gate [--timeout SECONDS]\n"; exit 2 }

sub pause { select undef, undef, undef, $_[0] }

sub uptime { open my $in, '<', '/proc/uptime' or die "no /proc/uptime\n"; return (split ' ', <$in>)[0] }

# BIRD's control socket: the answer's last line starts with four digits and a space.
my $bird;
sub bird {
    my ($line) = @_;
    for my $attempt (1, 2) {
        if (!$bird) {
            socket $bird, AF_UNIX, SOCK_STREAM, 0 or return undef;
            if (!connect $bird, sockaddr_un($conf{'bird-socket'}) or !defined bird_answer()) { undef $bird; return undef }
        }
        my $answer = syswrite($bird, "$line\n") ? bird_answer() : undef;
        return $answer if defined $answer;
        undef $bird;    # BIRD was restarted: once more
    }
    return undef;
}

sub bird_answer {
    my $answer = '';
    while ($answer !~ /^\d{4} .*\n\z/m) {
        my $ready = '';
        vec($ready, fileno $bird, 1) = 1;
        return undef if !select $ready, undef, undef, 0.5;
        sysread $bird, $answer, 65536, length $answer or return undef;
    }
    return $answer;
}

# State of all protocols by name: up or down, for sessions BGP's own state. Undef: BIRD does not answer.
sub protocols {
    my $answer = bird('show protocols') // return undef;
    my %state;
    for (split /\n/, $answer) {
        my ($name, $type, $state, $info) = /\A(?:1002-| )(\S+)\s+(\S+)\s+\S+\s+(\S+)\s+\S+\s*(\S*)/ or next;
        $state{$name} = $type eq 'BGP' && $info ? $info : $state;    # Established, Active, Idle...
    }
    return \%state;
}

# Makes BIRD announce normally, with the graceful-shutdown community, or not at all. What is wanted is enabled before
# anything else is disabled, so that routers never see a gap.
sub steer {
    my ($mode, $state) = @_;
    my @on  = $mode eq 'announced' ? @announce : $mode eq 'draining' ? @retreat : ();
    my %on  = map { $_ => 1 } @on;
    my @off = grep { !$on{$_} } @announce, @retreat;
    my $changed = 0;
    for (grep { ($state->{$_} // '') eq 'down' } @on) { bird("enable $_"); $changed++ }
    for (grep { ($state->{$_} // 'down') ne 'down' } @off) { bird("disable $_"); $changed++ }
    return $changed;
}

sub mode_of {
    my ($state) = @_;
    return 'unknown' if !$state;
    return 'announced' if grep { ($state->{$_} // '') eq 'up' } @announce;
    return 'draining' if grep { ($state->{$_} // '') eq 'up' } @retreat;
    return 'withdrawn';
}

# HAProxy answers, and any server of any pool works. It is asked on its admin socket, which has no limit of connections: one that is full of them
# is as well as the others, and would only fill those when it withdrew.
sub healthy {
    my $answer = haproxy('show stat -1 2 -1') // return 0;
    my %pools = map { $_ => 1 } split ' ', $conf{pools};
    for (split /\n/, $answer) {
        my ($pool, $active, $backup) = (split /,/)[0, 19, 20];
        return 1 if $pools{$pool} && $active + $backup > 0;
    }
    return 0;
}

# One command of HAProxy's runtime API; undef: HAProxy does not answer.
sub haproxy {
    my ($line) = @_;
    socket my $admin, AF_UNIX, SOCK_STREAM, 0 or return undef;
    my $patience = pack 'l!l!', int $conf{'check-timeout'}, 1e6 * ($conf{'check-timeout'} - int $conf{'check-timeout'});
    setsockopt $admin, SOL_SOCKET, $_, $patience for SO_RCVTIMEO, SO_SNDTIMEO;
    connect $admin, sockaddr_un($conf{'haproxy-socket'}) or return undef;
    syswrite $admin, "$line\n" or return undef;
    my ($answer, $read) = ('');
    1 while $read = sysread $admin, $answer, 65536, length $answer;
    return defined $read ? $answer : undef;
}

# Open connections of all services.
sub connections {
    my $answer = haproxy('show stat -1 1 -1') // return undef;
    my %services = map { $_ => 1 } split ' ', $conf{services};
    my $sum = 0;
    for (split /\n/, $answer) {
        my @field = split /,/;
        $sum += $field[4] if @field > 4 && $services{$field[0]};
    }
    return $sum;
}

# A reload that fails, e.g. because an address cannot be bound, leaves the old process at work and the reloader none the
# wiser; whether it worked shows in who answers. The caller has checked the configuration, so the unit's ExecReload, which
# would check it again, is not used.
sub reload {
    my $worker = sub { return (haproxy('show info') // '') =~ /^Pid: (\d+)/m ? $1 : 0 };
    my $old = $worker->();
    open my $in, '<', '/run/haproxy.pid' or die "appstack-lb: HAProxy is not running\n";
    chomp(my $master = <$in> // '');
    kill 'USR2', $master or die "appstack-lb: HAProxy's process $master cannot be signalled: $!\n";
    my $end = uptime() + 20;    # forking a process may take seconds on a machine in trouble; to go back is worse than to wait
    while (1) {
        my $new = $worker->();
        last if $new && $new != $old;
        if (uptime() > $end) {
            print STDERR `journalctl -q --no-pager -o cat -n 8 -u haproxy.service`, "appstack-lb: no new HAProxy process has taken over within 20s\n";
            exit 1;
        }
        pause(0.02);
    }
    print "{\"worker\":", $worker->(), "}\n";
}

sub drain_record {
    open my $in, '<', $DRAIN or return;
    return split ' ', <$in> // '';
}

sub write_drain {
    open my $out, '>', "$DRAIN.new" or die "appstack-lb: cannot write $DRAIN: $!\n";
    print $out "$_[0]\n";
    close $out;
    rename "$DRAIN.new", $DRAIN;
}

sub report {
    my (%more) = @_;
    my $state = protocols();
    my ($owner, $phase) = drain_record();
    my $open = connections();
    my @parts = (
        '"mode":"' . mode_of($state) . '"',
        '"drainedBy":' . (defined $owner ? "\"$owner\"" : 'null'),
        '"healthy":' . (healthy() ? 'true' : 'false'),
        '"connections":' . ($open // 'null'),
        '"sessions":{' . join(',', map { "\"$_\":\"" . ($state->{$_} // 'unknown') . '"' } @sessions) . '}',
        map { "\"$_\":$more{$_}" } sort keys %more);
    print '{', join(',', @parts), "}\n";
}

sub status { report() }

sub withdraw { steer('withdrawn', protocols() // {}) }

sub drain {
    my $started = uptime();
    my ($owner) = drain_record();
    $owner = $option{owner} if !defined $owner || $option{owner} eq 'operator';    # a deployment does not take over an operator's drain
    my $state = protocols();
    if (mode_of($state) eq 'announced') {
        write_drain("$owner draining");
        steer('draining', $state);
        pause($conf{'drain-grace'});    # routers move new connections to the other load balancers
    }
    write_drain("$owner withdrawn");
    steer('withdrawn', protocols() // {});
    my $open;
    while (1) {
        $open = connections();
        last if !$open || uptime() - $started > $option{timeout};
        pause(0.2);
    }
    report(seconds => sprintf '%.1f', uptime() - $started);
}

sub undrain {
    my ($owner) = drain_record();
    unlink $DRAIN if defined $owner && ($option{owner} eq 'operator' || $owner eq $option{owner});
    return report() if $option{owner} ne 'operator';    # a deployment goes on to the gate, which waits
    wait_for(5, sub { return mode_of(protocols()) eq 'announced' ? undef : 'the VIPs are not announced yet' });
}

# All sessions have to come up. After a while one per address family is enough: a router that is down for its own reasons
# must not stop changes of the load balancers.
sub gate {
    my $patience = uptime() + 5;
    wait_for($option{timeout}, sub {
        return 'HAProxy does not answer, or no server of any pool works' if !healthy();
        my $state = protocols() // return 'BIRD does not answer';
        my @down = grep { ($state->{$_} // '') ne 'Established' } @sessions;
        my %family;
        for (@sessions) { push @{$family{/_v6\z/ ? 6 : 4}}, ($state->{$_} // '') }
        my $cut_off = grep { !grep { $_ eq 'Established' } @$_ } values %family;
        return "the BGP session $down[0] is " . ($state->{$down[0]} // 'missing') . ', not Established' if @down && ($cut_off || uptime() < $patience);
        my ($owner) = drain_record();
        return undef if ($owner // '') eq 'operator';    # who keeps it out of service on purpose
        for (@announce) { return "$_ is not announced" if ($state->{$_} // '') ne 'up' }
        return undef;
    });
}

sub wait_for {
    my ($seconds, $problem) = @_;
    my $end = uptime() + $seconds;
    while (defined(my $what = $problem->())) {
        if (uptime() > $end) {
            report();
            print STDERR "appstack-lb: after ${seconds}s: $what\n";
            exit 1;
        }
        pause(0.05);
    }
    report();
}

sub agent {
    $| = 1;
    my ($failed, $passed, $announced) = (0, 0, 0);
    notify("READY=1\n");
    while (1) {
        my $ok = healthy();
        if ($ok) { $passed++; $failed = 0 } else { $failed++; $passed = 0 }
        if (my $state = protocols()) {
            my $mode = mode_of($state);
            my ($owner, $phase) = drain_record();
            if ($announced && $mode eq 'withdrawn' && !$owner) { $passed = 0 }    # HAProxy ended since: it has to prove itself again
            my $wanted = $failed >= $conf{fall} ? 'withdrawn'
                : $owner ? $phase
                : $passed >= $conf{rise} ? 'announced'
                : $mode;
            if (steer($wanted, $state)) { print "$wanted (was $mode", ($ok ? '' : ', unhealthy'), ($owner ? ", drained by $owner" : ''), ")\n" }
            $announced = $wanted eq 'announced';
        }
        notify("WATCHDOG=1\n");
        pause($conf{interval});
    }
}

# Tells systemd that the agent lives (sd_notify).
sub notify {
    my $path = $ENV{NOTIFY_SOCKET} // return;
    $path =~ s/\A@/\0/;
    socket my $systemd, AF_UNIX, SOCK_DGRAM, 0 or return;
    send $systemd, $_[0], 0, sockaddr_un($path);
}
