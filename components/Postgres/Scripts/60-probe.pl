# One session of psql that stays: PostgreSQL's answers without a process for each question.

our %probe = (pid => 0, asked => 0, answered => 0, next => 0, buffer => '', questions => 0);
our %server;    # the last answer: recovery, lsn, timeline, receiver, upstream, received, names, pending; when it was asked for, and since when its LSN stands still

# A statement that takes longer is given up by the server (statement_timeout), a session that says nothing for longer by this node.
my ($ANSWER_LIMIT, $SESSION_LIMIT) = (5, 6);

my $QUESTION = q{select pg_is_in_recovery(), case when pg_is_in_recovery() then greatest(coalesce(pg_last_wal_receive_lsn(), '0/0'), coalesce(pg_last_wal_replay_lsn(), '0/0')) else pg_current_wal_flush_lsn() end, greatest((select timeline_id from pg_control_checkpoint()), (select coalesce(min_recovery_end_timeline, 0) from pg_control_recovery()), coalesce((select received_tli from pg_stat_wal_receiver), 0)), coalesce((select status from pg_stat_wal_receiver), ''), coalesce((select sender_host from pg_stat_wal_receiver), ''), pg_last_wal_receive_lsn() is not null, current_setting('synchronous_standby_names'), %s;};

sub start_probe {
    my ($now) = @_;
    $probe{next} = $now + 0.2;
    pipe my $in_reader, my $in_writer or return;
    pipe my $out_reader, my $out_writer or return;
    my $pid = fork // return;
    if (!$pid) {
        $SIG{$_} = 'DEFAULT' for qw(HUP TERM CHLD PIPE);
        open STDIN,  '<&', $in_reader;
        open STDOUT, '>&', $out_writer;
        open STDERR, '>', '/dev/null';
        $ENV{PGOPTIONS} = "-c statement_timeout=${ANSWER_LIMIT}s -c synchronous_commit=local";
        $ENV{PGCONNECT_TIMEOUT} = 2;
        chdir '/';
        my @command = as_postgres("$BIN/psql", '-XAtq', '-v', 'ON_ERROR_STOP=1', '-F', '|', '-p', $conf{port}, '-d', 'postgres');
        exec { $command[0] } @command or POSIX::_exit(127);
    }
    close $in_reader;
    close $out_writer;
    $in_writer->autoflush(1);
    @probe{qw(pid in out asked buffer)} = ($pid, $in_writer, $out_reader, 0, '');
    # A session that never comes about counts from here: a server that accepts and does not answer hangs, too.
    $probe{answered} = $now if !$probe{answered};
}

sub stop_probe {
    return if !$probe{pid};
    kill 'KILL', $probe{pid};
    close $probe{in};
    close $probe{out};
    waitpid $probe{pid}, 0;
    $probe{pid} = 0;
}

sub ask_probe {
    my ($now) = @_;
    return if $probe{asked} || ($now < $probe{next} && knows_enough($now));
    $probe{next} = $now + $conf{renew};
    # pg_settings is slow to read; now and then is enough.
    my $pending = $probe{questions}++ % 8 ? "'same'" : 'exists (select from pg_settings where pending_restart)';
    my $in = $probe{in};
    print $in sprintf($QUESTION, $pending), "\n" or return stop_probe();
    $probe{asked} = $now;
}

sub is_mute { my ($now) = @_; return $probe{asked} && $now - $probe{asked} > $SESSION_LIMIT }

sub read_probe {
    my ($now) = @_;
    my $read = sysread $probe{out}, $probe{buffer}, 4096, length $probe{buffer};
    return stop_probe() if !$read;
    while ($probe{buffer} =~ s/\A(.*)\n//) {
        my @field = split /\|/, $1, -1;
        next if @field != 8;
        my $lsn = lsn_number($field[1]);
        my $still = ($server{lsn} // -1) == $lsn ? $server{still} : $now;
        # Without its receiver a standby no longer says to which timeline it had come; it never goes back to an earlier one while it runs.
        my ($timeline) = sort { $b <=> $a } $field[2], $server{timeline} // 0;
        %server = (recovery => $field[0], lsn => $lsn, timeline => $timeline, receiver => $field[3], upstream => $field[4], received => $field[5], names => $field[6],
            pending => $field[7] eq 'same' ? $server{pending} // 'f' : is_replaced(postmaster()) ? 't' : $field[7], still => $still, asked => $probe{asked});
        @probe{qw(asked answered)} = (0, $now);
    }
}

sub forget_server { stop_probe(); %server = (); $probe{answered} = 0 }

# How far this node is; undef when it is not known (yet).
sub own_position {
    my ($now) = @_;
    return [0, 0] if !is_database();
    my $pid = postmaster();
    if (!$pid) {
        state $rest;
        state $of = '';
        my $stamp = join '-', (stat "$DATA/global/pg_control")[9] // '', -e "$DATA/standby.signal" ? 1 : 0;
        ($rest, $of) = (position_at_rest(), $stamp) if $of ne $stamp;
        return $rest;
    }
    return undef if !%server;
    return [$server{timeline}, 'inf'] if $server{recovery} eq 'f';
    # Once it asks for more than it has itself it has replayed all of that; before, its position is where it has got to in it.
    return [$server{timeline}, $server{lsn}] if $server{received} eq 't' || $now - $server{still} >= 0.4;
    return undef;
}

# Whether what is known of the server is younger than what this node has promised. Until that has run out rows may be acknowledged because this node has them; a
# position from before says nothing of those, and a vote by it could elect one that lacks them.
sub knows_enough { my ($now) = @_; return $vote{until} > $now || ($server{asked} // 0) >= $vote{until} }

# How far this node is, for a vote: undef when that is not known (yet).
sub voting_position {
    my ($now) = @_;
    return is_database() && postmaster() && !knows_enough($now) ? undef : own_position($now);
}
