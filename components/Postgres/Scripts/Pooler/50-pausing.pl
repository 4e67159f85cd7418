# --- pausing ------------------------------------------------------------------------------------------------------------

# PAUSE of a database ends when its last transaction has; meanwhile the leader is watched on.
sub begin_hold {
    my ($new) = @_;
    $new->{console} = console(1);
    $new->{todo} = [pausable()];
    $new->{began} = $new->{look} = now();
    $hold = $new;
    print "pause for $hold->{by}", ($hold->{target} ? " to $hold->{target}" : ''), "\n";
    if (!$hold->{console}) { return give_up('PgBouncer does not answer') }
    freeze('pause');
}

# Waits for a moment without a login, see logs_in.
sub look_for_logins {
    my ($now) = @_;
    return if !$hold || !$hold->{look} || $now < $hold->{look};
    $hold->{look} = 0;
    ask($hold->{console}, 'SHOW POOLS');
}

# The console has answered.
sub go_on_pausing {
    return paused() if defined $hold->{database};
    if (logs_in($hold->{console}{rows}, @{$hold->{todo}})) { $hold->{look} = now() + 0.005; return }
    next_pause();
}

sub next_pause {
    my $database = shift @{$hold->{todo}};
    if (defined $database) { $hold->{database} = $database; ask($hold->{console}, "PAUSE $database"); return }
    $hold->{paused} = now();
    $hold->{console} = undef;
    printf "paused after %.0f ms\n", 1000 * ($hold->{paused} - $hold->{began});
    answer($hold->{client}, sprintf '{"paused":true,"ms":%.0f}', 1000 * ($hold->{paused} - $hold->{began}));
}

sub paused {
    my $error = $hold->{console}{error};

    # Nobody has used the database since PgBouncer started, or it is paused already.
    return give_up("PAUSE $hold->{database}: $error") if defined $error && $error !~ /already (?:suspended\/)?paused/;
    next_pause();
}

sub give_up {
    my ($why) = @_;
    print "no pause: $why\n";
    answer($hold->{client}, '{"paused":false,"error":' . quoted($why) . '}');
    release();
}

sub release {
    my $old = $hold or return;
    $hold = undef;
    resume_all();
    printf "resumed after %.0f ms\n", 1000 * (now() - $old->{began});
}

# Not all need be paused: a follower that was restarted does not know what its predecessor held back.
sub resume_all {
    command_pgbouncer("RESUME $_") for pausable();
    thaw('pause');
}

sub end_hold {
    my ($now) = @_;
    return if !$hold;
    if ($hold->{console} && $now > $hold->{deadline} && $hold->{by} ne 'switchover') { return give_up("a transaction of $hold->{database} is still open after $hold->{timeout}s") }

    # Someone else leads, or the same one has let go of its plan: the endpoints point there already.
    my $settled = $leader && $now - $leader->{at} < $conf{lifetime} && !$leader->{switchover};
    if ($settled && ($hold->{by} eq 'switchover' || !$hold->{leader} || $leader != $hold->{leader})) { return release() }
    if ($now > $hold->{until}) { print "the pause has reached its limit\n"; release() }
}

