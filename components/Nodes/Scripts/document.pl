# Reads the bundle document that follows the script on standard input. Its form is meant for people, too: a preview shows
# the difference between two documents.
sub read_document {
    my ($handle) = @_;
    my @lines = <$handle>;
    chomp @lines;
    my $end = pop @lines // '';
    die "the bundle was cut off on its way; nothing was changed\n" if $end ne 'end: ' . @lines;
    die "this script reads bundle format 1, the document says '$lines[0]'\n" if ($lines[0] // '') ne 'appstack-bundle 1';

    my %b = (packages => [], unsafe => [], users => [], directories => [], sysctls => [], units => [], groups => [], files => [], hooks => {}, management => []);
    my (%groups, $current);
    for my $n (1 .. $#lines) {
        my $line = $lines[$n];
        if ($line =~ /\A  \|(.*)\z/s) { $current->{content} .= "$1\n"; next }
        if ($line =~ /\A  ([a-z0-9-]+): (.*)\z/s) { $current->{$1} = $2; next }
        if ($line eq '  no-newline-at-end') { $current->{content} =~ s/\n\z//; next }
        my ($key, $value) = $line =~ /\A([a-z-]+): ?(.*)\z/s or die "bundle line " . ($n + 1) . ": '$line' is not understood\n";
        if    ($key eq 'role' || $key eq 'machine') { $b{$key} = $value }
        elsif ($key eq 'management') { $b{management} = [split ' ', $value] }
        elsif ($key eq 'package') { my ($name, $version) = split /=/, $value, 2; push @{$b{packages}}, {name => $name, version => $version} }
        elsif ($key eq 'unsafe') { my %rule; @rule{qw(action package from below message)} = split / /, $value, 5; push @{$b{unsafe}}, \%rule }
        elsif ($key eq 'user') { my ($name, $home, $shell) = split ' ', $value; push @{$b{users}}, {name => $name, home => $home, shell => $shell} }
        elsif ($key eq 'directory') { my ($mode, $owner, $path) = split ' ', $value, 3; push @{$b{directories}}, {path => $path, mode => $mode, owner => $owner} }
        elsif ($key eq 'sysctl') { my ($name, $v) = split /=/, $value, 2; push @{$b{sysctls}}, {key => $name, value => $v} }
        elsif ($key eq 'hook') { my ($name, $timeout, $command) = split ' ', $value, 3; $b{hooks}{$name} = {timeout => $timeout, command => $command} }
        elsif ($key eq 'unit') { my ($name, $enabled, $state) = split ' ', $value; push @{$b{units}}, {name => $name, enabled => $enabled, state => $state} }
        elsif ($key eq 'file-group') { $current = {name => $value}; push @{$b{groups}}, $current; $groups{$value} = $current }
        elsif ($key eq 'file') { $current = {path => $value, content => '', group => ''}; push @{$b{files}}, $current }
        else { die "bundle line " . ($n + 1) . ": unknown key '$key'\n" }
    }
    $b{group} = \%groups;
    return \%b;
}
