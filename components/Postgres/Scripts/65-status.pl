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
    my $body = json($status) . "\n";
    my $line = !defined $path || $path !~ m{\A/(?:leader|standby)?\z} ? '404 Not Found' : $good ? '200 OK' : '503 Service Unavailable';
    syswrite $client->{socket}, "HTTP/1.1 $line\r\nContent-Type: application/json\r\nContent-Length: " . length($body) . "\r\nConnection: close\r\n\r\n$body";
    drop_client($number);
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
