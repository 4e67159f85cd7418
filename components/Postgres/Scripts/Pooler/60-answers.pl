# --- questions to the daemon --------------------------------------------------------------------------------------------

sub answer {
    my ($client, $line) = @_;
    return if !$client;
    syswrite $client->{socket}, "$line\n";
    $client->{done} = 1;
}

sub serve {
    my ($client) = @_;
    my $read = sysread $client->{socket}, $client->{buffer}, 4096, length $client->{buffer};
    if (!$read) { return if !defined $read && $! == EAGAIN; $client->{done} = 1; return }
    if ($client->{web}) {
        return if $client->{buffer} !~ /\n/;
        my $body = describe() . "\n";
        my $line = healthy() ? '200 OK' : '503 Service Unavailable';
        syswrite $client->{socket}, "HTTP/1.0 $line\r\nContent-Type: application/json\r\nContent-Length: " . length($body) . "\r\n\r\n$body";
        $client->{done} = 1;
    }
    elsif ($client->{buffer} =~ /\Astatus\n/) { answer($client, describe()) }
    elsif ($client->{buffer} =~ /\Arender\n/) {
        $written = undef;
        my $shown = $leader // last_leader();
        replace($INCLUDE, endpoints($shown, @readers));
        answer($client, '{"rendered":true}');
    }
    elsif ($client->{buffer} =~ /\Aresume\n/) { my $was = $hold ? 'true' : 'false'; release() if $hold; answer($client, "{\"resumed\":$was}") }
    elsif ($client->{buffer} =~ /\Apause (\S+) (\S+)\n/) {
        return answer($client, '{"paused":false,"error":"there is a pause already"}') if $hold;
        begin_hold({by => 'request', client => $client, timeout => $1, deadline => now() + $1, until => now() + $2, leader => $leader});
    }
    elsif ($client->{buffer} =~ /\n/) { answer($client, '{"error":"unknown question"}') }
}

sub healthy { return $admin_ok && $leader && now() - $leader->{at} <= $conf{lifetime} }

sub describe {
    my $now = now();
    my @known = map {
        my $fresh = $now - $_->{at} <= $conf{lifetime};
        sprintf '{"name":%s,"address":%s,"role":%s,"term":%d}', quoted($_->{name}), quoted($_->{address}), quoted($fresh ? $_->{role} : 'unknown'), $_->{term};
    } @servers;
    return sprintf '{"name":%s,"cluster":%s,"healthy":%s,"pgbouncer":%s,"leader":%s,"leaderAddress":%s,"reader":%s,"readers":%s,"paused":%s,"servers":[%s]}',
        quoted($conf{name}), quoted($conf{cluster}), (healthy() ? 'true' : 'false'), ($admin_ok ? 'true' : 'false'),
        quoted($leader ? $leader->{name} : ''), quoted($leader ? $leader->{address} : ''), quoted(reader($leader // last_leader(), @readers)->{name}), list(map { $_->{name} } @readers),
        ($hold ? ($hold->{paused} ? 'true' : '"pending"') : 'false'), join(',', @known);
}

# Tells systemd that the daemon lives (sd_notify).
sub notify {
    my $path = $ENV{NOTIFY_SOCKET} // return;
    $path =~ s/\A@/\0/;
    socket my $systemd, AF_UNIX, SOCK_DGRAM, 0 or return;
    send $systemd, $_[0], 0, sockaddr_un($path);
}

