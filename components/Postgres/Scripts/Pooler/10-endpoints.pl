# --- endpoints ----------------------------------------------------------------------------------------------------------

sub last_leader {
    my $name = slurp($LAST) // '';
    chomp $name;
    return $by_name{$name} // $by_name{$conf{'first-leader'}} // $servers[0];
}

# PgBouncer takes several addresses for a database, but looks for all of them together in the server's certificate (github.com/pgbouncer/pgbouncer issue 1300), so
# each pooler reads at one standby, the next pooler at the next one.
sub reader { my ($leader, @readers) = @_; return @readers ? $readers[$conf{turn} % @readers] : $leader }

sub endpoints {
    my ($leader, @readers) = @_;
    my $text = slurp($TEMPLATE) // die "appstack-pooler: cannot read $TEMPLATE: $!\n";
    my $reader = reader($leader, @readers);
    $text =~ s/\{leader\}/$leader->{address}/g;
    $text =~ s/\{reader\}/$reader->{address}/g;
    return $text;
}

# The endpoints that lead to the leader.
sub pausable { return (slurp($TEMPLATE) // '') =~ /^(\w+) = host=\{leader\} /gm }

sub render { replace($INCLUDE, endpoints(last_leader())) }

