#!/usr/bin/env bash
# Copies the primary when the volume is empty, and follows it. A commit counts when this server has it on its disk, too.
set -euo pipefail

if [ ! -s "$PGDATA/PG_VERSION" ]; then
  until PGPASSWORD="$REPLICATION_PASSWORD" pg_basebackup --pgdata="$PGDATA" --write-recovery-conf --slot=standby \
    --checkpoint=fast --dbname="host=$PRIMARY user=replicator application_name=standby"; do
    sleep 2
  done
fi

exec postgres
