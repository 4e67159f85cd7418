# The bound of `rpo: bounded`: a node that is known to lack more than max-lag of what the last leader had written does not stand for election, until
# somebody orders that it may.

our %last_led = (term => 0, timeline => 0, lsn => 0);    # how far whoever led last had come, as far as this node has heard
my $KEPT_EVERY = 5;                                       # seconds; by as much less is known when all voters have lost power together
our $accepted_loss = 0;                                   # the term of the leader of whose rows some may be lost

# A leader says it of itself, and everybody, witnesses too, repeats it: who was cut off or has restarted hears it from the others. A later term counts more
# than any position, because whoever leads by order may be further back.
sub last_led {
    state $kept = (read_file("$STATE/last-led") // '') =~ m{\A(\S+)\n\z} ? $1 : '';
    state $next = 0;
    my @heard = map { m{\A([0-9]+)/([0-9]+)/([0-9]+)\z} ? [$1, $2, $3] : () } $kept, map { $_->{'s-led'} // '' } values %peer;
    push @heard, [$lease{term}, $server{timeline}, $server{lsn}] if $role eq 'leader' && %server && $server{recovery} eq 'f';
    for my $said (@heard) {
        next if ($said->[0] <=> $last_led{term} || $said->[1] <=> $last_led{timeline} || $said->[2] <=> $last_led{lsn}) <= 0;
        @last_led{qw(term timeline lsn)} = @$said;
    }
    my $text = join '/', @last_led{qw(term timeline lsn)};
    if ($role ne 'leader' && $text ne $kept && now() >= $next) {
        $next = now() + $KEPT_EVERY;
        $kept = $text;
        keep_last_led($text);
    }
    return $text;
}

# Not synced: a guard does not wait for a disk. What a power loss leaves of it is whole, or is not read.
sub keep_last_led {
    my ($text) = @_;
    open my $out, '>', "$STATE/last-led.new" or return;
    (print $out "$text\n" and close $out and rename "$STATE/last-led.new", "$STATE/last-led") or note("guard: cannot keep how far the leader is: $!");
}

# Why a node at this position may not lead; empty when it may, or when nobody knows better.
sub too_far_behind {
    my ($position) = @_;
    return '' if !defined $conf{'max-lag'} || !$position;
    my ($term, $timeline, $lsn) = split m{/}, last_led();
    my ($on, $at) = @$position;
    return '' if !$term || loss_is_accepted() || !$on;    # at 0 nobody has data: a new cluster
    return '' if $on > $timeline || ($on == $timeline && $at eq 'inf');
    my $order = "; 'appstack-pg accept-loss --node $ME' lets it lead all the same, and what it lacks is lost";
    return "its data end on timeline $on and the last leader wrote on timeline $timeline, so it is not known what it lacks$order" if $at eq 'inf' || ($on < $timeline && $at > $lsn);
    return '' if $lsn - $at <= $conf{'max-lag'};
    return sprintf '%s is %.1f MiB behind what the last leader had at %s on timeline %d, and rpo: bounded allows %.0f MiB%s', $ME, ($lsn - $at) / $MIB, lsn_text($lsn), $timeline, $conf{'max-lag'} / $MIB, $order;
}

# Whether this node leaves the election to others; says so once.
sub stays_out {
    my ($position) = @_;
    state $said = '';
    my $why = too_far_behind($position);
    note("guard: does not stand for election: $why") if $why ne '' && $why ne $said;
    $said = $why;
    return $why ne '';
}

# Somebody has ordered that this node may lead instead of the last leader, whatever is lost.
sub loss_is_accepted { return $accepted_loss && $accepted_loss == $last_led{term} }

sub accept_loss {
    my ($now) = @_;
    my $leader = $role eq 'leader' ? $ME : current_leader($now);
    return "$leader leads; nothing has to be lost" if $leader ne '';
    my $position = voting_position($now) // return 'how much data is here is not known';
    my $why = too_far_behind($position);
    my @new = (($is_new ? $ME : ()), grep { $peer{$_}{'s-new'} } fresh_peers($now));
    $why ||= "new voters (@new) may have lost what they had" if @new;
    return 'nothing keeps this node from leading: neither a bound nor new voters' if $why eq '';
    my ($best) = sort { compare_positions([@{$peer{$b}}{qw(s-tl s-lsn)}], [@{$peer{$a}}{qw(s-tl s-lsn)}]) }
        grep { $voter{$_}{kind} eq 'database' && $peer{$_}{'s-pg'} eq 'standby' && !$peer{$_}{'s-held'} && $peer{$_}{'s-tl'} ne '' } fresh_peers($now);
    return "$best lacks less; order it there" if defined $best && compare_positions([@{$peer{$best}}{qw(s-tl s-lsn)}], $position) > 0;
    return 'who led last is not known here' if !$last_led{term};
    note("guard: may lead, as ordered, although $why");
    $accepted_loss = $last_led{term};
    return '';
}
