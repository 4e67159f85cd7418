# Takes a role off a node: stops and disables its units, removes its files, puts kernel settings back. Packages, users and
# data stay. A node that never had the role is left alone.

my $bundle   = read_document(\*DATA);
my $role     = $bundle->{role};
my %result   = (role => $role, removed => []);
my @problems;

lock_node("removal of $role", 60);
if (my $manifest = read_manifest($role)) {
    my $attempt = sub {
        my ($command, $timeout) = @_;
        my ($code, $output) = run($command, $timeout);
        push @problems, $output if $code;
    };
    $attempt->(@{$bundle->{hooks}{drain}}{qw(command timeout)}) if $bundle->{hooks}{drain};

    my @units  = grep { $_->{state} eq 'started' || $_->{enabled} ne '-' } reverse @{$manifest->{units}};
    my $states = unit_states(map { $_->{name} } @units);
    my @known  = grep { ($states->{$_->{name}}{LoadState} // '') ne 'not-found' } @units;
    my @masked = map { quotemeta $_->{name} } grep { $_->{enabled} eq 'masked' } @known;
    my @stop   = map { quotemeta $_->{name} } grep { $_->{state} eq 'started' } @known;
    my @off    = map { quotemeta $_->{name} } grep { $_->{enabled} eq 'enabled' } @known;
    $attempt->("systemctl stop $_", 90) for @stop;
    $attempt->("systemctl --quiet disable @off", 60) if @off;
    $attempt->("systemctl --quiet unmask @masked", 60) if @masked;

    $attempt->(@{$bundle->{hooks}{undrain}}{qw(command timeout)}) if $bundle->{hooks}{undrain};    # not to be found by a later role
    for my $file (reverse @{$manifest->{files}}) {
        push @{$result{removed}}, $file->{path} if unlink at($file->{path});
    }
    rmdir at($_->{path}) for reverse @{$manifest->{directories}};    # only empty ones go
    for my $sysctl (@{$manifest->{sysctls}}) {
        next if !defined $sysctl->{before};
        if (open my $out, '>', sysctl_path($sysctl->{key})) { print $out "$sysctl->{before}\n"; close $out }
    }
    $attempt->('systemctl daemon-reload', 60) if grep { $_->{path} =~ m{\A/etc/systemd/system/} } @{$manifest->{files}};
    unlink at("$STATE/$role.json"), at("$STATE/$role.pending.json"), glob at("$STATE/$role.previous/*");
    rmdir at("$STATE/$role.previous");
}
$result{problems} = \@problems if @problems;
print json(\%result), "\n";
exit 0;
