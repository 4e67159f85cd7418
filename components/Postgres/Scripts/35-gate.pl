# The gate: PostgreSQL's packets pass while the lease runs and not a moment longer, whatever becomes of every process here. The
# kernel keeps the time: a round is armed in it, for as long as a lease lasts, BEFORE the round is sent, so that what the voters
# promise always outlasts it. A majority's answer only says which armed round counts; one that has run out opens nothing, so a
# guard that was stopped or starved between any two of its steps opens nothing, either.
#
#   lease     armed rounds, each forgotten by the kernel after the time of a lease
#   round     the round that a majority has confirmed
#   harmless  holds the port while nothing on this node can write: a standby, or nothing at all
#
# Netlink is spoken here, because a program for each step, some ten a second, would cost more than PostgreSQL at rest.

our ($gate_socket, $gate_round) = (undef, 0);
our $harmless = -1;    # what the kernel was told last; -1: not known
my $GATE = 'appstack_pg';
my ($NEW_ELEMENT, $DELETE_ELEMENT) = (10 << 8 | 12, 10 << 8 | 14);

sub gate_rules {
    my $port = $conf{port};
    my $chain = sub {
        my ($hook, $field) = @_;
        return <<"RULES";
    chain of_$hook {
        tcp $field \@harmless accept
        meta mark set 0
        meta mark set tcp $field map \@round
        meta mark \@lease meta mark set 0 accept
        counter drop
    }
    chain $hook {
        type filter hook $hook priority filter - 10; policy accept;
        tcp $field $port goto of_$hook
    }
RULES
    };
    my $table = "    set lease { type mark; flags timeout; }\n    map round { type inet_service : mark; }\n    set harmless { type inet_service; }\n" . $chain->('output', 'sport') . $chain->('input', 'dport');
    # An empty chain that tells which rules these are.
    my $name = 'rules_' . substr sha256_hex($table), 0, 12;
    return ($name, "table inet $GATE\ndelete table inet $GATE\ntable inet $GATE {\n    chain $name { }\n$table}\n");
}

# Loads the rules where they are not, closed.
sub load_gate {
    my ($name, $rules) = gate_rules();
    my ($code) = run(10, 'nft', 'list', 'chain', 'inet', $GATE, $name);
    return if !$code;
    mkdir $RUN, 0755;
    write_file("$RUN/gate.nft", $rules);
    must('loading the gate', 10, 'nft', '-f', "$RUN/gate.nft");
    note('gate: loaded, closed');
}

sub gate_attribute { my ($type, $value) = @_; return pack('S S', 4 + length $value, $type) . $value . "\0" x (-length($value) & 3) }
sub gate_nested    { my ($type, @inner) = @_; return gate_attribute(0x8000 | $type, join '', @inner) }

# One change of elements. Without a key all elements go.
sub gate_change {
    my ($kind, $set, $key, %more) = @_;
    my $body = gate_attribute(1, "$GATE\0") . gate_attribute(2, "$set\0");
    if (defined $key) {
        my @element = gate_nested(1, gate_attribute(1, $key));
        push @element, gate_nested(2, gate_attribute(1, $more{data})) if defined $more{data};
        push @element, gate_attribute(4, pack 'Q>', $more{timeout}) if $more{timeout};
        $body .= gate_nested(3, gate_nested(1, @element));
    }
    return [$kind, ($kind == $NEW_ELEMENT ? 0x405 : 0x005) | ($more{new} ? 0x200 : 0), 1, 0, $body];    # to be acknowledged, made
}

# All changes or none. The kernel is done when the send returns. Answers with what it says, 0 for good.
sub gate_commit {
    my (@changes) = @_;
    if (!$gate_socket) {
        socket $gate_socket, 16, Socket::SOCK_RAW(), 12 or die "netlink: $!\n";    # AF_NETLINK, NETLINK_NETFILTER
        $gate_socket->blocking(0);
    }
    my $number = 0;
    my $batch = join '', map {
        my ($type, $flags, $family, $resource, $body) = @$_;
        pack('L S S L L', 20 + length $body, $type, $flags, ++$number, 0) . pack('C C n', $family, 0, $resource) . $body
    } [16, 1, 0, 10, ''], @changes, [17, 1, 0, 10, ''];
    defined send $gate_socket, $batch, 0 or return $! + 0;
    my ($error, $answers) = (0, 0);
    while (defined recv $gate_socket, my $answer, 65536, 0) {
        while (length $answer >= 20) {
            my ($length, $type, undef, undef, undef, $code) = unpack 'L S S L L l', $answer;
            if ($type == 2) { $answers++; $error ||= -$code }
            substr $answer, 0, ($length + 3) & ~3, '';
        }
    }
    return $error || ($answers < @changes ? 5 : 0);    # EIO: not all were acknowledged
}

# As before; where somebody has thrown the rules away they are loaded again.
sub gate_do {
    my ($what, @changes) = @_;
    my $error = gate_commit(@changes);
    if ($error == 2) { $error = eval { load_gate(); 1 } ? gate_commit(@changes) : do { note("gate: $@"); 2 } }
    state %said;
    my $text = $error ? do { local $! = $error; "$!" } : '';
    note("gate: $what: $text") if $error && ($said{$what} // '') ne $text;
    $said{$what} = $text;
    return !$error;
}

sub gate_port { return pack 'n', $conf{port} }

# A number that no round of a living lease has, not one of an earlier start either.
sub gate_arm {
    $gate_round = ($gate_round || ($inc & 0xffff) << 16) + 1 & 0xffffffff || 1;
    return gate_do('arming a round', gate_change($NEW_ELEMENT, 'lease', pack('L', $gate_round), timeout => int(1000 * $conf{hold}), new => 1)) ? $gate_round : 0;
}

sub gate_confirm {
    my ($round) = @_;
    return gate_do('confirming a round', gate_change($DELETE_ELEMENT, 'round'), gate_change($NEW_ELEMENT, 'round', gate_port(), data => pack 'L', $round));
}

# From here on nothing passes.
sub gate_close { $harmless = -1; return gate_do('closing', map { gate_change($DELETE_ELEMENT, $_) } qw(round lease harmless)) }

# Whoever says that this node is harmless has seen to it that nothing on it can write.
sub gate_harmless {
    my ($is) = @_;
    my $done = gate_do('harmless', gate_change($DELETE_ELEMENT, 'harmless'), $is ? gate_change($NEW_ELEMENT, 'harmless', gate_port()) : ());
    $harmless = $done ? $is : -1;
    return $done;
}
