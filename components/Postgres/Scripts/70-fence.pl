# The fence: a daemon of its own that trusts nobody. PostgreSQL that may write - no standby.signal - and has no lease in the
# future is killed, whoever started it and whatever became of the guard.

sub lease_deadline { my ($deadline) = split ' ', read_file("$RUN/lease") // ''; return $deadline // 0 }

sub fence_daemon {
    note('fence: watching ', $DATA);
    while (1) {
        if (!is_standby_data() && postmaster() && now() > lease_deadline()) {
            # Once more after the files were read: a promotion removes standby.signal only under a lease, which is written first.
            if (now() > lease_deadline() && !is_standby_data()) {
                my $late = now() - lease_deadline();
                my $took = kill_server();
                note(sprintf 'fence: PostgreSQL ran without a lease (%.3f s late) and was killed within %.3f s', $late, $took);
            }
        }
        exec $^X, $0, 'fence' or die "exec: $!\n" if settings_changed(now());
        select undef, undef, undef, 0.05;
    }
}
