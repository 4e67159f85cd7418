# What takes longer than a moment runs in a process of its own, one at a time, so that voting and renewing go on.

our %job = (name => '', pid => 0, began => 0);
our $ASKING_LEADER = 'a checkpoint on the leader';
my $ARCHIVE_PATIENCE = 1.5;    # seconds; a segment takes a repository that is there less than one

sub start_job {
    my ($name, $code) = @_;
    return if $job{pid};
    unlink "$RUN/job.error";
    my $pid = fork // do { note("job $name: fork: $!"); return };
    if (!$pid) {
        setpgrp 0, 0;
        $SIG{$_} = 'DEFAULT' for qw(HUP TERM CHLD);
        eval { $code->(); 1 } and POSIX::_exit(0);
        my $error = $@;
        chomp $error;
        note("job $name: $error");
        eval { write_file("$RUN/job.error", $error) };
        POSIX::_exit(1);
    }
    note("job $name: begins");
    %job = (name => $name, pid => $pid, began => now());
}

sub end_job {
    return if !$job{pid};
    kill 'KILL', -$job{pid};
    waitpid $job{pid}, 0;
    note("job $job{name}: ended");
    %job = (name => '', pid => 0, began => 0);
}

# The name of a job that has just ended, whether it succeeded, and its error.
sub finished_job {
    return if !$job{pid} || waitpid($job{pid}, WNOHANG) != $job{pid};
    my ($name, $code) = ($job{name}, $?);
    note(sprintf 'job %s: %s after %.2f s', $name, $code ? 'failed' : 'done', now() - $job{began});
    %job = (name => '', pid => 0, began => 0);
    return ($name, $code == 0, $code ? read_file("$RUN/job.error") // 'it was killed' : '');
}

# The first leader's data.
sub job_bootstrap {
    empty_data();
    must('initdb', 300, as_postgres("$BIN/initdb", '-D', $DATA, '--data-checksums', '--encoding=UTF8', '--locale=C.UTF-8', '--username=postgres', '--auth-local=peer', '--auth-host=scram-sha-256'));
    start_server();
    claim_data();
    maintain_leader(1);
}

# A copy of the leader: by repmgr, or without it where the leader is of a cluster that this one follows, which does not register this node.
sub job_clone {
    my ($leader) = @_;
    empty_data();
    if (defined $leader->{slot}) {
        must('pg_basebackup', 86400, as_postgres("$BIN/pg_basebackup", '-D', $DATA, '-d', conninfo($leader, 'postgres', "$ME-clone"), '-X', 'stream', '-c', 'fast', '-S', $leader->{slot}));
    }
    else {
        must('repmgr standby clone', 86400, as_postgres('/usr/bin/repmgr', '-f', '/etc/repmgr.conf', '-d', conninfo($leader, 'repmgr', "$ME-clone"), 'standby', 'clone', '--fast-checkpoint', '--force'));
    }
    set_upstream($leader);
    write_file("$DATA/standby.signal", '', 0600, 'postgres');
    start_server();
    claim_data();
}

# Data of this cluster that may have gone another way than the leader's.
sub job_rejoin {
    my ($leader) = @_;
    my $source = conninfo($leader, 'postgres', "$ME-rewind");
    # The source's control file must tell its new timeline, or pg_rewind sees no difference. Where the leader does not answer nothing has been stopped.
    must($ASKING_LEADER, 120, as_postgres("$BIN/psql", '-XAtq', $source, '-c', 'checkpoint'));
    stop_server();
    my $configuration = "/etc/postgresql/$conf{version}/main/postgresql.conf";
    my @configuration = $conf{version} >= 15 ? ("--config-file=$configuration") : ();
    write_file("$DATA/postgresql.conf", "include '$configuration'\n", 0600, 'postgres') if !@configuration;
    # A standby that is only behind has nothing to rewind, and pg_rewind cannot tell; PostgreSQL itself refuses to follow what it
    # has gone past. One that has led must be rewound, or it is held.
    my $followed = is_standby_data();
    my $rewound = eval { must('pg_rewind', 3600, as_postgres("$BIN/pg_rewind", '--progress', "--target-pgdata=$DATA", "--source-server=$source", @configuration)); 1 };
    # Nor may it start once files are being copied: some of them are the leader's then.
    if (!$rewound) { $followed && $@ !~ /need to copy/ ? note("rejoin: starts without rewinding: $@") : die $@ }
    set_upstream($leader);
    write_file("$DATA/standby.signal", '', 0600, 'postgres');
    start_server();
}

sub job_start_standby {
    my ($leader) = @_;
    set_upstream($leader) if $leader;
    start_server();
}

sub job_restart {
    stop_server();
    start_server();
}

# The lease is held already; without it the fence would end the promotion.
sub job_promote {
    skip_timelines();
    my $answer = local_sql('select pg_promote(true, 60)', 'postgres', 90);
    die "PostgreSQL was not promoted within 60 s\n" if $answer !~ /\At/;
    maintain_leader(0);
}

# Waits until the poolers have seen the announcement and no transaction of theirs is open, then stops: everything reaches the standbys.
sub job_hand_over {
    my ($began, $wait) = (now(), $conf{'switchover-wait'});
    select undef, undef, undef, $conf{poll} + 0.15;
    while (now() < $began + $wait) {
        my ($there, $busy) = split /\|/, local_sql("select count(*), count(*) filter (where state is distinct from 'idle') from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid() and usename not in ('postgres', 'repmgr')");

        # A pooler that has paused holds no connection any more; others may keep theirs, idle.
        last if $busy == 0 && ($there == 0 || now() > $began + $wait / 2);
        select undef, undef, undef, 0.02;
    }
    stop_for_hand_over();
}

# A shutdown waits for the archiver, which waits for a repository that may be away, and clients wait for both. Who is not done after a while is ended; what is
# not archived then is missing there, which `verify` tells until the next backup.
sub stop_for_hand_over {
    must('stopping PostgreSQL', 10, 'systemctl', 'stop', '--no-block', $UNIT);
    my $began = now();
    while (postmaster()) {
        die sprintf "PostgreSQL did not stop within %.0f s\n", now() - $began if now() - $began > $conf{'switchover-timeout'};
        my @archiving = now() - $began > $ARCHIVE_PATIENCE ? archive_commands() : ();
        note('hand over: does not wait for the archive any longer') if @archiving;
        kill 'KILL', @archiving;
        select undef, undef, undef, 0.02;
    }
    must('stopping PostgreSQL', 30, 'systemctl', 'stop', $UNIT);
}

# PostgreSQL's own calls; what pgBackRest does in the background for them goes on.
sub archive_commands {
    my ($processes) = (@_, '/proc');
    opendir my $proc, $processes or return ();
    return grep { (read_file("$processes/$_/cmdline") // '') =~ /\A[^\0]*pgbackrest\0(?:[^\0]+\0)*archive-push\0/ } grep { /\A[0-9]+\z/ } readdir $proc;
}

# Slots for the standbys, repmgr's register, and the cluster's own roles; changes nothing when all is there.
sub maintain_leader {
    my ($all) = @_;
    my @others = grep { $_->{name} ne $ME } databases();
    my @slots = ((map { slot_of($_) } @others), map { follower_slot($_) } split ' ', $conf{followers} // '');
    my $slots = join ', ', map { "'$_'" } @slots;
    local $ENV{PGOPTIONS} = '-c synchronous_commit=local -c client_min_messages=warning';
    my $sql = "select pg_drop_replication_slot(slot_name) from pg_replication_slots where slot_type = 'physical' and not active and slot_name ~ '^(repmgr_slot|follower)_'" . ($slots ? " and slot_name not in ($slots)" : '');
    $sql .= '; ' . join ' ', map { "select pg_create_physical_replication_slot('$_') where not exists (select from pg_replication_slots where slot_name = '$_');" } @slots;
    local_sql($sql);
    return if !$all;

    my $system = "$ROOT/etc/appstack/pg/system.sql";
    my $wanted = sha256_hex(read_file($system) // '');
    if ((read_record("$STATE/applied")->{system} // '') ne $wanted) {
        must('the SQL of the cluster itself', 60, as_postgres("$BIN/psql", '-XAtq', '-v', 'ON_ERROR_STOP=1', '-p', $conf{port}, '-d', 'postgres', '-f', $system));
        write_record("$STATE/applied", {system => $wanted});
    }
    my @rows = map {
        my $leads = $_->{name} eq $ME;
        sprintf "(%d, %s, true, '%s', '%s', 'default', 100, '%s', 'repmgr', '%s', '/etc/repmgr.conf')", $_->{seq}, $leads ? 'null' : $voter{$ME}{seq}, $_->{name},
            $leads ? 'primary' : 'standby', conninfo($_, 'repmgr', 'repmgr'), slot_of($_)
    } databases();
    my $nodes = join ', ', map { $_->{seq} } databases();
    local_sql("begin; set constraints all deferred; delete from repmgr.nodes where node_id not in ($nodes); "
        . 'insert into repmgr.nodes as n (node_id, upstream_node_id, active, node_name, type, location, priority, conninfo, repluser, slot_name, config_file) values ' . join(', ', @rows)
        . ' on conflict (node_id) do update set upstream_node_id = excluded.upstream_node_id, active = true, node_name = excluded.node_name, type = excluded.type, conninfo = excluded.conninfo, slot_name = excluded.slot_name'
        . ' where (n.upstream_node_id, n.active, n.node_name, n.type, n.conninfo, n.slot_name) is distinct from (excluded.upstream_node_id, true, excluded.node_name, excluded.type, excluded.conninfo, excluded.slot_name); commit', 'repmgr');
}
