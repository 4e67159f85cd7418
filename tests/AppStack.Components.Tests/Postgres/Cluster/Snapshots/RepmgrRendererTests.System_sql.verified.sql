-- Roles of the cluster itself; written by AppStack.
set synchronous_commit = local;
SET log_statement = 'none';
SET log_min_duration_statement = -1;
SET log_min_duration_sample = -1;
SET log_transaction_sample_rate = 0;
SET log_min_error_statement = panic;
select 'create role repmgr login' where not exists (select from pg_roles where rolname = 'repmgr') \gexec
alter role repmgr login superuser replication password 'SCRAM-SHA-256$4096:MxfS82AEr6FXGvxl4E+F6g==$ZCIdPBZWf8P6mb6Kthnrop6zVGqBe7i4amcoEVKYBa8=:zBVKx/954wPKMpxHbweKsxOTbgiNE++2j+e4AK/qbys=';
select 'create role pgbouncer_auth login' where not exists (select from pg_roles where rolname = 'pgbouncer_auth') \gexec
alter role pgbouncer_auth login nosuperuser password 'SCRAM-SHA-256$4096:iDpJQwyC3Vbuq9rY3c7H2g==$eSHm1VCPIHoVu5Q+LkJXdwXYAmCr+UTnVUpJou4b9z4=:MTig88bk1goPXhJEuQzxGm8cbKHuGXcn343Le3tNA0I=';
select 'create role monitor login' where not exists (select from pg_roles where rolname = 'monitor') \gexec
alter role monitor login nosuperuser password 'SCRAM-SHA-256$4096:xASU0ZQMB+Nj+njWjwwTSQ==$CBdETC+4QWTZuKn9hkA1W81aq40AqahGNSU/M1rGzz0=:tddvaBmdaGXrvQF4VBXJQ3GC05RpR84hkMjEdd574SA=';
grant pg_monitor to monitor;
revoke connect, temporary on database postgres from public;
grant connect on database postgres to pgbouncer_auth, monitor;
select 'create database repmgr owner repmgr' where not exists (select from pg_database where datname = 'repmgr') \gexec
revoke connect, temporary on database repmgr from public;
create schema if not exists pgbouncer;
revoke all on schema pgbouncer from public;
create or replace function pgbouncer.user_lookup(in i_username text, out uname text, out phash text) returns record
    language sql stable security definer set search_path = pg_catalog
    as $f$ select usename::text, passwd::text from pg_shadow where usename = i_username and not usesuper and not userepl $f$;
revoke all on function pgbouncer.user_lookup(text) from public;
grant usage on schema pgbouncer to pgbouncer_auth;
grant execute on function pgbouncer.user_lookup(text) to pgbouncer_auth;
\connect template1
set synchronous_commit = local;
create schema if not exists pgbouncer;
revoke all on schema pgbouncer from public;
create or replace function pgbouncer.user_lookup(in i_username text, out uname text, out phash text) returns record
    language sql stable security definer set search_path = pg_catalog
    as $f$ select usename::text, passwd::text from pg_shadow where usename = i_username and not usesuper and not userepl $f$;
revoke all on function pgbouncer.user_lookup(text) from public;
grant usage on schema pgbouncer to pgbouncer_auth;
grant execute on function pgbouncer.user_lookup(text) to pgbouncer_auth;
\connect repmgr
set synchronous_commit = local;
create extension if not exists repmgr;
