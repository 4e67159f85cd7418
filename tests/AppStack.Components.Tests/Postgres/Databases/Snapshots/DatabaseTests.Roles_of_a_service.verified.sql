-- Role benefits_owner and who logs in for it, written by AppStack.
SET client_min_messages = warning;
SET log_statement = 'none';
SET log_min_duration_statement = -1;
SET log_min_duration_sample = -1;
SET log_transaction_sample_rate = 0;
SET log_min_error_statement = panic;
BEGIN;
SELECT FROM pg_advisory_xact_lock(hashtextextended('appstack roles', 0));
SELECT 'CREATE ROLE benefits_owner' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'benefits_owner') \gexec
ALTER ROLE benefits_owner NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;

-- of the generation before
SELECT 'CREATE ROLE benefits_migration_a' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'benefits_migration_a') \gexec
ALTER ROLE benefits_migration_a LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS CONNECTION LIMIT 60 PASSWORD '(Migration verifier of a)';
GRANT benefits_owner TO benefits_migration_a;
ALTER ROLE benefits_migration_a SET statement_timeout = '0ms';
ALTER ROLE benefits_migration_a SET role = 'benefits_owner';

-- of this generation
SELECT 'CREATE ROLE benefits_migration_b' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'benefits_migration_b') \gexec
ALTER ROLE benefits_migration_b LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS CONNECTION LIMIT 60 PASSWORD '(Migration verifier of b)';
GRANT benefits_owner TO benefits_migration_b;
ALTER ROLE benefits_migration_b SET statement_timeout = '0ms';
ALTER ROLE benefits_migration_b SET role = 'benefits_owner';
COMMIT;

-- Role benefits_runtime and who logs in for it, written by AppStack.
SET client_min_messages = warning;
SET log_statement = 'none';
SET log_min_duration_statement = -1;
SET log_min_duration_sample = -1;
SET log_transaction_sample_rate = 0;
SET log_min_error_statement = panic;
BEGIN;
SELECT FROM pg_advisory_xact_lock(hashtextextended('appstack roles', 0));
SELECT 'CREATE ROLE benefits_runtime' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'benefits_runtime') \gexec
ALTER ROLE benefits_runtime NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;

-- of the generation before
SELECT 'CREATE ROLE benefits_runtime_a' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'benefits_runtime_a') \gexec
ALTER ROLE benefits_runtime_a LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS CONNECTION LIMIT 60 PASSWORD '(Runtime verifier of a)';
GRANT benefits_runtime TO benefits_runtime_a;
ALTER ROLE benefits_runtime_a SET statement_timeout = '60000ms';
ALTER ROLE benefits_runtime_a SET idle_in_transaction_session_timeout = '60s';

-- of this generation
SELECT 'CREATE ROLE benefits_runtime_b' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'benefits_runtime_b') \gexec
ALTER ROLE benefits_runtime_b LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS CONNECTION LIMIT 60 PASSWORD '(Runtime verifier of b)';
GRANT benefits_runtime TO benefits_runtime_b;
ALTER ROLE benefits_runtime_b SET statement_timeout = '60000ms';
ALTER ROLE benefits_runtime_b SET idle_in_transaction_session_timeout = '60s';
COMMIT;

-- Role benefits_readonly and who logs in for it, written by AppStack.
SET client_min_messages = warning;
SET log_statement = 'none';
SET log_min_duration_statement = -1;
SET log_min_duration_sample = -1;
SET log_transaction_sample_rate = 0;
SET log_min_error_statement = panic;
BEGIN;
SELECT FROM pg_advisory_xact_lock(hashtextextended('appstack roles', 0));
SELECT 'CREATE ROLE benefits_readonly' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'benefits_readonly') \gexec
ALTER ROLE benefits_readonly NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;

-- of the generation before
SELECT 'CREATE ROLE benefits_readonly_a' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'benefits_readonly_a') \gexec
ALTER ROLE benefits_readonly_a LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS CONNECTION LIMIT 60 PASSWORD '(ReadOnly verifier of a)';
GRANT benefits_readonly TO benefits_readonly_a;
ALTER ROLE benefits_readonly_a SET statement_timeout = '60000ms';
ALTER ROLE benefits_readonly_a SET default_transaction_read_only = on;
ALTER ROLE benefits_readonly_a SET idle_in_transaction_session_timeout = '60s';

-- of this generation
SELECT 'CREATE ROLE benefits_readonly_b' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'benefits_readonly_b') \gexec
ALTER ROLE benefits_readonly_b LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS CONNECTION LIMIT 60 PASSWORD '(ReadOnly verifier of b)';
GRANT benefits_readonly TO benefits_readonly_b;
ALTER ROLE benefits_readonly_b SET statement_timeout = '60000ms';
ALTER ROLE benefits_readonly_b SET default_transaction_read_only = on;
ALTER ROLE benefits_readonly_b SET idle_in_transaction_session_timeout = '60s';
COMMIT;
