# --- main ---------------------------------------------------------------------------------------------------------------

my $command = shift @ARGV // 'status';
my %commands = (status => \&status, pause => \&pause, resume => \&resume, gate => \&gate, reload => \&reload, check => \&check, render => \&render, agent => \&agent, metrics => \&metrics);
my $code = $commands{$command} // usage();
read_settings() if $command ne 'check';
%option = (timeout => $command eq 'gate' ? 20 : 5, limit => $conf{'pause-limit'} // 15);
while (@ARGV && $ARGV[0] =~ /\A--(timeout|limit)\z/) { my $name = $1; shift @ARGV; $option{$name} = number(shift @ARGV) }
if (($ARGV[0] // '') eq '--listen') { shift @ARGV; $option{listen} = shift @ARGV }
$code->(@ARGV);
