import { chown, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { until } from "../../bench/until.ts";
import { copyTree } from "./copy-tree.ts";
import { findOwner } from "./owner.ts";
import { ask, connect, USER, type Server } from "./server.ts";

const NAME = "standby";
/** What is the old place's own, or is made anew at the start. */
const WITHOUT = ["postmaster.pid", "postmaster.opts", "standby.signal", "recovery.signal", "backup_label.old"];

/** Makes `server` anew as the standby of `primary`, which goes on working, and starts it. */
export async function makeStandby(primary: Server, server: Server, signal: AbortSignal): Promise<void> {
  const owner = findOwner();
  await rm(server.dir, { recursive: true, force: true });
  await using session = await connect(primary.port);
  await session.query("SELECT pg_backup_start('standby', true)");
  await copyTree(primary.dir, server.dir, { owner, emptied: ["pg_wal"], without: WITHOUT });
  const { rows } = await session.query<{ labelfile: string }>("SELECT labelfile FROM pg_backup_stop(false)");
  const conninfo = `host=127.0.0.1 port=${primary.port} user=${USER} application_name=${NAME}`;
  const files = {
    backup_label: rows[0]?.labelfile ?? "",
    "standby.signal": "",
    // The copy's own settings: nobody follows it yet.
    "postgresql.auto.conf": `primary_conninfo = '${conninfo}'\n`,
  };
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(server.dir, name);
    await writeFile(file, text, { mode: 0o600 });
    if (owner !== undefined) await chown(file, owner.uid, owner.gid);
  }
  await server.start(signal);
}

const STANDING = `SELECT 1 FROM pg_stat_replication
  WHERE application_name = '${NAME}' AND state = 'streaming' AND sync_state = 'sync' AND flush_lsn >= $1`;

/** From now on nothing is acknowledged that the standby has not on its disk. Resolves when it has all that was before, too. */
export async function makeSynchronous(primary: Server, signal: AbortSignal): Promise<void> {
  const streams = `SELECT 1 FROM pg_stat_replication WHERE application_name = '${NAME}' AND state = 'streaming'`;
  const wait = { withinMs: 120_000, everyMs: 50, signal };
  await until("the standby streams", wait, async () => (await ask(primary.port, streams)).at(0));
  await ask(primary.port, `ALTER SYSTEM SET synchronous_standby_names = '${NAME}'`);
  await ask(primary.port, "SELECT pg_reload_conf()");
  await using session = await connect(primary.port);
  const inForce = "SELECT 1 WHERE current_setting('synchronous_standby_names') = $1";
  await until("the setting is in force", wait, async () => (await session.query<object>(inForce, [NAME])).rows.at(0));
  // It is the checkpointer who makes all commits wait; when it has served us it has read the setting.
  await session.query("CHECKPOINT");
  const { rows } = await session.query<{ lsn: string }>("SELECT pg_current_wal_insert_lsn() AS lsn");
  await until("the standby has all", wait, async () =>
    (await session.query<object>(STANDING, [rows[0]?.lsn])).rows.at(0),
  );
}

/** The standby becomes the primary. Resolves when it takes writes. */
export async function promote(server: Server): Promise<void> {
  await ask(server.port, "SELECT pg_promote(true, 60)");
}
