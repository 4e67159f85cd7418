# --- metrics ------------------------------------------------------------------------------------------------------------

# A process of its own, because the daemon must not wait for the console. It keeps its connection, as PgBouncer writes a line to its log for
# each. Debian's exporter (1.7) asks for columns that PgBouncer gave up with 1.8.
my @METRICS = (
    ['SHOW POOLS', ['database', 'user'],
        [cl_active => 'pgbouncer_pools_client_active_connections', gauge => 1, 'Clients that are served'],
        [cl_waiting => 'pgbouncer_pools_client_waiting_connections', gauge => 1, 'Clients that wait for a server'],
        [sv_active => 'pgbouncer_pools_server_active_connections', gauge => 1, 'Servers that serve a client'],
        [sv_idle => 'pgbouncer_pools_server_idle_connections', gauge => 1, 'Servers that are free'],
        [maxwait => 'pgbouncer_pools_client_maxwait_seconds', gauge => 1, 'How long the first client in the queue has waited']],
    ['SHOW STATS', ['database'],
        [total_xact_count => 'pgbouncer_stats_transactions_total', counter => 1, 'Transactions'],
        [total_query_count => 'pgbouncer_stats_queries_total', counter => 1, 'Statements'],
        [total_received => 'pgbouncer_stats_received_bytes_total', counter => 1, 'Bytes from clients'],
        [total_sent => 'pgbouncer_stats_sent_bytes_total', counter => 1, 'Bytes to clients'],
        [total_xact_time => 'pgbouncer_stats_transaction_seconds_total', counter => 1e-6, 'Time in transactions'],
        [total_wait_time => 'pgbouncer_stats_client_wait_seconds_total', counter => 1e-6, 'Time that clients waited for a server']],
    ['SHOW DATABASES', ['name', 'host'],
        [pool_size => 'pgbouncer_databases_pool_size', gauge => 1, 'Connections that a user may have'],
        [current_connections => 'pgbouncer_databases_current_connections', gauge => 1, 'Connections to the server'],
        [max_connections => 'pgbouncer_databases_max_connections', gauge => 1, 'Connections to the server that are allowed'],
        [paused => 'pgbouncer_databases_paused', gauge => 1, 'Whether statements are held back']],
);

sub metrics {
    my ($address, $port) = ($option{listen} // '') =~ /\A(.+):(\d+)\z/ or usage();
    my $listener = IO::Socket::IP->new(LocalHost => $address, LocalPort => $port, Listen => 8, ReuseAddr => 1)
        or die "appstack-pooler: cannot listen at $address:$port: $@\n";
    $SIG{PIPE} = 'IGNORE';
    $| = 1;
    print "metrics at $address:$port\n";
    while (1) {
        my $client = $listener->accept or next;
        my $request = '';
        my $bits = '';
        vec($bits, fileno $client, 1) = 1;
        while ($request !~ /\r?\n\r?\n/ && select my $ready = $bits, undef, undef, 2) { sysread $client, $request, 4096, length $request or last }
        my $body = measure();
        syswrite $client, "HTTP/1.0 200 OK\r\nContent-Type: text/plain; version=0.0.4\r\nContent-Length: " . length($body) . "\r\n\r\n$body";
        close $client;
    }
}

my $kept;

sub measure {
    my $text;
    for (1, 2) {    # twice, for a PgBouncer that was started again since
        $kept //= console(2) // last;
        $text = tables($kept);
        last if defined $text;
        $kept = undef;
    }
    return followed() . "# HELP pgbouncer_up Whether PgBouncer answers\n# TYPE pgbouncer_up gauge\npgbouncer_up " . (defined $text ? 1 : 0) . "\n" . ($text // '');
}

# What the daemon says, which is a process of its own.
sub followed {
    my $answer = daemon_answer('status', 1) // '';
    my %values = (
        appstack_pooler_healthy => [scalar($answer =~ /"healthy":true/), 'Whether PgBouncer works and leads to a leader'],
        appstack_pooler_leader_known => [scalar($answer =~ /"leader":"[^"]/), 'Whether anybody says that it leads'],
        appstack_pooler_paused => [scalar($answer =~ /"paused":(?:true|"pending")/), 'Whether statements are held back while the leader changes'],
        appstack_pooler_readers => [$answer =~ /"readers":\[([^\]]*)\]/ ? scalar(() = $1 =~ /"[^"]+"/g) : 0, 'Standbys that could serve its read-only clients; one does'],
    );
    return join '', map { "# HELP $_ $values{$_}[1]\n# TYPE $_ gauge\n$_ " . ($values{$_}[0] || 0) . "\n" } sort keys %values;
}

sub tables {
    my ($c) = @_;
    my $text = '';
    for my $table (@METRICS) {
        my ($question, $labels, @columns) = @$table;
        ask($c, $question);
        return undef if !wait_ready($c, 2) || defined $c->{error};
        for my $column (@columns) {
            my ($key, $name, $type, $unit, $help) = @$column;
            $text .= "# HELP $name $help\n# TYPE $name $type\n";
            for my $row (@{$c->{rows}}) {
                next if ($row->{database} // $row->{name}) eq 'pgbouncer';
                my $of = join ',', map { (s/\Aname\z/database/r) . '=' . quoted($row->{$_} // '') } @$labels;
                $text .= "$name\{$of} " . ($row->{$key} // 0) * $unit . "\n";
            }
        }
    }
    return $text;
}

