-- Migrations of the database benefits, written by AppStack.
SET client_min_messages = warning;
BEGIN;
SET LOCAL lock_timeout = '5s';
SELECT FROM pg_advisory_xact_lock(hashtextextended('appstack migrate', 0));
SELECT appstack.migrate('0001-persons.sql', $sql0$CREATE TABLE persons (name citext);
$sql0$, '{1}') || ' 0001-persons.sql';
SELECT appstack.migrate('0002-more.sql', $sql1$INSERT INTO persons VALUES ('$sql0$');$sql1$, '{1}') || ' 0002-more.sql';
COMMIT;
