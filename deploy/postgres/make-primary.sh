#!/usr/bin/env bash
# Runs once, when the primary's volume is empty: roles, the journal's database, and the standby that every commit waits for.
set -euo pipefail

psql --set=ON_ERROR_STOP=1 --username="$POSTGRES_USER" --dbname=postgres \
  --set=journal="$EARSHOT_JOURNAL_PASSWORD" --set=replication="$REPLICATION_PASSWORD" <<'SQL'
CREATE ROLE earshot LOGIN PASSWORD :'journal';
CREATE DATABASE earshot OWNER earshot TEMPLATE template0 ENCODING 'UTF8';
-- So that `earshot doctor` may see whether the standby keeps up.
GRANT pg_read_all_stats TO earshot;
CREATE ROLE replicator LOGIN REPLICATION PASSWORD :'replication';
SELECT pg_create_physical_replication_slot('standby');
-- In force from the next start on, which follows at once: this one still has to commit without a standby.
ALTER SYSTEM SET synchronous_standby_names = 'FIRST 1 (standby)';
ALTER SYSTEM SET max_slot_wal_keep_size = '8GB';
SQL

echo "host replication replicator all scram-sha-256" >> "$PGDATA/pg_hba.conf"
