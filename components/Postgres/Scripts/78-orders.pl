# What people see of a guard, and what they order.

sub status {
    my ($now) = @_;
    my $leader = $role eq 'leader' ? $ME : current_leader($now);
    my $position = is_database() ? own_position($now) : undef;
    my $state = server_state();
    my $shown = $role eq 'leader' ? 'leader' : !is_database() ? 'witness' : $held ne '' ? 'held' : $state eq 'standby' ? 'standby' : 'down';
    return {
        cluster => $conf{cluster}, node => $ME, kind => $conf{kind}, role => $shown, writable => is_writable($now) ? \1 : \0,
        term => $role eq 'leader' ? $lease{term} : $vote{term}, leader => $leader, leaderAddress => ($voter{$leader} // {})->{address} // '',
        leaseMs => $role eq 'leader' && $lease{until} > $now ? int(1000 * ($lease{until} - $now)) : 0,
        tooFarBehind => $leader eq '' && !is_following() ? too_far_behind($position) : '', postgres => $state, timeline => $position ? $position->[0] : 0, lsn => $position ? lsn_text($position->[1]) : '', streaming => is_streaming() ? \1 : \0,
        upstream => $server{upstream} // '', switchover => $switchover{to}, pendingRestart => ($server{pending} // 'f') eq 't' ? \1 : \0, held => $held, job => $job{name},
        following => is_following() ? $conf{source} : '', voters => scalar @voters, seen => 1 + fresh_peers($now), voting => voting_state(), config => $conf{digest},
    };
}

# Orders from appstack-pg on this or another node. Whoever orders has to repeat what this guard has just said, so that an
# order cannot be replayed.
sub take_command {
    my ($message, $from, $now) = @_;
    my %answer = (type => 'answer', from => $ME, re => $message->{nonce});
    if ($message->{order} eq 'hello') { $answer{challenge} = $challenge }
    elsif (($message->{challenge} // '') ne $challenge) { $answer{error} = 'stale_order' }
    else {
        $challenge = new_challenge();
        my $error = eval { obey($message, $now) } // $@;
        $error =~ tr/ \n/_/;
        $answer{error} = $error;
    }
    send $socket, encode({%answer, %{own_state($now)}}), 0, $from;
}

sub obey {
    my ($message, $now) = @_;
    my $order = $message->{order};
    if ($order eq 'switchover') {
        return 'this node does not lead' if $role ne 'leader';
        return "a job runs: $job{name}" if $job{pid} && $job{name} ne 'maintain';
        return 'a switchover is under way' if $switchover{to} ne '';
        my $to = $message->{to};
        my $them = $peer{$to};
        return "$to is not a standby that streams" if $to ne '*' && !($them && $now - $them->{heard} < 3 * $conf{renew} + 0.5 && $them->{'s-streaming'} && $them->{'s-pg'} eq 'standby' && !$them->{'s-held'});
        return "$to has not been seen to have all that it had before its data were made anew; wait a moment" if $to ne '*' && $them->{'s-new'};
        # Clients wait while it catches up.
        my $behind = $to eq '*' ? 0 : ($server{lsn} // 0) - ($them->{'s-lsn'} || 0);
        return sprintf '%s is %.0f MiB behind; wait until it is less than %d', $to, $behind / $MIB, $SWITCHOVER_MIB if $behind >= $SWITCHOVER_MIB * $MIB;
        end_job();
        note("guard: switchover to $to announced");
        %switchover = (to => $to, phase => 'announced', until => $now + $conf{'switchover-timeout'});
        return '';
    }
    if ($order eq 'restart') {
        return 'this node leads' if $role eq 'leader';
        return "a job runs: $job{name}" if $job{pid};
        start_job('restart', \&job_restart);
        return '';
    }
    if ($order eq 'rejoin') {
        return 'this node leads' if $role eq 'leader';
        return "a job runs: $job{name}" if $job{pid};
        note('guard: tries again, as ordered');
        ($held, $hold_tries) = ('', 0);
        return '';
    }
    return force_roll($now) if $order eq 'force-voters';
    if ($order eq 'promote') {
        return 'this cluster follows nobody' if !@source_nodes;
        promote_cluster() if is_following();
        return '';
    }
    if ($order eq 'rebuild') {
        return 'this node leads' if $role eq 'leader';
        my $owner = strangers_data($now);
        return "the data directory $DATA holds data of another cluster (system identifier $owner); move it away, then the node is cloned" if $owner ne '';
        return "it is being cloned already ($job{name})" if $job{pid} && $job{name} =~ /\A(?:clone|rebuild)\z/;
        my $leader = is_following() ? source_node() : $voter{current_leader($now)};
        return 'nobody leads' . (is_following() ? " $conf{source}" : '') . '; there is nothing to clone from' if !$leader;
        end_job();    # whatever it is trying with data that are to go
        ($held, $hold_tries) = ('', 0);
        become_new();
        forget_server();
        start_job('rebuild', sub { stop_server(); write_record("$STATE/owner", {making => $conf{cluster}}); job_clone($leader) });
        return '';
    }
    return accept_loss($now) if $order eq 'accept-loss';
    return "unknown order $order";
}
