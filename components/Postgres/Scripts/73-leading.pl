# A leader: renews its lease, promotes and looks after its PostgreSQL, hands over, gives up.

sub become_leader {
    my ($now) = @_;
    note("guard: leads in term $lease{term}");
    $role = 'leader';
    write_record("$STATE/led", {term => $lease{term}});
    %switchover = (to => '', phase => '', until => 0);
    $waiting{for} = '';
    tell_standby_names() if is_database();
    $was_primary = 0;
    @since{qw(led crash vacant)} = ($now, 0, 0);
    $next{renew} = $now + $conf{renew};
}

sub lead {
    my ($now) = @_;
    return step_down($now, 'could not renew its lease in time') if $now >= $lease{until};
    if ($now >= $next{renew}) {
        $next{renew} = $now + $conf{renew};
        begin_round($now, 0);
    }
    my $state = server_state();
    $was_primary = 1 if $state eq 'primary' && !$job{pid};
    # Also while a job asks the server something: it would wait much longer than the promise allows.
    if ($harmless == 0 && $switchover{to} eq '' && $state =~ /\A(?:primary|starting)\z/ && (!$job{pid} || $job{name} =~ /\A(?:maintain|settings|checkpoint)\z/) && $probe{pid} && $now - $probe{answered} > $conf{hang}) {
        return step_down($now, sprintf('PostgreSQL has not answered for %.1f s', $now - $probe{answered}), 1);
    }
    if ($job{pid}) {
        step_down($now, "job $job{name} takes too long") if $job{name} eq 'promote' && $now - $job{began} > $conf{'promote-timeout'};
        return;
    }
    return if $harmless != 0;    # nothing may become able to write while the port is open to all
    hand_on($now) if $switchover{to} eq '' && $now >= ($next{'hand on'} // 0);
    if ($switchover{to} ne '') { return hand_over($now) }
    if ($state eq 'stopped') {
        return step_down($now, 'PostgreSQL has ended', 1) if $was_primary;
        return start_job('bootstrap', \&job_bootstrap) if data_ownership() =~ /\A(?:empty|unused|unfinished)\z/;
        return step_down($now, 'PostgreSQL is down as a standby') if is_standby_data();
        return start_job('start', \&start_server);
    }
    if ($state eq 'standby') {
        return start_job('promote', \&job_promote) if $server{names} eq names_in_force();
        return $now - $since{led} > $PATIENCE ? step_down($now, 'PostgreSQL does not take up for which standbys a commit waits; see its log') : undef;
    }
    if ($state eq 'primary' && $now >= $next{maintain}) {
        $next{maintain} = $now + 15;
        my $all = ($since{maintained} // '') ne "$lease{term} $conf{digest}";
        $since{maintained} = "$lease{term} $conf{digest}";
        start_job('maintain', sub { maintain_leader($all) });
    }
}

# Killed first, so that clients are told while the gate is still open, but for a moment only: then it is closed, which is the fence,
# and everybody may know. What is still dying then does so unheard.
sub step_down {
    my ($now, $why, $crashed) = @_;
    note("guard: steps down: $why");
    my $promoting = $job{name} eq 'promote';
    end_job();
    if (!is_standby_data() || $promoting || server_state() eq 'starting') {
        my ($took, @left) = kill_server($conf{farewell});
        $dying = 1;
        note(sprintf 'guard: killed PostgreSQL within %.3f s, %.3f s before the lease ends%s', $took, $lease{until} - now(), @left ? '; ' . @left . ' processes are still dying' : '');
    }
    forget_server();
    release('');
    $role = 'follower';
    %switchover = (to => '', phase => '', until => 0);
    $since{crash} = now() if $crashed;
    $was_primary = 0;
}

# A leader that is not on a list of voters that all who are on it want hands over to one of them: it may not even be able to reach the others.
sub hand_on {
    my ($now) = @_;
    $next{'hand on'} = $now + 2;
    my @fresh = fresh_peers($now);
    my %wants = map { $_ => $peer{$_}{'s-wants'} // '' } @fresh;
    for my $text (distinct(grep { $_ ne '' && $_ ne own_roll() } map { $wants{$_} } sort @fresh)) {
        my $roll = read_roll($text);
        next if is_on($ME, $roll) || grep { ($wants{$_->{name}} // $text) ne $text } @{$roll->{members}};
        my ($to) = sort { $peer{$b}{'s-lsn'} <=> $peer{$a}{'s-lsn'} } grep { ($wants{$_} // '') eq $text && $peer{$_}{'s-streaming'} && $peer{$_}{'s-eligible'} && !$peer{$_}{'s-new'} } map { $_->{name} } @{$roll->{databases}};
        next if !defined $to;
        my $error = obey({order => 'switchover', to => $to}, $now);
        note("guard: is to be no voter any more, and cannot hand over to $to yet: $error") if $error ne '';
        return;
    }
}

sub hand_over {
    my ($now) = @_;
    my $state = server_state();
    if ($switchover{phase} eq 'announced') {
        $switchover{phase} = 'waiting';
        return start_job('hand over', \&job_hand_over);
    }
    if ($switchover{phase} eq 'waiting' && $state eq 'stopped') {
        kill_server($conf{farewell});
        $dying = 1;
        forget_server();
        my $to = $switchover{to};
        if ($to eq '*') {
            $was_primary = 0;
            $switchover{phase} = 'starting';
            return start_job('start', \&start_server);
        }
        note("guard: hands over to $to");
        release($to);
        # Everything has reached the others, so it can follow without being rewound; should it not stream, it is rewound after all.
        write_file("$DATA/standby.signal", '', 0600, 'postgres') if (control_data()->{'Database cluster state'} // '') eq 'shut down';
        $role = 'follower';
        $was_primary = 0;
        $since{handed} = $now;
        return;
    }
    if ($switchover{phase} eq 'starting' && $state eq 'primary') { %switchover = (to => '', phase => '', until => 0); return }
    return step_down($now, "the switchover to $switchover{to} did not end in time", 1) if $now > $switchover{until};
}
