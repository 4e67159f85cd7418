# --- endpoints ----------------------------------------------------------------------------------------------------------

sub last_leader {
    my $name = slurp($LAST) // '';
    chomp $name;
    return $by_name{$name} // $by_name{$conf{'first-leader'}} // $servers[0];
}

sub endpoints {
    my ($leader, @readers) = @_;
    my $text = slurp($TEMPLATE) // die "appstack-pooler: cannot read $TEMPLATE: $!\n";
    my $readers = join ',', map { $_->{address} } @readers ? @readers : $leader;
    $text =~ s/\{leader\}/$leader->{address}/g;
    $text =~ s/\{readers\}/$readers/g;
    return $text;
}

# The endpoints that lead to the leader.
sub pausable { return (slurp($TEMPLATE) // '') =~ /^(\w+) = host=\{leader\} /gm }

sub render { replace($INCLUDE, endpoints(last_leader())) }

