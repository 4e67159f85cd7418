# Whose votes count. A list of voters is a roll; it is replaced as Raft's joint consensus replaces a configuration (Ongaro, "Consensus: Bridging Theory and
# Practice", 4.3): settings arrive at one node after the other, and a majority of the old list and one of the new list can be made of different nodes.
#
#   settled   the roll by which the last leader led; by its mark (term, count) everybody knows which one is later
#   pending   rolls that somebody was given since. Until one of them is settled each election and each round needs a majority of EACH roll in force
#   seen      the roll of the settings that this node has brought forward, so that it does so once
#
# Rolls travel with all messages, and are on disk before anything is said by them. A leader settles the roll of its settings when a majority of each roll in
# force has granted it a round and knows that roll, and when as many standbys of it as it waits for have all that was acknowledged by another one's rule.

our %rolls = (mark => '0.0', settled => '', pending => [], seen => '');
# A leader's: the roll whose rule PostgreSQL was told, when, whether commits waited for nobody before, and how far it was once it had taken the rule up.
our %waiting = (for => '', since => 0, lsn => 0, bare => 0);
my $FOUNDED = '0.1';                                 # the mark of a cluster's first roll; all that nobody has led by yet begin with 0
my $MOST = 8;                                        # pending rolls: with all of 13 voters a message stays below 8 KiB

sub own_roll { return join('+', map { "$_->{name},$_->{address},$_->{kind},$_->{seq}" } @voters) . "/$conf{rpo}/$conf{sync}" }

sub read_roll {
    my ($text) = @_;
    state %known;
    return $known{$text} //= do {
        my ($members, $rpo, $sync) = split m{/}, $text;
        my @members = map { my ($name, $address, $kind, $seq) = split /,/; {name => $name, address => $address, kind => $kind, seq => $seq} } split /\+/, $members;
        {members => \@members, databases => [grep { $_->{kind} eq 'database' } @members], rpo => $rpo, sync => $sync};
    };
}

sub texts_in_force { return grep { $_ ne '' } $rolls{settled}, @{$rolls{pending}} }

sub rolls_in_force { return map { read_roll($_) } texts_in_force() }

# Whether any list in force promises that nothing is lost; the settings say so only where no list is known.
sub promises_all { return scalar grep { $_ eq 'zero' } $rolls{settled} eq '' ? $conf{rpo} : map { $_->{rpo} } rolls_in_force() }

sub is_on { my ($name, $roll) = @_; return scalar grep { $_->{name} eq $name } @{$roll->{members}} }

sub is_on_a_roll { my ($name) = @_; return scalar grep { is_on($name, $_) } rolls_in_force() }

sub has_majority { my ($roll, $names) = @_; return 2 * (grep { $names->{$_->{name}} } @{$roll->{members}}) > @{$roll->{members}} }

# Whether these are a majority of each roll; without a roll nobody is.
sub is_majority {
    my ($names) = @_;
    my @rolls = rolls_in_force();
    return @rolls && !grep { !has_majority($_, $names) } @rolls;
}

# settled, changing, or new: no roll is known.
sub voting_state { return $rolls{settled} eq '' ? 'new' : $rolls{settled} eq own_roll() && !@{$rolls{pending}} ? 'settled' : 'changing' }

sub load_rolls {
    my $record = own_record("$STATE/rolls");
    %rolls = (mark => '0.0', settled => '', seen => '', %$record, pending => [split /\|/, $record->{pending} // '']);
    # It has voted by a guard that knew of its settings' list alone.
    keep_rolls(mark => $FOUNDED, settled => own_roll(), seen => own_roll()) if !%$record && $vote{term} > 0;
    know_voters();
}

sub keep_rolls {
    my (%new) = @_;
    %rolls = (%rolls, %new);
    write_record("$STATE/rolls", {%rolls, cluster => $conf{cluster}, pending => join '|', @{$rolls{pending}}});
    know_voters();
}

# From here on the list of this node's settings counts alone.
sub settle_own {
    my ($mark) = @_;
    keep_rolls(mark => $mark, settled => own_roll(), pending => [], seen => own_roll());
    note('guard: the list of voters is now ', join ', ', map { $_->{name} } @voters);
}

# Everybody who is on a roll in force is spoken to, by the address of the latest roll.
sub know_voters {
    %voter = map { $_->{name} => $_ } (map { @{$_->{members}} } rolls_in_force()), @voters;
    our %peer;
    delete @peer{grep { !$voter{$_} } keys %peer};
}

sub compare_marks {
    my ($left, $right) = map { [split /\./, $_] } @_;
    return $left->[0] <=> $right->[0] || $left->[1] <=> $right->[1];
}

sub rolls_said { return ('s-mark' => $rolls{mark}, 's-rolls' => join('|', texts_in_force()), 's-wants' => own_roll(), 's-new' => $is_new) }

# Its majority is needed from the moment at which a roll is taken up, so it is not before that majority is there, and nobody of it new; and one more, so that
# the loss of one does not leave less while the others are still being cloned.
sub may_take_up {
    my ($text, $now) = @_;
    my ($roll, %there) = (read_roll($text), map { $_ => 1 } remembering($now));
    my $members = @{$roll->{members}};
    my $there = grep { $there{$_->{name}} } @{$roll->{members}};
    return $there == $members || 2 * ($there - 1) > $members;
}

# Who answers, this node with it, and is no new voter.
sub remembering {
    my ($now) = @_;
    our %peer;
    return (($is_new ? () : $ME), grep { !$peer{$_}{'s-new'} } fresh_peers($now));
}

# What another one says of the rolls. A leader takes up only what it can lead by; others, who may not even know the new voters, take up whatever is in force elsewhere.
sub learn_rolls {
    my ($said, $now) = @_;
    return if ($said->{'s-mark'} // '0.0') eq '0.0';
    my $order = compare_marks($said->{'s-mark'}, $rolls{mark});
    return if $order < 0;
    my ($settled, @pending) = split /\|/, $said->{'s-rolls'};
    if ($order > 0) {
        # What this node was given itself stays until it is settled; whatever else was pending was settled, or given up.
        push @pending, grep { $_ eq own_roll() && $_ ne $settled } @{$rolls{pending}};
        keep_rolls(mark => $said->{'s-mark'}, settled => $settled, pending => [distinct(@pending)]);
        note("guard: votes by the list of mark $rolls{mark}");
        return;
    }
    my %have = map { $_ => 1 } @{$rolls{pending}};
    my @other = grep { $_ ne $settled && !$have{$_} } @pending;
    @other = grep { our $role ne 'leader' || may_take_up($_, $now) } @other;
    keep_rolls(pending => [@{$rolls{pending}}, @other]) if @other;
}

sub distinct { my %seen; return grep { !$seen{$_}++ } @_ }

# Brings the list of this node's settings forward, once.
sub offer_roll {
    my ($now) = @_;
    my $own = own_roll();
    return if $rolls{settled} eq '' || $rolls{seen} eq $own;
    if (grep { $_ eq $own } texts_in_force()) { keep_rolls(seen => $own) }
    elsif (@{$rolls{pending}} < $MOST && may_take_up($own, $now)) {
        note('guard: has another list of voters; until it is settled a majority of both is needed');
        keep_rolls(seen => $own, pending => [@{$rolls{pending}}, $own]);
    }
}

# Why a candidate must not be elected by the rolls that it knows, '' when it may; asked after its rolls were learnt.
sub roll_refusal {
    my ($request) = @_;
    return "its list of voters ($request->{'s-mark'}) is older than $rolls{mark}" if compare_marks($request->{'s-mark'} // '0.0', $rolls{mark}) < 0;
    my %known = map { $_ => 1 } split /\|/, $request->{'s-rolls'} // '';
    return (grep { !$known{$_} } texts_in_force()) ? 'it does not know all lists of voters' : '';
}

# A cluster's first roll: everybody on it is there, and nobody knows of one.
sub found_roll {
    my ($now) = @_;
    our %peer;
    return if $conf{first} ne 'yes' || voting_state() eq 'settled';
    return refound_roll($now) if $rolls{settled} ne '';
    my %fresh = map { $_ => 1 } fresh_peers($now);
    return if grep { $_->{name} ne $ME && !($fresh{$_->{name}} && ($peer{$_->{name}}{'s-mark'} // '') eq '0.0') } @voters;
    note('guard: all voters are here, and none has voted yet');
    settle_own($FOUNDED);
}

# While a cluster follows another one nobody is elected, and nobody leads who could settle another list: it counts when all who are on it are there and want it.
sub refound_roll {
    my ($now) = @_;
    our %peer;
    my ($own, %fresh) = (own_roll(), map { $_ => 1 } fresh_peers($now));
    return if !is_following() || grep { $_->{name} ne $ME && !($fresh{$_->{name}} && $peer{$_->{name}}{'s-following'} && ($peer{$_->{name}}{'s-wants'} // '') eq $own) } @voters;
    my ($term, $count) = split /\./, $rolls{mark};
    settle_own($term . '.' . ($count + 1));
}

# The majority of a roll in force is gone for good: somebody says so, who has seen to it that it does not come back.
sub force_roll {
    my ($now) = @_;
    our %peer;
    return 'this node leads' if our $role eq 'leader';
    return 'a majority of each list of voters answers; nothing has to be forced' if is_majority({map { $_ => 1 } remembering($now)});
    my ($highest) = sort { $b <=> $a } map { int $_ } $vote{term}, $rolls{mark}, map { $_->{'s-mark'} // 0 } values %peer;
    note('guard: votes by the list of its settings alone, as ordered');
    settle_own(($highest + 1) . '.0');
    return '';
}

# As PostgreSQL is told: a commit waits for so many of these; for one more where this node, which has it, too, is not one of them.
sub standby_names {
    my ($text) = @_;
    my $roll = read_roll($text);
    my $count = $roll->{sync} + ($roll->{rpo} eq 'zero' && !is_on($ME, $roll) ? 1 : 0);
    return $count == 0 ? '' : "ANY $count (" . join(', ', map { "\"$_->{name}\"" } @{$roll->{databases}}) . ')';
}

# By the settled roll, until a leader has seen to it that nobody is elected without the other one.
sub names_in_force { return standby_names(our $role eq 'leader' && $waiting{for} ne '' ? $waiting{for} : $rolls{settled} ne '' ? $rolls{settled} : own_roll()) }

# Included at the end of postgresql.conf.
sub tell_standby_names {
    my $names = names_in_force();
    my $text = "# Which standbys a commit waits for; written by the guard, by the list of voters in force.\nsynchronous_standby_names = '$names'\n";
    my $path = "$RUN/synchronous.conf";
    return if $text eq (read_file($path) // '');
    write_file($path, $text, 0644);
    kill 'HUP', postmaster() if postmaster();
}

# After a round that was granted: whether the list of the leader's settings can take the place of the others. Answers with whether it has.
sub settle_rolls {
    my ($round, $now) = @_;
    our (%peer, %server);
    my $own = own_roll();
    return 0 if (voting_state() eq 'settled' && $rolls{mark} !~ /\A0\./) || !grep { $_ eq $own } texts_in_force();
    my $roll = read_roll($own);
    my %fresh = map { $_ => 1 } fresh_peers($now);
    return 0 if grep { $_->{name} ne $ME && $fresh{$_->{name}} && ($peer{$_->{name}}{'s-wants'} // '') ne $own } @{$roll->{members}};
    return 0 if !is_majority({map { $_ => 1 } grep { my $name = $_; $name eq $ME || grep { $_ eq $own } split /\|/, $round->{rolls}{$name} // '' } keys %{$round->{grants}}});
    if ($waiting{for} ne $own) {
        return 0 if !has_standbys($roll, \%fresh);
        %waiting = (for => $own, since => $now, lsn => 0, bare => names_in_force() eq '');
        tell_standby_names();
    }
    return 0 if !is_safe_by($roll, \%fresh, $now);
    my ($term, $count) = split /\./, $rolls{mark};
    # A mark that was forced: whoever leads in a later term can go on from there.
    if ($term > $round->{term}) { step_down($now, "the list of voters is of term $term"); return 0 }
    settle_own($round->{term} . '.' . ($term == $round->{term} ? $count + 1 : 1));
    $waiting{for} = '';
    return 1;
}

sub waits_for_standbys { my ($roll) = @_; return is_database() && $roll->{rpo} eq 'zero' && $roll->{sync} > 0 }

# As many standbys of a roll as its rule waits for have come to this position of the leader's timeline; without them no commit would return.
sub has_standbys {
    my ($roll, $fresh, $lsn) = @_;
    our (%peer, %server);
    return 1 if !waits_for_standbys($roll);
    my $have = grep { my $it = $peer{$_->{name}}; $fresh->{$_->{name}} && $it->{'s-streaming'} && $it->{'s-pg'} eq 'standby' && $it->{'s-tl'} eq ($server{timeline} // '') && $it->{'s-lsn'} ne '' && $it->{'s-lsn'} >= ($lsn // 0) } @{$roll->{databases}};
    return $have >= $roll->{sync};
}

# Whether all rows that were acknowledged by another roll's rule are where this one's elections look for them. Processes take a new rule up as soon as they wake;
# a second is plenty. That there is any standby to wait for they hear from the checkpointer, which may be busy for long: after a checkpoint it has said so.
sub is_safe_by {
    my ($roll, $fresh, $now) = @_;
    our (%server, %job, %switchover);
    return 1 if !waits_for_standbys($roll);
    return 0 if !%server || $server{recovery} ne 'f' || $server{names} ne names_in_force();
    if ($waiting{bare}) {
        start_job('checkpoint', sub { local_sql('checkpoint', 'postgres', 3600) }) if !$job{pid} && $switchover{to} eq '' && $now > $waiting{since} + 1;
        return 0;
    }
    $waiting{lsn} = $server{lsn} if !$waiting{lsn} && $server{asked} > $waiting{since} + 1;
    return $waiting{lsn} && has_standbys($roll, $fresh, $waiting{lsn});
}
