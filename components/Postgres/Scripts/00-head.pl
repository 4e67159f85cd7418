#!/usr/bin/perl
# Keeps this node's part of a PostgreSQL cluster: votes, leads or follows, and never writes without a lease.
#
#   appstack-pg status [--json]                      all voters, as they see themselves
#   appstack-pg switchover [--to NODE]               another leader, without losing a statement
#   appstack-pg rebuild [--node NODE]                discards a standby's data and clones it anew
#   appstack-pg rejoin --node NODE                   lets a node that is held try again
#   appstack-pg promote [--force]                    this cluster takes the place of the one that it follows
#   appstack-pg accept-loss [--node NODE]            nobody leads: a node leads although something may be lost (the bound of `rpo: bounded`, new voters)
#   appstack-pg force-voters [--node NODE]           votes by the list of its settings alone: a majority of another list is gone for good
#   appstack-pg report                               this node's guard and PostgreSQL, as one JSON object
#   appstack-pg sql [--database NAME] [--single-transaction] [--here]   runs standard input on the leader, as superuser
#   appstack-pg gate [--timeout SECONDS]             succeeds once this node's guard has its settings and answers
#   appstack-pg rollout [--timeout SECONDS]          waits for the cluster, and restarts what waits for a restart
#   appstack-pg reload                               new configuration files
#   appstack-pg may-own CLUSTER VERSION              whether the node's data allows to give it to a cluster
#   appstack-pg before-start                         what PostgreSQL's unit runs first
#   appstack-pg guard | fence                        the daemons
#
# Settings: /etc/appstack/pg/guard.conf. How it works: docs/components/postgres.md.
use strict;
use warnings;
use feature 'state';
use Digest::SHA qw(hmac_sha256_hex sha256_hex);
use IO::Handle;
use IO::Select;
use IO::Socket::IP;
use POSIX qw(WNOHANG);
use Socket qw(SOCK_DGRAM);
use Time::HiRes qw(clock_gettime);
