# The beginning.

sub usage { print STDERR "usage: appstack-pg status [--json] | switchover [--to NODE] | rebuild [--node NODE] | promote [--force] | accept-loss [--node NODE] | sql [--database NAME] | gate | rollout | reload\n"; exit 2 }

sub main {
    my $verb = shift @_ // 'status';
    if ($verb eq 'may-own') { return verb_may_own(@_[0, 1]) }
    my %option;
    while (@_) {
        my $name = shift @_;
        if ($name =~ /\A--(json|here|single-transaction|force)\z/) { $option{$1} = 1 }
        elsif ($name =~ /\A--(to|node|database|timeout)\z/) { $option{$1} = shift(@_) // usage() }
        else { usage() }
    }
    read_settings();
    my %verbs = (
        status => \&verb_status, switchover => \&verb_switchover, rebuild => \&verb_rebuild, sql => \&verb_sql, gate => \&verb_gate,
        'accept-loss' => \&verb_accept_loss, rollout => \&verb_rollout, reload => \&verb_reload, guard => \&guard_daemon, fence => \&fence_daemon,
        'before-start' => \&verb_before_start, report => \&verb_report, rejoin => \&verb_rejoin, promote => \&verb_promote, 'force-voters' => \&verb_force_voters,
    );
    return ($verbs{$verb} // \&usage)->(%option);
}

if (!$ENV{APPSTACK_PG_TEST}) {
    my $code = eval { main(@ARGV) };
    if (!defined $code) { print STDERR $@; exit 1 }
    exit $code;
}
1;
