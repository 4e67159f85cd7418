# The voter: to whom this node has promised that nobody else leads, and until when. Decisions depend on nothing but their
# arguments and %vote; what is promised to somebody new is on disk before it is said.

our %vote = (term => 0, holder => '', until => 0, prefer => '', prefer_until => 0);

sub load_vote {
    my ($now) = @_;
    my $record = read_record("$STATE/vote");
    # Whatever was promised before this start may still hold for one whole term of a lease.
    %vote = (term => $record->{term} // 0, holder => $record->{holder} // '', until => $now + $conf{grant}, prefer => '', prefer_until => 0);
}

# Positions are [timeline, LSN as a number]; 'inf' is the end of a timeline of which this node knows that nobody is further.
sub compare_positions {
    my ($left, $right) = @_;
    return $left->[0] <=> $right->[0] || ($left->[1] eq $right->[1] ? 0 : $left->[1] eq 'inf' ? 1 : $right->[1] eq 'inf' ? -1 : $left->[1] <=> $right->[1]);
}

# Answers one who wants to lead or go on leading: '' grants, anything else says why not. $own is this node's position, undef
# when it has data but does not know how much; [0, 0] when it has none.
sub decide {
    my ($request, $own, $now) = @_;
    return "term $request->{term} is over, it is $vote{term} now" if $request->{term} < $vote{term};
    if ($request->{from} eq $vote{holder} && $request->{term} == $vote{term}) {
        $vote{until} = $now + $conf{grant};
        return '';
    }
    return "$vote{holder} leads" if $vote{until} > $now && $vote{holder} ne $request->{from};
    return "term $request->{term} is not new" if $request->{term} <= $vote{term};
    return "$vote{prefer} goes first" if $vote{prefer_until} > $now && $vote{prefer} ne $request->{from};
    if (is_database() && $conf{rpo} eq 'zero') {
        return 'how much data is here is not known yet' if !defined $own;
        return "it is at $request->{timeline}/$request->{lsn}, behind $own->[0]/$own->[1]"
            if compare_positions([$request->{timeline}, $request->{lsn}], $own) < 0;
    }
    @vote{qw(term holder until prefer prefer_until)} = ($request->{term}, $request->{from}, $now + $conf{grant}, '', 0);
    write_record("$STATE/vote", {term => $vote{term}, holder => $vote{holder}});
    return '';
}

# The holder gives the lease back: it has fenced itself already. For a moment only the one it named may take it.
sub release_vote {
    my ($request, $now) = @_;
    return if $request->{from} ne $vote{holder} || $request->{term} != $vote{term};
    $vote{until} = $now;
    @vote{qw(prefer prefer_until)} = ($request->{to}, $now + $conf{hold}) if ($request->{to} // '') ne '';
}

# Whether a majority has granted, and among them so many with data that each acknowledged row is known to one.
sub is_elected {
    my ($grants) = @_;
    return 0 if keys %$grants < majority();
    my $with_data = grep { $voter{$_}{kind} eq 'database' } keys %$grants;
    return $conf{rpo} ne 'zero' || $with_data >= scalar(databases()) - $conf{sync};
}
