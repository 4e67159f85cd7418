# What guards say to each other, and the rounds in which a leader renews its lease or a candidate asks for one.

sub receive {
    while (defined(my $from = recv $socket, my $datagram, 65535, 0)) {
        my $message = decode($datagram) or next;
        my $now = now();
        if ($message->{type} eq 'command') { take_command($message, $from, $now); next }
        next if !$voter{$message->{from} // ''} || $message->{from} eq $ME;
        if (defined $message->{re}) { take_answer($message, $now); next }
        send $socket, encode(answer_to($message, $now)), 0, $from if is_fresh($message);
    }
}

sub answer_to {
    my ($message, $now) = @_;
    learn($message, $now);
    my %answer = (type => 'answer', from => $ME, re => "$message->{inc}.$message->{seq}");
    if ($message->{type} eq 'lease') {
        my $known = $vote{holder};
        my $why = decide($message, voting_position($now), $now);
        note("guard: $message->{from} leads in term $message->{term}") if $why eq '' && $known ne $message->{from};
        $why =~ tr/ /_/;
        @answer{qw(granted why)} = ($why eq '' ? 1 : 0, $why);
    }
    elsif ($message->{type} eq 'release') {
        note("guard: $message->{from} gives the lease of term $message->{term} back", $message->{to} ? " for $message->{to}" : '') if $vote{holder} eq $message->{from} && $vote{until} > $now;
        release_vote($message, $now);
        for my $other (values %peer) { $other->{'s-left'} = 0 if ($other->{'s-holder'} // '') eq $message->{from} }
        @next{qw(ask tick)} = (0, 0);
    }
    return {%answer, %{own_state($now)}};
}

sub learn {
    my ($message, $now) = @_;
    my %said = map { /\As-/ ? ($_ => $message->{$_}) : () } keys %$message;
    $peer{$message->{from}} = {%said, heard => $now};
    learn_rolls(\%said, $now);
    promote_cluster() if $said{'s-promoted'} && is_following();    # it was away when the others were told
}

sub take_answer {
    my ($message, $now) = @_;
    my ($their_inc, $number) = split /\./, $message->{re};
    return if $their_inc != $inc;
    my $question = delete $asked{$number} or return;
    return if $question->[0] ne $message->{from};
    learn($message, $now);
    return if $question->[1] ne 'lease';
    my $round = $question->[2];
    if ($message->{granted}) {
        $round->{grants}{$message->{from}} = $message->{'s-new'} ? 'new' : 1;
        $round->{rolls}{$message->{from}} = $message->{'s-rolls'};
    }
    else {
        (my $why = $message->{why}) =~ tr/_/ /;
        state %said;    # once for each term is enough
        note("guard: $message->{from} refuses term $round->{term}: $why") if ($said{$message->{from}} // 0) != $round->{term};
        $said{$message->{from}} = $round->{term};
        $lease{refused} = $message->{'s-term'} if ($message->{'s-term'} // 0) > ($lease{refused} // 0);
    }
    count_votes($round, $now);
}

# A round counts from the moment at which it was made; the kernel counts from a moment between that and the first message.
sub count_votes {
    my ($round, $now) = @_;
    return if $round->{term} != $lease{term} || ($role ne 'leader' && $role ne 'candidate');
    return if $round->{first} ? !is_elected($round->{grants}) : !is_majority($round->{grants});
    settle_rolls($round, $now) if $role eq 'leader';
    return if $role eq 'follower';
    return if $round->{sent} + $conf{hold} <= $lease{until} || $round->{sent} + $conf{hold} <= $now;
    return if is_database() && !gate_confirm($round->{gate});
    $lease{until} = $round->{sent} + $conf{hold};
    write_file("$RUN/lease", sprintf("%.4f %d\n", $lease{until}, $lease{term}), 0644);
    become_leader($now) if $role eq 'candidate';
}

sub begin_round {
    my ($now, $first) = @_;
    my $position = $first ? voting_position($now) : is_database() ? own_position($now) : undef;
    my $round = {sent => $now, term => $lease{term}, grants => {}, first => $first, gate => gate_arm()};
    return $round if !$round->{gate};
    # What anybody promises for this round counts from later than what was armed.
    $now = now();
    my $state = own_state($now);
    my %request = (%$state, type => 'lease', term => $lease{term}, grant => $conf{grant}, timeline => $position ? $position->[0] : 0, lsn => $position ? $position->[1] : 0);
    my $why = decide({%request, from => $ME}, $position, $now);
    if ($why ne '') { note("guard: own vote refused: $why"); return $round }
    $round->{grants}{$ME} = $is_new ? 'new' : 1;
    for my $node (others()) { $asked{ask($node, \%request)} = [$node->{name}, 'lease', $round, $now] }
    count_votes($round, $now);
    return $round;
}

sub release {
    my ($to) = @_;
    my $now = now();
    unlink "$RUN/lease";
    if (!gate_close()) { note('guard: the gate cannot be closed; the lease has to run out'); return }
    release_vote({from => $ME, term => $lease{term}, to => $to}, $now);
    for (1 .. 2) {
        ask($_, {type => 'release', term => $lease{term}, to => $to // '', %{own_state($now)}}) for others();
    }
}
