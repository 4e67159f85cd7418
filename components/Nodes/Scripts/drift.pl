# Compares the node with the manifests that its bundles left. Reads only; prints one JSON object.

my $manifests = read_manifests();
my (@deviations, @roles);
sub deviation {
    my ($role, $kind, $name, $expected, $actual) = @_;
    push @deviations, {role => $role, kind => $kind, name => $name, expected => $expected, actual => $actual // 'missing'};
}

my (%paths, %packages, %units);
my $package_state = package_state();
for my $manifest (values %$manifests) {
    $paths{at($_->{path})} = 1 for @{$manifest->{files}};
    # Nothing was installed or removed since this manifest found its packages as they should be: nothing to ask.
    $manifest->{packages} = [] if defined $package_state && ($manifest->{packageState} // '') eq $package_state;
    $packages{$_->{name}} = 1 for @{$manifest->{packages}};
    $units{$_->{name}} = 1 for @{$manifest->{units}};
}
my $sums     = sha256(grep { -f } sort keys %paths);
my $versions = package_versions(sort keys %packages);
my $states   = unit_states(sort keys %units);

for my $role (sort keys %$manifests) {
    my $manifest = $manifests->{$role};
    push @roles, $role;
    for my $file (@{$manifest->{files}}) {
        my ($mode, $owner) = attributes(at($file->{path}));
        if (!defined $mode) { deviation($role, 'file', $file->{path}, 'present', undef); next }
        my $sum = $sums->{at($file->{path})};
        deviation($role, 'content', $file->{path}, substr($file->{sha256}, 0, 12), defined $sum ? substr($sum, 0, 12) : 'not a file') if ($sum // '') ne $file->{sha256};
        deviation($role, 'mode', $file->{path}, $file->{mode}, $mode) if $mode ne $file->{mode};
        deviation($role, 'owner', $file->{path}, $file->{owner}, $owner) if $> == 0 && $owner ne $file->{owner};
    }
    for my $directory (@{$manifest->{directories}}) {
        my ($mode) = attributes(at($directory->{path}));
        deviation($role, 'directory', $directory->{path}, $directory->{mode}, $mode) if ($mode // '') ne $directory->{mode};
    }
    for my $package (@{$manifest->{packages}}) {
        my $version = $versions->{$package->{name}};
        deviation($role, 'package', $package->{name}, $package->{version} // 'installed', $version)
            if !defined $version || (defined $package->{version} && $version ne $package->{version});
    }
    for my $sysctl (@{$manifest->{sysctls}}) {
        my $value = sysctl_value($sysctl->{key});
        deviation($role, 'sysctl', $sysctl->{key}, $sysctl->{value}, $value) if ($value // '') ne $sysctl->{value};
    }
    for my $unit (@{$manifest->{units}}) {
        my $state  = $states->{$unit->{name}};
        my $active = $state->{ActiveState} // 'missing';
        my $file   = $state->{UnitFileState} // '';
        deviation($role, 'unit', $unit->{name}, 'active', $active) if $unit->{state} eq 'started' && $active !~ /\A(?:active|reloading)\z/;
        deviation($role, 'unit', $unit->{name}, 'inactive', $active) if $unit->{state} eq 'stopped' && $active eq 'active';
        deviation($role, 'unit-file', $unit->{name}, 'enabled', $file) if $unit->{enabled} eq 'enabled' && $file !~ /\A(?:enabled|static|generated|alias)\z/;
        deviation($role, 'unit-file', $unit->{name}, $unit->{enabled}, $file) if $unit->{enabled} =~ /\A(?:disabled|masked)\z/ && $file !~ /\A$unit->{enabled}/;
    }
    deviation($role, 'interrupted', "$STATE/$role.pending.json", 'absent', 'a change of this role was interrupted') if -e at("$STATE/$role.pending.json");
}
print json({roles => \@roles, deviations => \@deviations}), "\n";
