# When nobody leads: who stands, when, and what becomes of it.

sub fresh_peers { my ($now) = @_; return grep { $now - $peer{$_}{heard} < 3 * $conf{renew} + 0.3 } keys %peer }

sub campaign_when_vacant {
    my ($now) = @_;
    return if $job{pid} || $vote{until} > $now || is_following();
    # Whatever kept it from following the leader of before, what it has may be needed now.
    ($held, $hold_tries) = ('', 0) if $held ne '' && server_state() eq 'standby';
    return if $held ne '';
    my @fresh = fresh_peers($now);
    return $since{vacant} = 0 if !is_majority({map { $_ => 1 } $ME, @fresh}) || !is_on_a_roll($ME);
    return $since{vacant} = 0 if grep { $peer{$_}{heard} + $peer{$_}{'s-left'} + 0.01 > $now && $peer{$_}{'s-left'} > 0 } @fresh;
    $since{vacant} ||= $now;
    return if $vote{prefer_until} > $now && $vote{prefer} ne $ME;
    return if $now < ($next{campaign} // 0);
    my $position = voting_position($now) // return;
    my $patience;
    if (server_state() eq 'standby') {
        # The best goes first; the others give it a moment.
        my $rank = grep {
            my $order = $peer{$_}{'s-eligible'} ? compare_positions([@{$peer{$_}}{qw(s-tl s-lsn)}], $position) : -1;
            $order > 0 || ($order == 0 && $voter{$_}{seq} < $voter{$ME}{seq})
        } grep { $voter{$_}{kind} eq 'database' } @fresh;
        $patience = $vote{prefer} eq $ME && $vote{prefer_until} > $now ? 0 : $rank * 2 * $conf{renew};
    }
    elsif (server_state() eq 'stopped' && !is_standby_data()) {
        my $owned = data_ownership();
        if ($owned eq 'ours') { $patience = $conf{hold} + 2 * $conf{renew} }    # standbys that are up need no recovery
        elsif ($conf{first} eq 'yes' && $owned ne 'foreign') {
            # A cluster is made only when everybody is here and nobody has data.
            my @all = grep { $_->{name} ne $ME } databases();
            return if grep { my $them = $peer{$_->{name}}; !$them || $now - $them->{heard} > 3 * $conf{renew} + 0.3 || $them->{'s-sysid'} ne '' } @all;
            return if known_system_identifier() ne '';
            $patience = 0;
            $position = [0, 0];
        }
        elsif ($owned eq 'foreign') { return hold('the data directory holds data of another cluster; move it away, then the node is cloned') }
        else { return }
    }
    else { return }
    return if stays_out($position) || $now - $since{vacant} < $patience;
    campaign($now);
}

sub campaign {
    my ($now) = @_;
    my ($highest) = sort { $b <=> $a } $vote{term}, $lease{refused} // 0, map({ int $_ } $rolls{mark}, map { $_->{'s-mark'} // 0 } values %peer), map { $_->{'s-term'} // 0 } values %peer;
    %lease = (term => $highest + 1, until => 0, rounds => {}, refused => 0);
    note("guard: asks for the lease of term $lease{term}");
    $role = 'candidate';
    $since{asked} = $now;
    begin_round($now, 1);
}

sub wait_for_votes {
    my ($now) = @_;
    return if $now - $since{asked} < 2 * $conf{renew};
    note("guard: was not elected in term $lease{term}");
    release('');
    $role = 'follower';
    $next{campaign} = $now + $conf{renew} * (0.5 + rand 2);
}
