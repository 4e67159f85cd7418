# --- PgBouncer's console ------------------------------------------------------------------------------------------------

# Only PgBouncer's own user may command it without a password. Root becomes that user.
sub become_pgbouncer {
    return if $> != 0;
    my $uid = (stat "$CONSOLE/.s.PGSQL.$conf{port}")[4] // (getpwnam 'postgres')[2];
    my $gid = (getpwuid $uid)[3];
    $) = "$gid $gid";
    $> = $uid;
}

sub console {
    my ($patience) = @_;
    my $socket = IO::Socket::UNIX->new(Peer => "$CONSOLE/.s.PGSQL.$conf{port}") or return undef;
    my %c = (socket => $socket, buffer => '', rows => [], fields => []);
    my $start = pack('N', 196608) . "user\0pgbouncer\0database\0pgbouncer\0\0";
    syswrite $socket, pack('N', 4 + length $start) . $start or return undef;
    return wait_ready(\%c, $patience) && !defined $c{error} ? \%c : undef;
}

sub ask { my ($c, $sql) = @_; @{$c}{qw(rows fields error)} = ([], [], undef); return syswrite $c->{socket}, 'Q' . pack('N', 5 + length $sql) . "$sql\0" }

# Reads what is there; true when the answer is complete.
sub take {
    my ($c) = @_;
    my $read = sysread $c->{socket}, $c->{buffer}, 65536, length $c->{buffer};
    if (!$read) { $c->{error} = 'PgBouncer closed the connection'; return 1 }
    while (length $c->{buffer} >= 5) {
        my ($type, $length) = unpack 'aN', $c->{buffer};
        last if length $c->{buffer} < $length + 1;
        my $body = substr $c->{buffer}, 5, $length - 4;
        substr $c->{buffer}, 0, $length + 1, '';
        if ($type eq 'E') { ($c->{error}) = $body =~ /(?:\A|\0)M([^\0]*)/ }
        elsif ($type eq 'T') { my $rest = substr $body, 2; while ($rest =~ /\G([^\0]*)\0.{18}/gs) { push @{$c->{fields}}, $1 } }
        elsif ($type eq 'D') {
            my ($count, $at, @row) = (unpack('n', $body), 2);
            for (1 .. $count) { my $size = unpack 'N', substr $body, $at, 4; $at += 4; if ($size == 0xffffffff) { push @row, undef; next } push @row, substr $body, $at, $size; $at += $size }
            my %row; @row{@{$c->{fields}}} = @row;
            push @{$c->{rows}}, \%row;
        }
        elsif ($type eq 'Z') { return 1 }
    }
    return 0;
}

sub wait_ready {
    my ($c, $patience) = @_;
    my $end = now() + $patience;
    while (1) {
        my ($bits, $left) = ('', $end - now());
        vec($bits, fileno $c->{socket}, 1) = 1;
        if ($left <= 0 || !select $bits, undef, undef, $left) { $c->{error} = 'PgBouncer does not answer'; return 0 }
        return 1 if take($c);
    }
}

# Whether PgBouncer is logging in to a server of these databases, by the rows of SHOW POOLS; without names: of any. A login that PAUSE
# meets, or RELOAD, is cut off and counts as failed, and once the pool is empty statements are refused until another one succeeds
# ("server login has been failing": 1.18's per_loop_pause, sbuf_tls_setup and check_fast_fail). So both wait for a moment without,
# and meanwhile pools that have a connection are kept from growing.
my ($NO_GROWTH, $GROWTH) = map { "SET max_user_connections = $_" } 1, 0;

sub logs_in {
    my ($rows, @databases) = @_;
    my %of = map { $_ => 1 } @databases;
    return scalar grep { $_->{sv_login} > 0 && (!@databases || $of{$_->{database}}) } @$rows;
}

# One command on a connection of its own; dies with PgBouncer's words.
sub order {
    my ($sql, $patience) = @_;
    my $c = console($patience // 5) // die "PgBouncer does not answer\n";
    ask($c, $sql);
    wait_ready($c, $patience // 5);
    die "$sql: $c->{error}\n" if defined $c->{error};
    return $c->{rows};
}

