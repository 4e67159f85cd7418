# Messages between guards: one datagram, "AP1 <hmac> key=value ...". The HMAC covers everything after it. A question carries
# its sender's start (inc) and counter (seq), both only ever growing, so that nothing can be replayed; an answer names the
# question (re) that it answers.

our ($key, $socket);
our ($inc, $seq) = (0, 0);
my %last_seen;    # by sender: [inc, seq]

sub read_key { $key = read_file("$ROOT/etc/appstack/pg/guard.key") // die "appstack-pg: cannot read the guard's key: $!\n"; $key =~ s/\s+\z// }

# Grows with every start, also when the disk is new or the clock was put back.
sub next_incarnation {
    my $path = "$STATE/starts";
    my $last = read_file($path) // 0;
    my $next = $last + 1;
    $next = time if time > $next;
    open my $out, '>', $path or die "cannot write $path: $!\n";
    print $out $next;
    close $out;
    return $next;
}

sub encode {
    my ($message) = @_;
    my $text = join ' ', map { "$_=" . ($message->{$_} // '') } sort keys %$message;
    return 'AP1 ' . hmac_sha256_hex($text, $key) . " $text";
}

# The message, or undef when it is not from one who has the key.
sub decode {
    my ($datagram) = @_;
    my ($mac, $text) = $datagram =~ /\AAP1 ([0-9a-f]{64}) (.*)\z/s or return undef;
    my $expected = hmac_sha256_hex($text, $key);
    my $difference = 0;
    $difference |= ord(substr $mac, $_, 1) ^ ord(substr $expected, $_, 1) for 0 .. 63;
    return undef if $difference;
    return {map { /\A([^=]+)=(.*)\z/s ? ($1 => $2) : () } split / /, $text};
}

# Whether a question is newer than all that came from its sender.
sub is_fresh {
    my ($message) = @_;
    my $last = $last_seen{$message->{from}};
    return 0 if $last && ($message->{inc} < $last->[0] || ($message->{inc} == $last->[0] && $message->{seq} <= $last->[1]));
    $last_seen{$message->{from}} = [$message->{inc}, $message->{seq}];
    return 1;
}

sub address_of {
    my ($address, $port) = @_;
    my ($error, $found) = Socket::getaddrinfo($address, $port, {flags => Socket::AI_NUMERICHOST(), socktype => SOCK_DGRAM});
    die "address $address: $error\n" if $error;
    return $found->{addr};
}

# Sends a question to one voter; its number comes back for matching answers.
sub ask {
    my ($node, $message) = @_;
    my $number = ++$seq;
    send $socket, encode({%$message, from => $ME, inc => $inc, seq => $number}), 0, $node->{packed} //= address_of($node->{address}, $conf{'guard-port'});
    return $number;
}
