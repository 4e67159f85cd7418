# The status endpoint: HTTP, one answer and good-bye.

our ($listener, %clients);

sub open_listener {
    $listener = IO::Socket::IP->new(Listen => 64, LocalAddr => $conf{address}, LocalPort => $conf{'status-port'}, ReuseAddr => 1, Blocking => 0)
        or die "cannot listen on $conf{address} port $conf{'status-port'}: $@\n";
}

sub accept_client {
    my ($now) = @_;
    while (my $client = $listener->accept) {
        $client->blocking(0);
        $clients{fileno $client} = {socket => $client, text => '', since => $now};
    }
}

sub drop_client { my $client = delete $clients{$_[0]} or return; close $client->{socket} }

sub serve_client {
    my ($number, $status) = @_;
    my $client = $clients{$number};
    my $read = sysread $client->{socket}, $client->{text}, 4096, length $client->{text};
    return if !defined $read && ($!{EAGAIN} || $!{EINTR});
    return drop_client($number) if !$read || length $client->{text} > 8192;
    return if $client->{text} !~ /\r?\n\r?\n/;
    my ($path) = $client->{text} =~ m{\A(?:GET|HEAD|OPTIONS) (\S+)};
    my $good = !defined $path ? 0 : $path eq '/leader' ? $status->{role} eq 'leader' && ${$status->{writable}} : $path eq '/standby' ? $status->{role} eq 'standby' && ${$status->{streaming}} : $path eq '/';
    my $shown = defined $path && $path eq '/metrics';
    my $body = $shown ? metrics_of($status) : json($status) . "\n";
    my $line = $shown ? '200 OK' : !defined $path || $path !~ m{\A/(?:leader|standby)?\z} ? '404 Not Found' : $good ? '200 OK' : '503 Service Unavailable';
    syswrite $client->{socket}, "HTTP/1.1 $line\r\nContent-Type: " . ($shown ? 'text/plain; version=0.0.4' : 'application/json') . "\r\nContent-Length: " . length($body) . "\r\nConnection: close\r\n\r\n$body";
    drop_client($number);
}

# The same for Prometheus.
sub metrics_of {
    my ($status) = @_;
    my @values = (
        [leads => $status->{role} eq 'leader', 'Whether it has the lease'], [writable => ${$status->{writable}}, 'Whether it leads and can be written to'],
        [standby => $status->{role} eq 'standby', 'Whether it is a standby'], [streaming => ${$status->{streaming}}, 'Whether it receives from the leader'],
        [held => $status->{held} ne '', 'Whether it cannot use its data as they are'], [busy => $status->{job} ne '', 'Whether it rebuilds, rewinds or changes its role'],
        [pending_restart => ${$status->{pendingRestart}}, 'Whether PostgreSQL waits for a restart'], [term => $status->{term}, 'The term of the lease that it knows of'],
        [voting_settled => $status->{voting} eq 'settled', 'Whether the voters of its settings are the ones whose votes count'], [voters => $status->{voters}, 'How many voters there are'], [voters_seen => $status->{seen}, 'How many of them it hears of'],
    );
    return join '', map { "# HELP appstack_guard_$_->[0] $_->[2]\n# TYPE appstack_guard_$_->[0] gauge\nappstack_guard_$_->[0] " . ($_->[1] || 0) . "\n" } @values;
}

sub json {
    my ($value) = @_;
    return '{' . join(',', map { "\"$_->[0]\":" . json($_->[1]) } map { [$_, $value->{$_}] } sort keys %$value) . '}' if ref $value eq 'HASH';
    return '[' . join(',', map { json($_) } @$value) . ']' if ref $value eq 'ARRAY';
    return $$value ? 'true' : 'false' if ref $value;
    return $value if $value =~ /\A(?:0|-?[1-9][0-9]{0,14})\z/;
    my $text = $value;
    $text =~ s/(["\\])/\\$1/g;
    $text =~ s/[\x00-\x1f]/ /g;
    return "\"$text\"";
}
