#!/usr/bin/perl
# Reads the rules of the Core Rule Set (Debian's package modsecurity-crs) and writes
#   crs.pl rules LEVEL [FOLDER]      one file of rules for services of up to this paranoia level: the same answers, less work
#   crs.pl catalogue [FOLDER]        a table of all rules: id, paranoia level, phase, tags; and of CRS' settings
#
# `rules` leaves out only what cannot have an effect here, and adds rules that jump over others which have nothing to look at:
#   - packages of exclusions for applications that nobody chose (903), Apache's requests to itself (905), reputation of addresses by
#     services that are not asked (910), and floods (912), which nginx counts: this engine (3.0.9) has no counters that expire;
#   - rules above LEVEL, and the jumps over them;
#   - defaults of settings (901): a service's own rules, which come first, set all of them. Without them rule 901001 refuses the request;
#   - correlations (980): they refuse nothing and are written to nginx' error log only; what was found is in the audit log;
#   - sums of scores of levels above LEVEL, which are 0, and refusal by reputation (949100), which needs what is left out;
#   - sampling, which is at 100 %, and collections that outlive a request: only what was left out reads them;
#   - runs of rules that look only at arguments, cookies and files are jumped over when a request has none of these, and rules that ask
#     for the same thing first are jumped over when it is not so.
# Nor does a finding write into the log what it matched or the body of the answer, as some rules want.
# Whether a rule matches, with which score and message, is unchanged; docs/components/waf.md says how that was compared.
use strict;
use warnings;

my $DEFAULT_FOLDER = '/usr/share/modsecurity-crs/rules';
my $MACHINERY = qr/^REQUEST-(?:901|903|905|910|912|949)\b|^RESPONSE-(?:959|980)\b/;
my $UNUSED = qr/^REQUEST-(?:903|905|910|912)\b|^RESPONSE-980\b/;

# Ids of the rules that are added; CRS' own end at 999999 and services' begin at 22000000.
my $FIRST_ADDED = 1_010_001;

# What is there only when a request carries something.
my %CARRIED = map { $_ => 1 } qw(ARGS ARGS_NAMES REQUEST_COOKIES REQUEST_COOKIES_NAMES XML FILES FILES_NAMES REQUEST_BODY MULTIPART_PART_HEADERS);

# What the rules before it (922) found in MULTIPART_PART_HEADERS.
my $PARTS = 'TX:/MULTIPART_HEADERS_CONTENT_TYPES_*/';

# Fewer rules than this are not worth a jump.
my $WORTH = 3;

my ($verb, @arguments) = @ARGV;
if (($verb // '') eq 'rules' && @arguments && $arguments[0] =~ /^[1-4]$/) { rules(@arguments) }
elsif (($verb // '') eq 'catalogue') { catalogue(@arguments) }
else { die "usage: crs.pl rules LEVEL [FOLDER] | catalogue [FOLDER]\n" }

# --- reading -----------------------------------------------------------------------------------------------------------

# The directives of a file, chained rules together: { kind, text, and of rules: id, phase, variables, operator, actions, tags }.
sub directives {
    my ($file) = @_;
    open my $handle, '<', $file or die "$file: $!\n";
    my $text = do { local $/; <$handle> };
    $text =~ s/\\\n\s*//g;
    my (@found, $chained);
    for my $line (split /\n/, $text) {
        $line =~ s/^\s+|\s+$//g;
        next if $line eq '' || $line =~ /^#/;
        if ($line =~ /^SecMarker\s+"?([^"]+)"?$/) { push @found, { kind => 'marker', name => $1, text => $line }; next }
        my $rule = rule($line);
        if (!$rule) { push @found, { kind => 'other', text => $line }; next }
        # The engine looks for the actions of a rule without any on the next line, unless that is empty.
        $line .= "\n" if $rule->{actions} eq '';
        if ($chained) {
            $found[-1]{text} .= "\n$line";
            $found[-1]{all_actions} .= ",$rule->{actions}";
        }
        else { push @found, $rule }
        $chained = $rule->{actions} =~ /(?:^|,)chain(?:,|$)/;
        $found[-1]{chained} = 1 if $chained;
    }
    return @found;
}

sub rule {
    my ($line) = @_;
    my $quoted = qr/"((?:[^"\\]|\\.)*)"/s;
    my ($variables, $operator, $actions);
    if ($line =~ /^SecRule\s+(\S+)\s+$quoted(?:\s+$quoted)?$/) { ($variables, $operator, $actions) = ($1, $2, $3 // '') }
    elsif ($line =~ /^SecAction\s+$quoted$/) { ($variables, $operator, $actions) = ('', '', $1) }
    elsif ($line =~ /^SecRule|^SecAction/) { die "not understood: $line\n" }
    else { return }
    my ($id) = $actions =~ /(?:^|,)id:'?(\d+)/;
    my ($phase) = $actions =~ /(?:^|,)phase:'?(\w+)/;
    my %phases = (request => 2, response => 4, logging => 5);
    return {
        kind => 'rule', text => $line, id => $id, phase => defined $phase ? $phases{$phase} // $phase : 2,
        variables => $variables, operator => $operator, actions => $actions, all_actions => $actions,
    };
}

sub files {
    my ($folder) = @_;
    my @files = sort glob "$folder/*.conf";
    die "$folder: there are no rules; is the package modsecurity-crs installed?\n" unless @files;
    return @files;
}

sub name_of { my ($file) = @_; $file =~ s{.*/}{}; return $file }

# `SecRule TX:EXECUTING_PARANOIA_LEVEL "@lt 2" "...,skipAfter:END-..."`: what follows, up to that marker, is of level 2.
sub level_jump {
    my ($rule) = @_;
    return unless $rule->{kind} eq 'rule' && $rule->{variables} eq 'TX:EXECUTING_PARANOIA_LEVEL' && !$rule->{chained};
    my ($level) = $rule->{operator} =~ /^\@lt (\d)$/ or return;
    my ($marker) = $rule->{actions} =~ /skipAfter:([^,]+)/ or return;
    return ($level, $marker);
}

# Gives each rule of a file the level that its place says.
sub with_levels {
    my @found = @_;
    my (%level, %until);
    for my $directive (@found) {
        if ($directive->{kind} eq 'marker') {
            for my $phase (keys %until) { delete $level{$phase} if $until{$phase} eq $directive->{name} }
            next;
        }
        next unless $directive->{kind} eq 'rule';
        if (my ($level, $marker) = level_jump($directive)) {
            $directive->{jump} = $level;
            ($level{ $directive->{phase} }, $until{ $directive->{phase} }) = ($level, $marker);
        }
        $directive->{level} = $level{ $directive->{phase} } // 0;
    }
    return @found;
}

# --- the file of rules ---------------------------------------------------------------------------------------------------

sub rules {
    my ($level, $folder) = @_;
    $folder //= $DEFAULT_FOLDER;
    my @kept;
    for my $file (files($folder)) {
        next if name_of($file) =~ $UNUSED;
        my @found = with_levels(directives($file));
        @found = without_initialisation(@found) if name_of($file) =~ /^REQUEST-901/;
        @found = grep { !never($_, $level) } @found;
        @found = grep { $_->{kind} ne 'rule' || ($_->{level} <= $level && ($_->{jump} // 2) > 1) } @found;
        push @kept, @found;
    }
    @kept = without_empty_jumps(@kept);
    for my $directive (@kept) {
        # It would write the answer, with whatever personal data is in it, into the log.
        $directive->{text} =~ s/ctl:auditLogParts=\+E,//g;

        # And the value that matched, as long as it is: what citizens wrote, and an event of megabytes.
        $directive->{text} =~ s/logdata:'(?:[^'\\]|\\.)*',//g;
        $directive->{text} =~ s{(\@(?:pmFromFile|ipMatchFromFile) )(?!/)}{$1$folder/}g;
    }
    print "# Written by AppStack (crs.pl) from $folder, for paranoia levels up to $level.\n";
    print "$_->{text}\n" for with_shortcuts(@kept);
}

# Rules whose first condition does not come about: what it asks for is not set by anything that is loaded.
sub never {
    my ($rule, $level) = @_;
    return unless $rule->{kind} eq 'rule';
    return 1 if $rule->{variables} eq 'IP:REPUT_BLOCK_FLAG';
    return $rule->{variables} eq 'TX:PARANOIA_LEVEL' && $rule->{operator} =~ /^\@ge (\d)$/ && $1 > $level;
}

sub without_initialisation {
    my @found = @_;
    my ($sampling, @kept);
    for my $directive (@found) {
        next if $directive->{kind} eq 'rule' && default_of($directive);
        if ($directive->{kind} eq 'rule') {
            $sampling = 1 if $directive->{variables} eq 'TX:sampling_percentage';
            # The hash of the user agent is part of a collection's name and of nothing else.
            next if $sampling || $directive->{actions} =~ /setvar:'tx\.ua_hash=/;
            $directive->{text} =~ s/initcol:[^,"]+,//g;
        }
        if ($directive->{kind} eq 'marker' && $directive->{name} eq 'END-SAMPLING') { $sampling = 0; next }
        push @kept, $directive;
    }
    return @kept;
}

# `SecRule &TX:x "@eq 0" "...,setvar:'tx.x=1'"`: a setting's default, as name and value.
sub default_of {
    my ($rule) = @_;
    return unless $rule->{variables} =~ /^&TX:\w+$/ && $rule->{operator} eq '@eq 0';
    my ($name, $value) = $rule->{actions} =~ /(?:^|,)setvar:'tx\.(\w+)=([^']*)'/ or return;
    return "$name\t$value";
}

# A jump with nothing of its phase between it and where it leads.
sub without_empty_jumps {
    my @found = @_;
    my @kept;
    for my $i (0 .. $#found) {
        my $jump = $found[$i];
        if ($jump->{jump}) {
            my (undef, $marker) = level_jump($jump);
            my $over = 0;
            for my $next (@found[$i + 1 .. $#found]) {
                last if $next->{kind} eq 'marker' && $next->{name} eq $marker;
                $over++ if $next->{kind} eq 'rule' && !$next->{jump} && $next->{phase} == $jump->{phase};
            }
            next unless $over;
        }
        push @kept, $jump;
    }
    return @kept;
}

# What a rule asks first, when a jump can ask it for several at once; undef: nothing such.
sub question {
    my ($rule) = @_;
    return if $rule->{kind} ne 'rule' || $rule->{jump} || $rule->{variables} eq '' || $rule->{actions} =~ /(?:^|,)(?:skipAfter|skip):/;
    my @variables = grep { !/^!/ } split /\|/, $rule->{variables};
    return if (grep { $_ eq 'REQUEST_BODY' } @variables) && finds_nothing($rule->{operator});
    my $counts = $rule->{operator} =~ /^(?:!\@eq 0|\@gt 0|\@ge 1)$/;
    return 'carried' if $rule->{phase} == 2 && !grep { !($CARRIED{s/^&//r =~ s/:.*//r} || $_ eq $PARTS) || (/^&/ && !$counts) } @variables;
    return "$rule->{variables} $rule->{operator}" if $rule->{variables} =~ /^TX:\w+$/ && $rule->{operator} =~ /^\@eq \d+$/ && $rule->{actions} !~ /t:(?!none)/;
    return 'response' if $rule->{phase} == 4 && $rule->{variables} eq 'RESPONSE_BODY';
    return;
}

# Whether an operator finds something in an empty text; what cannot be told counts as if it does.
sub finds_nothing {
    my ($operator) = @_;
    my ($pattern) = $operator =~ /^\@rx (.*)$/ or return 1;
    return eval { '' =~ /$pattern/ } // 1;
}

sub with_shortcuts {
    my @found = @_;
    my (%before, %after, %run);
    my $id = $FIRST_ADDED + 1;
    my $end = sub {
        my ($phase) = @_;
        my $run = delete $run{$phase} or return;
        return if @{ $run->{at} } < $WORTH;
        my $marker = "AFTER-$id";
        my $condition = $run->{question} eq 'carried' ? 'TX:appstack_carries_nothing "@eq 1"'
          : $run->{question} eq 'response' ? '&RESPONSE_BODY "@eq 0"'
          :                                  $run->{question} =~ s/ \@(eq \d+)$/ "!\@$1"/r;
        $before{ $run->{at}[0] } .= "SecRule $condition \"id:$id,phase:$phase,pass,t:none,nolog,skipAfter:$marker\"\n";
        $after{ $run->{at}[-1] } .= "\nSecMarker \"$marker\"";
        $id++;
    };
    for my $i (0 .. $#found) {
        my $directive = $found[$i];
        next unless $directive->{kind} eq 'rule';
        my $phase = $directive->{phase};
        my $question = question($directive);
        $end->($phase) if $run{$phase} && $run{$phase}{question} ne ($question // '');
        if (defined $question) {
            $run{$phase} //= { question => $question, at => [] };
            push @{ $run{$phase}{at} }, $i;
        }
    }
    $end->($_) for sort keys %run;
    my @lines = { text => carries_nothing() };
    for my $i (0 .. $#found) { push @lines, { text => ($before{$i} // '') . $found[$i]{text} . ($after{$i} // '') } }
    return @lines;
}

# The body is there as an empty text when there is none.
sub carries_nothing {
    my @conditions = ('&ARGS "@eq 0"', '&REQUEST_COOKIES "@eq 0"', 'REQUEST_BODY "!@rx [\s\S]"', '&FILES "@eq 0"', '&MULTIPART_PART_HEADERS "@eq 0"');
    my @rules = map { "SecRule $conditions[$_] \"" . ($_ == 0 ? "id:$FIRST_ADDED,phase:2,pass,nolog," : '') . 't:none,'
          . ($_ == $#conditions ? "setvar:'tx.appstack_carries_nothing=1'" : 'chain') . '"' } 0 .. $#conditions;
    return join "\n", @rules;
}

# --- the catalogue -------------------------------------------------------------------------------------------------------

sub catalogue {
    my ($folder) = @_;
    $folder //= $DEFAULT_FOLDER;
    my (@rules, @settings, $version);
    for my $file (files($folder)) {
        my @found = with_levels(directives($file));
        for my $directive (@found) {
            $version = $1 if $directive->{text} =~ m{^SecComponentSignature "OWASP_CRS/([^"]+)"};
            next unless $directive->{kind} eq 'rule';
            my @tags = $directive->{actions} =~ /(?:^|,)tag:'([^']+)'/g;
            my ($level) = map { m{^paranoia-level/(\d)$} ? $1 : () } @tags;
            # Settings, sums and jumps are no rules that anybody excludes, and what is not loaded need not be.
            $level = 0 if !defined $level || name_of($file) =~ $MACHINERY;
            push @rules, join "\t", $directive->{id}, $level, $directive->{phase}, join ' ', grep { !m{^paranoia-level/|^OWASP_CRS$} } @tags;
            push @settings, default_of($directive) if name_of($file) =~ /^REQUEST-901/ && default_of($directive);
        }
    }
    print "# Written by crs.pl from Debian's modsecurity-crs, CRS $version: rules as id, paranoia level (0: machinery, or not loaded), phase, tags\n";
    print "# (without paranoia-level/N and OWASP_CRS); then, after a line of its own, the settings with CRS' defaults.\n";
    print "$_\n" for sort { (split /\t/, $a)[0] <=> (split /\t/, $b)[0] } @rules;
    print "settings\n";
    print "$_\n" for @settings;
}
