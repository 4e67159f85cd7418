# The voter: to whom this node has promised that nobody else leads, and until when. Decisions depend on nothing but their
# arguments and %vote; what is promised to somebody new is on disk before it is said.

our %vote = (term => 0, holder => '', until => 0, grant => 0, prefer => '', prefer_until => 0);
our $is_new = 0;    # whether this voter may have forgotten what it had: its memory has just begun, or its data have, and no leader has made sure of them yet

our $all_is_here;   # [term, timeline, LSN]: where this node has all that it may have forgotten

sub load_vote {
    my ($now) = @_;
    my $record = own_record("$STATE/vote");
    unlink "$STATE/last-led" if !%$record;
    my ($grant) = sort { $b <=> $a } $conf{grant}, $record->{grant} // 0;
    # Whatever was promised before this start may still hold for one whole term of a lease.
    %vote = (term => $record->{term} // 0, holder => $record->{holder} // '', until => $now + $grant, grant => $record->{grant} // 0, prefer => '', prefer_until => 0);
    $is_new = $record->{new} // (defined $record->{term} ? 0 : 1);
    become_new() if is_database() && known_system_identifier() ne '' && !has_data();
}

sub keep_vote { write_record("$STATE/vote", {cluster => $conf{cluster}, term => $vote{term}, holder => $vote{holder}, grant => $vote{grant}, new => $is_new}) }

# What was acknowledged because it was here is here no more.
sub become_new {
    $all_is_here = undef;
    return if $is_new;
    $is_new = 1;
    keep_vote();
}

# A leader has met this voter: a witness had nothing to forget but promises, whose time is over; a database has all again when it is where the leader was when it
# first said so. What a job is about to discard, or has not brought yet, does not count.
sub stops_being_new {
    my ($request, $now) = @_;
    return 0 if !$is_new || ($request->{'s-role'} // '') ne 'leader';
    return 1 if !is_database() || $request->{from} eq $ME;
    our %job;
    my ($term, $timeline, $lsn) = split m{/}, $request->{'s-led'} // '';
    return 0 if $job{pid} || !defined $lsn || $term != $request->{term};
    $all_is_here = [$term, $timeline, $lsn] if !$all_is_here || $all_is_here->[0] != $term;
    my $own = own_position($now);
    return $own && compare_positions($own, [@$all_is_here[1, 2]]) >= 0;
}

# A promise lasts as long as the leader's settings or this voter's want it to, whichever is longer: a leader counts its own time. What grew is on disk before it is said.
sub promise {
    my ($request, $now) = @_;
    my ($grant) = sort { $b <=> $a } $conf{grant}, $request->{grant} // 0, $request->{term} == $vote{term} ? $vote{grant} : 0;
    my $known = stops_being_new($request, $now);
    my $changed = $grant != $vote{grant} || $request->{term} != $vote{term} || $known;
    $is_new = 0 if $known;
    @vote{qw(term holder until grant)} = ($request->{term}, $request->{from}, $now + $grant, $grant);
    keep_vote() if $changed;
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
        promise($request, $now);
        return '';
    }
    return "$vote{holder} leads" if $vote{until} > $now && $vote{holder} ne $request->{from};
    return "term $request->{term} is not new" if $request->{term} <= $vote{term};
    my $refusal = roll_refusal($request);
    return $refusal if $refusal ne '';
    return "$vote{prefer} goes first" if $vote{prefer_until} > $now && $vote{prefer} ne $request->{from};
    if (is_database() && promises_all()) {
        return 'how much data is here is not known yet' if !defined $own;
        return "it is at $request->{timeline}/$request->{lsn}, behind $own->[0]/$own->[1]"
            if compare_positions([$request->{timeline}, $request->{lsn}], $own) < 0;
    }
    @vote{qw(prefer prefer_until)} = ('', 0);
    promise($request, $now);
    return '';
}

# The holder gives the lease back: it has fenced itself already. For a moment only the one it named may take it.
sub release_vote {
    my ($request, $now) = @_;
    return if $request->{from} ne $vote{holder} || $request->{term} != $vote{term};
    $vote{until} = $now;
    @vote{qw(prefer prefer_until)} = ($request->{to}, $now + $conf{hold}) if ($request->{to} // '') ne '';
}

# Whether a majority of each roll has granted, and among them so many with data that each acknowledged row is known to one. Who has no memory of what it had
# counts only where all databases have granted: a row that none of them has is nowhere.
sub is_elected {
    my ($grants) = @_;
    my %known = map { $_ => 1 } grep { $grants->{$_} ne 'new' || loss_is_accepted() } keys %$grants;
    my @missing = map { my $roll = $_; grep { !$grants->{$_->{name}} } @{$roll->{databases}} } rolls_in_force();
    return is_majority($grants) if !@missing;
    return is_majority(\%known) && !grep { $_->{rpo} eq 'zero' && (grep { $known{$_->{name}} } @{$_->{databases}}) < @{$_->{databases}} - $_->{sync} } rolls_in_force();
}
