#!/usr/bin/perl
# Keeps PgBouncer pointed at the cluster's leader, and holds its clients back while the leader changes on purpose.
#
#   appstack-pooler status                              who leads, where the endpoints point, what waits
#   appstack-pooler pause [--timeout S] [--limit S]     holds statements back; succeeds when no transaction is open any more
#   appstack-pooler resume                              lets them go on
#   appstack-pooler gate [--timeout S]                  succeeds once PgBouncer works and points at a leader
#   appstack-pooler reload                              new configuration for PgBouncer: reload, or restart where that does not do
#   appstack-pooler check INI TEMPLATE                  would PgBouncer start with it?
#   appstack-pooler render                              writes the endpoints for the leader that was last known
#   appstack-pooler agent                               the daemon; asks the guards of all servers who leads
#   appstack-pooler metrics --listen ADDRESS:PORT       shows Prometheus what PgBouncer says of itself
#
# A pause ends by itself: as soon as a new leader can be written to, or after its limit. Answers are one JSON object.
# PgBouncer is told to RELOAD, PAUSE and RESUME, never to KILL, which 1.18 does not always survive. Settings:
# /etc/appstack/pooler/pooler.conf.
use strict;
use warnings;
use Errno qw(EINPROGRESS EAGAIN);
use IO::Socket::IP;
use IO::Socket::UNIX;
use POSIX ();
use Socket;
use Time::HiRes qw(clock_gettime CLOCK_MONOTONIC);

my $ROOT     = $ENV{APPSTACK_ROOT} // '';    # empty except in tests
my $SETTINGS = "$ROOT/etc/appstack/pooler/pooler.conf";
my $TEMPLATE = "$ROOT/etc/appstack/pooler/databases.template";
my $INCLUDE  = "$ROOT/var/lib/appstack-pooler/databases.ini";
my $LAST     = "$ROOT/var/lib/appstack-pooler/leader";
my $CONTROL  = "$ROOT/run/appstack-pooler/control";
my $CONSOLE  = "$ROOT/run/pgbouncer";
my $PASSFILE = "$ROOT/etc/appstack/pooler/pgpass";
my $CA       = "$ROOT/etc/appstack/pooler/tls/ca.crt";

my $LOGIN_PATIENCE = 1;    # seconds; a login takes some tens of milliseconds, unless the server is gone

my (%conf, @servers, %by_name, %option);

sub usage { print STDERR "usage: appstack-pooler status | pause [--timeout SECONDS] [--limit SECONDS] | resume | gate [--timeout SECONDS]\n"; exit 2 }
sub number { return ($_[0] // '') =~ /\A(\d+(?:\.\d+)?)\z/ ? $1 : usage() }
sub now { return clock_gettime(CLOCK_MONOTONIC) }
sub pause_for { select undef, undef, undef, $_[0] }
sub slurp { open my $in, '<', $_[0] or return undef; local $/; return scalar <$in> }

sub replace {
    my ($path, $text) = @_;
    my $new = "$path.$$.new";    # of its own: PgBouncer's start writes the endpoints while the daemon does
    open my $out, '>', $new or die "appstack-pooler: cannot write $path: $!\n";
    print $out $text;
    close $out or die "appstack-pooler: cannot write $path: $!\n";
    rename $new, $path or die "appstack-pooler: cannot write $path: $!\n";
}

sub read_settings {
    my $text = slurp($SETTINGS) // die "appstack-pooler: cannot read $SETTINGS: $!\n";
    for (split /\n/, $text) {
        my ($key, $value) = /\A([a-z-]+) = (.*)\z/ or next;
        if ($key eq 'server') {
            my ($name, $address) = split ' ', $value;
            push @servers, $by_name{$name} = {name => $name, address => $address, source => 'guard', role => '', term => 0, at => -1e9, since => 0, next => 0};
        }
        else { $conf{$key} = $value }
    }
}

sub quoted { my ($text) = @_; $text =~ s/(["\\])/\\$1/g; $text =~ s/[\x00-\x1f]/ /g; return "\"$text\"" }
sub list { return '[' . join(',', map { quoted($_) } @_) . ']' }

