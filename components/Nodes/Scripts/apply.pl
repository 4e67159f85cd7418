# Applies a bundle: stage, check, swap, activate what changed, verify, and go back to the previous files when that fails.
#
# Power may fail at any point. Before the first file is swapped, <role>.pending.json and copies of the previous files are
# on disk; the next run first restores them and then starts over, so a file group is always wholly old or wholly new
# to the daemon that is told to read it.

my $started = milliseconds();
my $bundle  = read_document(\*DATA);
my $role    = $bundle->{role};
my $pending = at("$STATE/$role.pending.json");
my $backups = at("$STATE/$role.previous");
my %result  = (role => $role, changed => \0, packages => [], files => [], activated => [], drained => \0, timings => {});
my (@undo, $drained, $swapped, $package_state);

# What has to be undone when the change fails, in the order in which going back does it.
use constant {STOP => 1, FILES => 2, SYSTEMD => 3, KERNEL => 4, UNITS => 5, DAEMONS => 6, UNDRAIN => 7};
sub undo { my ($order, $step) = @_; push @undo, [$order, $step] }

sub phase {
    my ($name, $code) = @_;
    my $from = milliseconds();
    my @answer = $code->();
    my $took = milliseconds() - $from;
    $result{timings}{$name} = $took if $took;
    return wantarray ? @answer : $answer[0];
}

sub fail {
    my ($what, $message, %where) = @_;
    $message =~ s/\s+\z//;
    die {what => $what, message => hide_secrets($message), %where};
}

# A daemon that rejects its configuration often quotes it; words of secret files never leave the node.
sub hide_secrets {
    my ($text) = @_;
    for my $file (grep { $_->{secret} } @{$bundle->{files}}) {
        for my $word (grep { length >= 6 } split /[\s"'=:,;]+/, $file->{content}) { $text =~ s/\Q$word\E/[secret]/g }
    }
    return $text;
}

my ($manifest, $first);
my $outcome = eval {
    lock_node("bundle $role", 60);
    $manifest = read_manifest($role);
    $first = !$manifest;
    $manifest //= {};
    apply();
    1;
};
if (!$outcome) {
    my $error = ref $@ ? $@ : {what => 'the bundle could not be applied', message => "$@"};
    chomp $error->{message};
    roll_back($error);
    $result{error} = $error;
}
$result{timings}{total} = milliseconds() - $started;
print json(\%result), "\n";
if (my $error = $result{error}) {
    my $where = $error->{file} // $error->{unit} // $error->{package};
    print STDERR "$error->{what}", (defined $where ? " ($where)" : ''), ":\n";
    print STDERR "    $_\n" for split /\n/, $error->{message};
    print STDERR $error->{broken} ? "Going back to the previous configuration failed, too: $error->{broken}\n"
        : $swapped ? "The previous configuration is in place again.\n" : "The node's configuration was not changed.\n";
    exit 1;
}
exit 0;

sub apply {
    my %forced = map { $_ => 1 } recover();
    guard_against_lockout();
    phase(versions => \&judge_versions);

    my @missing  = phase(packages => \&missing_packages);
    my %was      = map { $_->{path} => $_ } @{$manifest->{files} // []};
    my @changes  = phase(compare => sub { return compare(\%was) });
    my $units    = phase(units => sub { return unit_states(all_units()) });
    my %changed  = (%forced, map { $_->{group} => 1 } grep { $_->{group} && $_->{change} ne 'attributes' } @changes);
    my @sysctls  = grep { (sysctl_value($_->{key}) // '') ne $_->{value} } @{$bundle->{sysctls}};
    my @todo     = unit_changes($units);

    if (!@missing && !@changes && !%changed && !@sysctls && !@todo && !$first && !$result{recovered} && same_manifest()) {
        return;    # nothing to do, and nothing was written
    }

    $result{changed} = \1;
    make_directories(at($STATE));
    chmod 0700, at($STATE);
    undo(FILES, sub { unstage(\@changes) });
    phase(stage => sub { stage(\@changes) });
    phase(check => sub { check(\@changes) }) if !@missing;    # a daemon that is not installed yet cannot check anything

    my $disruptive = grep { $changed{$_->{name}} && ($_->{disruptive} // '') eq 'yes' } @{$bundle->{groups}};
    $disruptive ||= grep { $_->{action} eq 'stop' } @todo;
    if (!$first && $bundle->{hooks}{drain} && ($disruptive || @missing)) {
        $drained = 1;
        record_pending([], []);    # a run that dies while the node is drained must not leave it so
        undo(UNDRAIN, sub { hook('undrain') });
        phase(drain => sub { hook('drain') });
        $result{drained} = \1;
    }

    if (@missing) {
        phase(install => sub { install(@missing) });
        phase(check => sub { check(\@changes) });
        $units = unit_states(all_units());
    }
    make_users();
    phase(swap => sub { swap(\@changes, \%changed) });
    my $systemd = grep { $_->{path} =~ m{\A/etc/systemd/system/} } @changes;
    if ($systemd) {
        my $reload = sub { run_or_die('systemd could not read its units', 'systemctl daemon-reload', 60) };
        undo(SYSTEMD, $reload);
        $reload->();
        $units = unit_states(all_units());
    }

    set_sysctls(0);
    phase(activate => sub { activate(\%changed, $units, @missing && !$first) });
    set_sysctls(1);
    phase(health => sub { verify(\%changed) });
    phase(undrain => sub { hook('undrain') }) if $bundle->{hooks}{undrain} && ($drained || $first || $result{recovered});
    phase(gate => sub { hook('gate') }) if $bundle->{hooks}{gate};
    write_manifest();
    unlink $pending;
}

# Heals what an interrupted run left: previous files come back, staged ones go. Returns the groups to activate again.
sub recover {
    my $text = read_file($pending);
    return () if !defined $text;
    my $record = eval { parse_json($text) } or return ();
    restore($_) for reverse @{$record->{files}};
    unlink at('/usr/sbin/policy-rc.d') if (read_file(at('/usr/sbin/policy-rc.d')) // '') =~ /appstack/;
    $result{recovered} = \1;
    return @{$record->{groups}};
}

# The firewall of a bundle must let the one in who sent it.
sub guard_against_lockout {
    my ($client) = split ' ', $ENV{SSH_CONNECTION} // '';
    return if !defined $client || !@{$bundle->{management}};
    require Socket;
    $client =~ s/%.*//;
    my $family = $client =~ /:/ ? Socket::AF_INET6() : Socket::AF_INET();
    my $address = Socket::inet_pton($family, $client) // return;
    for my $network (@{$bundle->{management}}) {
        my ($base, $bits) = split m{/}, $network;
        my $packed = Socket::inet_pton($family, $base) // next;
        return if substr(unpack('B*', $packed), 0, $bits) eq substr(unpack('B*', $address), 0, $bits);
    }
    fail('the firewall of this bundle would lock out the address that it comes from',
        "$client is in none of the management networks (@{$bundle->{management}}); add its network");
}

sub missing_packages {
    my @wanted = @{$bundle->{packages}} or return ();
    my $named = sub { return join ' ', map { join '=', grep { defined } @$_{qw(name version)} } @_ };
    $package_state = package_state();
    return () if defined $package_state && ($manifest->{packageState} // '') eq $package_state && $named->(@wanted) eq $named->(@{$manifest->{packages}});
    my $have = package_versions(map { $_->{name} } @wanted);
    return grep { !defined $have->{$_->{name}} || (defined $_->{version} && $_->{version} ne $have->{$_->{name}}) } @wanted;
}

# Versions that are known to be unsafe, all at once: of what the bundle names, else of what is installed, else of what would be.
sub judge_versions {
    my @rules = @{$bundle->{unsafe}} or return;
    my %named = map { $_->{name} => $_->{version} } @{$bundle->{packages}};
    my $have  = package_versions(map { $_->{package} } @rules);
    my (@refused, @told);
    for my $rule (@rules) {
        my $package = $rule->{package};
        my ($version, $is) = defined $named{$package} ? ($named{$package}, 'is wanted')
            : defined $have->{$package} ? ($have->{$package}, 'is installed') : (candidate($package), 'is what apt would install');
        next if !defined $version || !is_older($version, $rule->{below}) || ($rule->{from} ne '-' && is_older($version, $rule->{from}));
        push @{$rule->{action} eq 'refuse' ? \@refused : \@told}, "$package $version $is: $rule->{message}";
    }
    $result{warnings} = \@told if @told;
    fail('a version is known to be unsafe', join "\n", @refused) if @refused;
}

sub candidate {
    my ($package) = @_;
    my (undef, $output) = run(['apt-cache', 'policy', '--', $package], 60);
    return $output =~ /^  Candidate: ([^\s(]+)$/m ? $1 : undef;    # (none): where there are no lists yet, it is known once they are fetched
}

sub is_older {
    my ($code, $output) = run(['dpkg', '--compare-versions', $_[0], 'lt', $_[1]], 30);
    fail('versions could not be compared', $output || "exit code $code") if $code > 1;
    return !$code;
}

sub install {
    my @packages = map { defined $_->{version} ? "$_->{name}=$_->{version}" : $_->{name} } @_;
    my $policy = at('/usr/sbin/policy-rc.d');
    my $ours = !-e $policy;
    if ($ours) {    # daemons start when their configuration is in place, not before
        make_directories(at('/usr/sbin'));
        write_file($policy, "#!/bin/sh\n# appstack: packages are being installed\nexit 101\n");
        chmod 0755, $policy;
    }
    my $apt = 'DEBIAN_FRONTEND=noninteractive apt-get -qq -y -o DPkg::Lock::Timeout=120 -o Dpkg::Options::=--force-confold';
    my $command = "$apt --no-install-recommends --allow-downgrades install " . join(' ', map { quotemeta } @packages);
    my ($code, $output) = run($command, 600);
    my $refusal;
    if ($code) {
        my ($updated, $why) = run("$apt update", 300);
        eval { judge_versions(); 1 } or $refusal = $@;    # only now it may be known what would be installed
        ($code, $output) = $updated ? ($updated, $why) : run($command, 600) if !$refusal;
    }
    unlink $policy if $ours;
    die $refusal if $refusal;
    fail('packages could not be installed', $output, package => "@packages") if $code;
    $result{packages} = \@packages;
    $package_state = package_state();
}

sub make_users {
    for my $user (@{$bundle->{users}}) {
        next if defined getpwnam $user->{name};
        run_or_die("user $user->{name} could not be created",
            "useradd --system --user-group --home-dir \Q$user->{home}\E --shell \Q$user->{shell}\E \Q$user->{name}\E", 30);
    }
}

sub all_units {
    my %seen;
    return grep { !$seen{$_}++ } (map { $_->{name} } @{$bundle->{units}}), (map { $_->{name} } @{$manifest->{units} // []});
}

# What differs between the files of the node and those of the bundle.
sub compare {
    my ($was) = @_;
    my (@changes, %wanted);
    my $others;
    for my $directory (@{$bundle->{directories}}) {
        my ($mode, $owner) = attributes(at($directory->{path}));
        push @changes, {%$directory, change => 'directory', group => ''} if ($mode // '') ne $directory->{mode} || !same_owner($owner, $directory->{owner});
    }
    for my $file (@{$bundle->{files}}) {
        $wanted{$file->{path}} = 1;
        my ($mode, $owner, $stat) = attributes(at($file->{path}));
        fail('a directory stands where a file should be', 'remove it or choose another path', file => $file->{path}) if $stat && S_ISDIR($stat->[2]);
        my $content = $stat && S_ISREG($stat->[2]) ? read_file(at($file->{path})) : undef;
        my $change = !$stat ? 'created' : !defined $content || $content ne $file->{content} ? 'updated'
            : $mode ne $file->{mode} || !same_owner($owner, $file->{owner}) ? 'attributes' : next;
        if (!$was->{$file->{path}}) {
            $others //= read_manifests();
            for my $other (grep { $_ ne $role } sort keys %$others) {
                fail('two roles want the same file', "it belongs to the role '$other' of this node", file => $file->{path})
                    if grep { $_->{path} eq $file->{path} } @{$others->{$other}{files}};
            }
        }
        push @changes, {%$file, change => $change};
    }
    for my $file (grep { !$wanted{$_->{path}} } values %$was) {
        push @changes, {%$file, change => 'removed'} if lstat at($file->{path});
    }
    return sort { $a->{path} cmp $b->{path} } @changes;
}

# Only root can give files away; tests run as anybody.
sub same_owner { return $> != 0 || ($_[0] // '') eq $_[1] }

# New contents lie beside their targets, readable by root only, until they are swapped in.
sub staged { my ($path) = @_; $path =~ s{([^/]+)\z}{.appstack-new.$1}; return at($path) }

sub stage {
    my ($changes) = @_;
    for my $file (grep { $_->{change} =~ /\A(?:created|updated)\z/ } @$changes) {
        my $path = staged($file->{path});
        make_directories($path =~ m{\A(.*)/});
        eval { write_file($path, $file->{content}); 1 } or fail('a file could not be staged', $@, file => $file->{path});
        chmod 0644, $path if !$file->{secret} && oct($file->{mode}) & 04;    # checks may run as the daemon's user
    }
}

sub unstage { unlink staged($_->{path}) for grep { $_->{change} ne 'directory' } @{$_[0]} }

# Every changed group is proved by its daemon before anything is swapped. {/path} in a check is the staged file when
# there is one, else the file in place.
sub check {
    my ($changes) = @_;
    my %staged = map { $_->{path} => staged($_->{path}) } grep { $_->{change} =~ /\A(?:created|updated)\z/ } @$changes;
    my %groups = map { $_->{group} => 1 } @$changes;
    for my $group (grep { $groups{$_->{name}} && $_->{check} } @{$bundle->{groups}}) {
        my $command = $group->{check};
        my @files = $command =~ /\{([^}]+)\}/g;
        $command =~ s{\{([^\}]+)\}}{$staged{$1} // at($1)}ge;
        my ($code, $output) = run($command, 60);
        next if !$code;
        for my $path (keys %staged) { $output =~ s/\Q$staged{$path}\E/$path/g }
        fail("the check of '$group->{name}' rejected its files", $output || "exit code $code", file => join(', ', @files));
    }
}

sub swap {
    my ($changes, $groups) = @_;
    my @files = grep { $_->{change} ne 'directory' } @$changes;
    unlink glob "$backups/*";
    make_directories($backups);
    chmod 0700, $backups;
    my (@record, $n);
    for my $file (@files) {
        my ($mode, $owner, $stat) = attributes(at($file->{path}));
        my %entry = (path => $file->{path});
        if ($stat) {
            @entry{qw(mode owner backup)} = ($mode, $owner, sprintf '%s/%03d', $backups, ++$n);
            if (S_ISLNK($stat->[2])) { $entry{link} = readlink at($file->{path}) }
            else { write_file($entry{backup}, read_file(at($file->{path}))) }
        }
        push @record, \%entry;
    }
    record_pending([sort keys %$groups], \@record);

    $swapped = 1;
    undo(FILES, sub { restore($_) for reverse @record });
    for my $directory (grep { $_->{change} eq 'directory' } @$changes) {
        make_directories(at($directory->{path}));
        own(at($directory->{path}), $directory->{owner}, $directory->{mode});
        push @{$result{files}}, {path => $directory->{path}, change => 'directory'};
    }
    for my $file (@files) {
        my $path = at($file->{path});
        if ($file->{change} eq 'removed') { unlink $path or fail('a file could not be removed', "$!", file => $file->{path}) }
        else {
            my $from = $file->{change} eq 'attributes' ? $path : staged($file->{path});
            own($from, $file->{owner}, $file->{mode});
            $from eq $path or rename $from, $path or fail('a file could not be replaced', "$!", file => $file->{path});
        }
        push @{$result{files}}, {path => $file->{path}, change => $file->{change}};
    }
}

sub record_pending {
    my ($groups, $files) = @_;
    write_file("$pending.new", json({groups => $groups, files => $files}) . "\n");
    rename "$pending.new", $pending or die "cannot write $pending: $!\n";
}

sub own {
    my ($path, $owner, $mode) = @_;
    if ($> == 0) {
        my ($user, $group) = split /:/, $owner;
        my $uid = $user =~ /\A\d+\z/ ? $user : getpwnam $user;
        my $gid = $group =~ /\A\d+\z/ ? $group : getgrnam $group;
        fail('a file has an unknown owner', "there is no user or group '$owner' on this node", file => $path) if !defined $uid || !defined $gid;
        chown $uid, $gid, $path or die "cannot give $path to $owner: $!\n";
    }
    chmod oct($mode), $path or die "cannot change the mode of $path: $!\n";
}

sub restore {
    my ($entry) = @_;
    my $path = at($entry->{path});
    unlink staged($entry->{path});
    if (!defined $entry->{backup}) { unlink $path; return }
    if (defined $entry->{link}) { unlink $path; symlink $entry->{link}, $path; return }
    my $content = read_file($entry->{backup}) // return;
    my $new = staged($entry->{path});
    write_file($new, $content);
    own($new, $entry->{owner}, $entry->{mode});
    rename $new, $path or die "cannot restore $path: $!\n";
}

# sysctl.d files make values permanent; this makes them true now. Some appear only when a module is loaded, which the
# firewall does, so the first pass is lenient.
sub set_sysctls {
    my ($strict) = @_;
    my %before = map { $_->{key} => $_->{before} } @{$manifest->{sysctls} // []};
    for my $sysctl (@{$bundle->{sysctls}}) {
        my $value = sysctl_value($sysctl->{key});
        $sysctl->{before} = $before{$sysctl->{key}} // $value if !defined $sysctl->{before};
        next if defined $value && $value eq $sysctl->{value};
        my $problem;
        if (!defined $value) { $problem = 'there is no such setting in this kernel' }
        elsif (open my $out, '>', sysctl_path($sysctl->{key})) {
            print $out "$sysctl->{value}\n";
            close $out or $problem = "$!";
            undo(KERNEL, sub { if (open my $back, '>', sysctl_path($sysctl->{key})) { print $back "$value\n"; close $back } }) if !$problem;
        }
        else { $problem = "$!" }
        fail("the kernel setting $sysctl->{key} could not be set to $sysctl->{value}", $problem) if $problem && $strict;
    }
}

# Which units are not as the bundle wants them; also those that a former bundle wanted and this one does not name.
sub unit_changes {
    my ($states) = @_;
    my (@changes, %named);
    for my $unit (@{$bundle->{units}}) {
        $named{$unit->{name}} = 1;
        my $state = $states->{$unit->{name}};
        my $file = $state->{UnitFileState} // '';
        my $active = ($state->{ActiveState} // '') =~ /\A(?:active|reloading)\z/;
        push @changes, {unit => $unit->{name}, action => 'unmask'} if $unit->{enabled} ne 'masked' && $file =~ /\Amasked/;
        push @changes, {unit => $unit->{name}, action => 'stop'} if $unit->{state} eq 'stopped' && ($active || ($state->{ActiveState} // '') eq 'activating');
        push @changes, {unit => $unit->{name}, action => 'mask'} if $unit->{enabled} eq 'masked' && $file !~ /\Amasked/;
        push @changes, {unit => $unit->{name}, action => 'disable'} if $unit->{enabled} eq 'disabled' && $file eq 'enabled';
        push @changes, {unit => $unit->{name}, action => 'enable'} if $unit->{enabled} eq 'enabled' && $file !~ /\A(?:enabled|static|generated|alias)\z/;
        push @changes, {unit => $unit->{name}, action => 'start', failed => ($state->{ActiveState} // '') eq 'failed'} if $unit->{state} eq 'started' && !$active;
    }
    for my $unit (grep { !$named{$_->{name}} } @{$manifest->{units} // []}) {
        my $state = $states->{$unit->{name}};
        push @changes, {unit => $unit->{name}, action => 'stop'} if $unit->{state} eq 'started' && ($state->{ActiveState} // 'inactive') ne 'inactive';
        push @changes, {unit => $unit->{name}, action => 'disable'} if $unit->{enabled} eq 'enabled' && ($state->{UnitFileState} // '') eq 'enabled';
    }
    return @changes;
}

# Stops what must go, starts what is missing (a daemon may need its addresses or its firewall), then tells running daemons
# about their new files in the least disruptive way.
sub activate {
    my ($changed, $states, $upgraded) = @_;
    my %actions;
    push @{$actions{$_->{action}}}, $_ for unit_changes($states);
    my $names = sub { return join ' ', map { quotemeta $_->{unit} } @{$_[0]} };
    for my $action (qw(unmask stop mask disable enable)) {
        my $units = $actions{$action} or next;
        my $list = $names->($units);
        my %reverse = (unmask => 'mask', stop => 'start', mask => 'unmask', disable => 'enable', enable => 'disable');
        undo(UNITS, sub { run("systemctl --quiet $reverse{$action} $list", 60) });
        run_or_die("units could not be changed ($action)", "systemctl --quiet $action $list", 60, unit => $list);
        push @{$result{activated}}, map { "$action $_->{unit}" } @$units;
    }

    my %starting = map { $_->{unit} => 1 } @{$actions{start} // []};
    if (my $start = $actions{start}) {
        my $list = $names->($start);
        my @failed = map { quotemeta $_->{unit} } grep { $_->{failed} } @$start;
        run("systemctl reset-failed @failed", 30) if @failed;
        undo(STOP, sub { run("systemctl stop $list", 60) });
        my ($code, $output) = run("systemctl start $list", 90);
        if ($code) {
            my $state = unit_states(map { $_->{unit} } @$start);
            my ($bad) = grep { ($state->{$_->{unit}}{ActiveState} // '') ne 'active' } @$start;
            fail('a unit did not start', own_words($bad->{unit}) || $output, unit => $bad->{unit});
        }
        push @{$result{activated}}, map { "start $_->{unit}" } @$start;
    }

    my %done;
    for my $group (@{$bundle->{groups}}) {
        my ($verb) = grep { defined $group->{$_} } qw(reload restart run) or next;
        my $target = $group->{$verb};
        next if !$changed->{$group->{name}} && !($upgraded && $verb ne 'run');
        next if $verb ne 'run' && ($starting{$target} || ($states->{$target}{ActiveState} // '') ne 'active');    # a start reads the new files anyway
        $verb = 'restart' if $upgraded && $verb eq 'reload';
        next if $done{"$verb $target"}++;
        undo(DAEMONS, sub { reactivate($verb, $target) });
        if ($verb eq 'run') { run_or_die("'$group->{name}' could not be activated", $target, 60) }
        else { unit_command($verb, $target) }
        push @{$result{activated}}, $verb eq 'run' ? "activate $group->{name}" : "$verb $target";
    }
}

sub unit_command {
    my ($verb, $unit) = @_;
    my ($code, $output) = run(['systemctl', $verb, $unit], 90);
    fail("the unit could not be ${verb}ed", own_words($unit) || $output, unit => $unit) if $code;
}

# After the previous files are back, the daemon must have them, even if a reload is not enough to get out of the trouble.
sub reactivate {
    my ($verb, $target) = @_;
    return run_or_die('the previous files could not be activated', $target, 60) if $verb eq 'run';
    my ($code) = run("systemctl reset-failed \Q$target\E; systemctl $verb \Q$target\E", 90);
    run_or_die("$target could not be restarted with its previous files", "systemctl restart \Q$target\E", 90) if $code;
}

# The last lines of a unit's log: what the daemon itself says is wrong.
sub own_words {
    my ($unit) = @_;
    my (undef, $output) = run("journalctl -q --no-pager -o cat -n 12 -u \Q$unit\E 2>/dev/null", 20);
    return $output;
}

# Units must be up and stay up, and the changed groups' own health commands must pass within their time.
sub verify {
    my ($changed) = @_;
    my @started = map { $_->{name} } grep { $_->{state} eq 'started' } @{$bundle->{units}};
    my $deadline = milliseconds() + 10_000;
    while (1) {
        my $states = unit_states(@started);
        my ($bad) = grep { ($states->{$_}{ActiveState} // '') !~ /\A(?:active|reloading)\z/ } @started;
        last if !defined $bad;
        fail('a unit is not running after the change', own_words($bad) || $states->{$bad}{ActiveState}, unit => $bad)
            if milliseconds() > $deadline || $states->{$bad}{ActiveState} eq 'failed';
        pause(0.1);
    }
    for my $group (grep { $changed->{$_->{name}} && defined $_->{health} } @{$bundle->{groups}}) {
        my ($timeout, $command) = split ' ', $group->{health}, 2;
        $deadline = milliseconds() + 1000 * $timeout;
        while (1) {
            my ($code, $output) = run($command, $timeout);
            last if !$code;
            fail("'$group->{name}' is not healthy after the change", $output || "exit code $code") if milliseconds() > $deadline;
            pause(0.1);
        }
    }
}

sub hook {
    my ($name) = @_;
    my $hook = $bundle->{hooks}{$name} or return;
    my ($code, $output) = run($hook->{command}, $hook->{timeout});
    fail("the hook '$name' failed", $output || "exit code $code") if $code;
}

sub run_or_die {
    my ($what, $command, $timeout, %where) = @_;
    my ($code, $output) = run($command, $timeout);
    fail($what, $output || "exit code $code", %where) if $code;
}

sub roll_back {
    my ($error) = @_;
    my @broken;
    for my $step (map { $_->[1] } sort { $a->[0] <=> $b->[0] } splice @undo) {
        eval { $step->(); 1 } or push @broken, ref $@ ? "$@->{what}: $@->{message}" : "$@";
    }
    unlink $pending if !@broken && ($swapped || !$result{recovered});    # what was recovered still has to reach the daemons
    $result{rolledBack} = \1 if $swapped;
    $error->{broken} = join '; ', map { chomp; $_ } @broken if @broken;
}

sub manifest {
    my ($sums) = @_;
    return {
        version => 1, role => $role,
        packages => [map { {name => $_->{name}, defined $_->{version} ? (version => $_->{version}) : ()} } @{$bundle->{packages}}],
        packageState => $package_state,
        directories => [map { {path => $_->{path}, mode => $_->{mode}, owner => $_->{owner}} } @{$bundle->{directories}}],
        files => [map { {path => $_->{path}, mode => $_->{mode}, owner => $_->{owner}, group => $_->{group}, sha256 => $sums->{at($_->{path})}} } @{$bundle->{files}}],
        sysctls => [map { {key => $_->{key}, value => $_->{value}, before => $_->{before}} } @{$bundle->{sysctls}}],
        units => [map { {name => $_->{name}, enabled => $_->{enabled}, state => $_->{state}} } @{$bundle->{units}}],
    };
}

# Whether the manifest on the node says the same as this bundle. The files were compared with the bundle already; but who wrote the
# wanted content by hand before it was deployed leaves a manifest that still has the sums of the old one.
sub same_manifest {
    my $names = sub {
        my ($m) = @_;
        return join "\n", map { my $list = $_; map { json({%$_, sha256 => '', before => ''}) } @{$m->{$list}} } qw(packages directories files sysctls units);
    };
    return '' if $names->($manifest) ne $names->(manifest({}));
    my $sums = sha256(map { at($_->{path}) } @{$bundle->{files}});
    return !grep { $_->{sha256} ne ($sums->{at($_->{path})} // '') } @{$manifest->{files}};
}

sub write_manifest {
    my $path = at("$STATE/$role.json");
    write_file("$path.new", json(manifest(sha256(map { at($_->{path}) } @{$bundle->{files}}))) . "\n");
    rename "$path.new", $path or die "cannot write $path: $!\n";
}
