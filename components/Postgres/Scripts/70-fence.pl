# The fence: a daemon of its own that trusts nobody. The gate has shut already when it comes; PostgreSQL that may write - no
# standby.signal - and has no lease in the future is killed, whoever started it and whatever became of the guard.

sub lease_deadline { my ($deadline) = split ' ', read_file("$RUN/lease") // ''; return $deadline // 0 }

sub fence_daemon {
    load_gate();
    run_in_real_time();
    note('fence: watching ', $DATA);
    while (1) {
        if (!is_standby_data() && postmaster() && now() > lease_deadline()) {
            # Once more after the files were read: a promotion removes standby.signal only under a lease, which is written first.
            if (now() > lease_deadline() && !is_standby_data()) {
                my $late = now() - lease_deadline();
                gate_close();
                my ($took, @left) = kill_server(10);
                note(sprintf 'fence: PostgreSQL ran without a lease (%.3f s late) and was killed within %.3f s%s', $late, $took, @left ? "; @left do not die" : '');
            }
        }
        exec $^X, $0, 'fence' or die "exec: $!\n" if settings_changed(now());
        select undef, undef, undef, 0.05;
    }
}

# What may be started next: asked by PostgreSQL's unit. Whatever can write does so behind a gate that only a lease opens.
sub verb_before_start {
    load_gate();
    gate_harmless(0) if !is_standby_data();
    return 0;
}
