# Guards with their own code for votes, rounds and rolls, on machines that are cut off, stop, start over, forget all, and are given list after list of voters,
# each arriving at whom it pleases. At no moment two of them may lead; whoever comes to lead has every row that was acknowledged; and once everybody can speak
# and has the same list, somebody leads by it.
our (%conf, @voters, %voter, $ME, $STATE, %vote, %rolls, %waiting, $is_new, %lease, %peer, %asked, %next, %since, $role, $inc, $seq, %server, %switchover, %job, $held, $hold_tries);

my ($seed, $forgetful) = split / /, $ENV{SIMULATION};
srand $seed;
my $RENEW = 0.4;
my ($clock, $leads, @network, %cut, %disk, %node) = (0, 0);
my @acknowledged = (0, 0);
our $machine;    # the one whose globals are in place

{
    no warnings 'redefine';
    *now = sub { $clock };
    *note = sub { push @{$machine->{log}}, sprintf '%.2f %s: %s', $clock, $ME, join '', @_ };
    *read_record = sub { return {%{$disk{$ME}{$_[0]} // {}}} };
    *write_record = sub { $disk{$ME}{$_[0]} = {%{$_[1]}} };
    *write_file = *gate_close = *kill_server = *forget_server = *start_job = sub { 1 };
    *gate_arm = *gate_confirm = sub { 1 };
    *postmaster = sub { 0 };
    *is_following = *is_standby_data = sub { 0 };
    *is_streaming = sub { 1 };
    *last_led = sub { $role eq 'leader' && $machine->{leads} ? join '/', $lease{term}, @$machine{qw(tl lsn)} : '' };
    *loss_is_accepted = sub { 0 };
    *has_data = sub { $machine->{data} };
    *system_identifier = *known_system_identifier = sub { $machine->{data} ? 'S' : '' };
    *data_ownership = sub { $machine->{data} ? 'ours' : 'empty' };
    *server_state = sub { !is_database() ? '' : $role eq 'leader' ? 'primary' : $machine->{data} ? 'standby' : 'stopped' };
    *own_position = *voting_position = sub { !is_database() ? [0, 0] : $role eq 'leader' ? [$machine->{tl}, 'inf'] : [@$machine{qw(tl lsn)}] };
    *ask = sub { my ($to, $message) = @_; post($to->{name}, {%$message, from => $ME, inc => $inc, seq => ++$seq}); return $seq };
    *obey = sub { my ($message) = @_; @{$node{$message->{to}}}{qw(data tl lsn)} = (1, @$machine{qw(tl lsn)}); release($message->{to}); $role = 'follower'; return '' };
    *tell_standby_names = sub {
        my $names = names_in_force();
        return if $names eq ($machine->{names} // 'none');
        @$machine{qw(names old taken)} = ($names, $machine->{taken} // $machine->{old} // $names, undef);
    };
}

sub on {
    my ($name, $do) = @_;
    local $machine = $node{$name};
    local (*conf, *voters, *voter, *vote, *rolls, *waiting, *lease, *peer, *asked, *next, *since, *server, *switchover, *job)
        = @$machine{map { "g_$_" } qw(conf voters voter vote rolls waiting lease peer asked next since server switchover job)};
    local (*ME, *is_new, *role, *inc, *seq) = map { \$machine->{"g_$_"} } qw(ME is_new role inc seq);
    return $do->();
}

sub post { my ($to, $message) = @_; push @network, [$clock + (rand() < 0.1 ? rand 1.5 : rand 0.05), $to, $message] }

# What stands on the node's disk is all that it knows; its settings are what it was given.
sub start {
    my ($name, $keeps_lease) = @_;
    my $it = $node{$name};
    my %before = $keeps_lease ? (role => $it->{g_role}, lease => {%{$it->{g_lease}}}) : (role => 'follower', lease => {term => 0, until => 0, rounds => {}});
    %$it = (%$it, g_ME => $name, g_role => $before{role}, g_lease => $before{lease}, g_inc => ($it->{g_inc} // 0) + 1, g_seq => 0, g_is_new => 0, g_conf => {}, g_voters => [], g_voter => {},
        g_vote => {}, g_rolls => {}, g_waiting => {for => '', since => 0, lsn => 0, bare => 0}, g_peer => {}, g_asked => {}, g_next => {ask => 0, renew => 0}, g_since => {vacant => 0, asked => 0},
        g_server => {}, g_switchover => {to => '', phase => '', until => 0}, g_job => {name => '', pid => 0, began => 0}, log => $it->{log} // []);
    on($name, sub {
        my $given = $it->{given};
        %conf = (cluster => 'main', node => $name, kind => $it->{kind}, rpo => 'zero', sync => $given->{sync}, renew => $RENEW, hold => $given->{hold}, grant => $given->{hold} * 1.1 + 0.1, digest => '', first => $name eq $given->{first} ? 'yes' : 'no');
        @voters = map { {%$_} } @{$given->{voters}};
        %voter = map { $_->{name} => $_ } @voters;
        load_vote($clock);
        load_rolls();
        tell_standby_names();
        $it->{taken} = $it->{names} if !$keeps_lease;
        ($held, $hold_tries) = ('', 0);
    });
}

sub list_of {
    my (@names) = @_;
    my @databases = grep { $node{$_}{kind} eq 'database' } @names;
    my $hold = (1, 2, 4)[rand 3];
    return {sync => int(@databases / 2), hold => $hold, first => $databases[0], voters => [map { {name => $_, address => "10.0.0.$node{$_}{seq}", kind => $node{$_}{kind}, seq => $node{$_}{seq}} } @names]};
}

sub give { my ($name, $list) = @_; $node{$name}{given} = $list; $node{$name}{up} = 1; start($name, $node{$name}{began}++) }

sub leaders { return grep { $node{$_}{up} && $node{$_}{g_role} eq 'leader' && $node{$_}{g_lease}{until} > $clock } sort keys %node }

sub fail {
    my ($what) = @_;
    print "seed $seed, at $clock: $what\n", map { "$_\n" } sort { $a <=> $b } map { my @log = @{$_->{log}}; splice @log, 0, -15 if @log > 15; @log } values %node;
    exit 0;
}

sub act {
    my ($name) = @_;
    on($name, sub {
        my $was = $role;
        if ($role eq 'leader') {
            if ($clock >= $lease{until}) { $role = 'follower' }
            elsif ($clock >= $next{renew}) { $next{renew} = $clock + $RENEW; begin_round($clock, 0); hand_on($clock) if $clock >= ($next{'hand on'} // 0) }
        }
        elsif ($role eq 'candidate') { wait_for_votes($clock) }
        campaign_when_vacant($clock) if $role eq 'follower' && is_database() && $conf{kind} eq 'database';
        if ($clock >= $next{ask}) {
            $next{ask} = $clock + $RENEW;
            found_roll($clock);
            offer_roll($clock);
            tell_standby_names();
            ask_all($clock);
        }
        $machine->{taken} = $machine->{names} if !defined $machine->{taken} && rand() < 0.3;
        write_rows($name) if $role eq 'leader' && $lease{until} > $clock;
    });
}

# One row, and whoever can hear copies some; acknowledged by the rule that some of the processes still have from before, or by the one that they were told.
sub write_rows {
    my ($name) = @_;
    my $it = $node{$name};
    if (!$it->{leads} || $it->{leads} ne $it->{g_lease}{term}) {
        return if !defined $it->{taken};    # not promoted before
        fail("$name leads in term $it->{g_lease}{term} from $it->{tl}/$it->{lsn}, though $acknowledged[0]/$acknowledged[1] was acknowledged")
            if compare_positions([@$it{qw(tl lsn)}], \@acknowledged) < 0;
        @$it{qw(leads data tl)} = ($it->{g_lease}{term}, 1, $it->{tl} + 1);
        $leads++;
    }
    $it->{lsn}++;
    for my $other (grep { $node{$_}{kind} eq 'database' && $_ ne $name && $node{$_}{up} && !$cut{"$name $_"} && !$cut{"$_ $name"} && rand() < 0.5 } keys %node) {
        next if $node{$other}{g_role} eq 'leader' || compare_positions([@{$node{$other}}{qw(tl lsn)}], [@$it{qw(tl lsn)}]) > 0;
        @{$node{$other}}{qw(data tl lsn)} = (1, @$it{qw(tl lsn)});
    }
    %server = (recovery => 'f', names => $it->{taken} // 'unknown', lsn => $it->{lsn}, timeline => $it->{tl}, asked => $clock);
    my ($rule) = defined $it->{taken} ? $it->{taken} : $it->{old};
    my ($count, $members) = $rule =~ /ANY (\d+) \((.*)\)/ ? ($1, $2) : (0, '');
    my $have = grep { $_ ne $name && $node{$_}{up} && $node{$_}{tl} == $it->{tl} && $node{$_}{lsn} == $it->{lsn} } $members =~ /"([^"]+)"/g;
    @acknowledged = @$it{qw(tl lsn)} if $have >= $count && compare_positions([@$it{qw(tl lsn)}], \@acknowledged) > 0;
}

sub deliver {
    my @due = grep { $_->[0] <= $clock } @network;
    @network = grep { $_->[0] > $clock } @network;
    for my $letter (@due) {
        my (undef, $to, $message) = @$letter;
        my $it = $node{$to};
        next if !$it || !$it->{up} || $cut{"$message->{from} $to"} || $message->{from} eq $to;
        on($to, sub {
            return if !$voter{$message->{from}};
            if (defined $message->{re}) { take_answer($message, $clock); return }
            my $answer = answer_to($message, $clock);
            post($message->{from}, $answer);
        });
    }
}

sub step {
    $clock += rand 0.12;
    deliver();
    for my $name (sort keys %node) { act($name) if $node{$name}{up} && rand() < 0.9 }
    my @all = leaders();
    fail("@all lead at once") if @all > 1;
}

my $number = 0;
%node = map { my $n = ++$number; ($_ => {name => $_, kind => /^w/ ? 'witness' : 'database', seq => $n, up => 0, began => 0, data => 0, tl => 0, lsn => 0, log => []}) } qw(a b c d e w x);
$node{x}{kind} = 'witness';
# Any two share a node with data: a list of nothing but other machines is another cluster, and two such lists at once leave open which is meant.
my @lists = ([qw(a b c)], [qw(a b w)], [qw(a b c d e)], [qw(b c d)], [qw(a c d)], [qw(a b c w x)], [qw(a c w)], [qw(a b d e w)]);
my $list = list_of(@{$lists[rand 2]});
give($_->{name}, $list) for @{$list->{voters}};
for (1 .. 600) { step(); last if leaders() }
fail('nobody leads at the beginning') if !leaders();

for my $change (1 .. 12) {
    my $next = {%{list_of(@{$lists[rand @lists]})}, first => ''};    # a list of nothing but new machines is another cluster
    my @given = grep { rand() < 0.85 } map { $_->{name} } @{$next->{voters}};
    for my $event (1 .. 8) {
        give(shift(@given), $next) if @given && rand() < 0.4;
        my @names = sort keys %node;
        my $what = rand;
        if ($what < 0.3) { my %side = map { $_ => rand() < 0.5 } @names; %cut = map { my $from = $_; map { $side{$from} != $side{$_} ? ("$from $_" => 1) : () } @names } @names }
        elsif ($what < 0.4) { $cut{"$names[rand @names] $names[rand @names]"} = 1 }
        elsif ($what < 0.65) { %cut = () }
        elsif ($what < 0.8) { my $name = $names[rand @names]; if ($node{$name}{began}) { $node{$name}{up} = !$node{$name}{up}; start($name, 0) if $node{$name}{up} } }
        elsif ($what < 0.85 && $forgetful) { my $name = $names[rand @names]; if ($node{$name}{began} && !grep { $_->{g_is_new} && $_->{began} } values %node) { delete $disk{$name}; @{$node{$name}}{qw(data tl lsn leads)} = (0, 0, 0, ''); start($name, 0) } }
        step() for 1 .. 5 + rand 60;
    }
}

# Whoever has forgotten what it had may be needed; somebody has to say then that it is gone (appstack-pg force-voters).
if ($forgetful) { print "$leads leaders\n"; exit 0 }

# Everybody is back, can speak, and is given the same list.
%cut = ();
my ($latest) = sort { compare_marks($b, $a) } map { $_->{g_rolls}{mark} // '0.0' } values %node;
my %stays = map { $_ => 1 } grep { my $it = $node{$_}; $it->{kind} eq 'database' && ($it->{g_rolls}{mark} // '') eq $latest && $it->{g_rolls}{settled} =~ /\b$_,/ } keys %node;
my @next = grep { grep { $stays{$_} } @$_ } @lists;    # data come from a node to which the lists before meant something
$list = {%{list_of(@{$next[rand @next]})}, first => ''};
for my $name (grep { $node{$_}{began} } sort keys %node) { $node{$name}{up} = 1; start($name, 0) if $node{$name}{g_role} ne 'leader' }
give($_->{name}, $list) for @{$list->{voters}};
for (1 .. 1200) {
    step();
    my ($leader) = leaders();
    next if !$leader || !grep { $_->{name} eq $leader } @{$list->{voters}};
    next if grep { on($_->{name}, sub { voting_state() ne 'settled' }) } @{$list->{voters}};
    print "$leads leaders\n";
    exit 0;
}
fail('nobody leads by the last list, ' . join('', map { $_->{name} } @{$list->{voters}}) . ': ' . join '; ', map { my $name = $_; "$name $node{$name}{g_role} " . on($name, sub { join ' ', $vote{term}, $rolls{mark}, map { s/,10[^+]*?,\d//gr } $rolls{settled}, '|', @{$rolls{pending}} }) } grep { $node{$_}{up} } sort keys %node);
