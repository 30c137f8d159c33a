import { mkdir, readFile } from "node:fs/promises";
import path from "node:path";
import type pg from "pg";
import { z } from "zod";
import { freePort } from "../../chaos/cluster/free-port.ts";
import { ask, connect, initialise, toServer, USER } from "../../chaos/cluster/server.ts";
import { readCpuSecondsOfAll } from "../cpu-seconds.ts";

/** All else is as PostgreSQL has it by default: what it acknowledges is on the disk. */
const SETTINGS = ["listen_addresses=127.0.0.1", "unix_socket_directories=", "shared_buffers=256MB"];

const BYTES = `
  SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0') AS "walBytes", (
    SELECT sum(pg_total_relation_size(oid)) FROM pg_class
    WHERE relnamespace = 'earshot'::regnamespace AND relkind = 'r'
  ) AS "journalBytes"`;
const Bytes = z.object({ walBytes: z.coerce.number(), journalBytes: z.coerce.number() });
const Facts = z.object({ version: z.string(), buffers: z.string(), fsync: z.string(), commit: z.string() });

export interface PostgresUse {
  /** Processor time of all its processes; not a number where the system does not tell. */
  readonly cpuSeconds: number;
  /** Written ahead so far. */
  readonly walBytes: number;
  /** The journal's tables with their indexes. */
  readonly journalBytes: number;
}

/** A PostgreSQL server for one run. */
export interface Postgres extends AsyncDisposable {
  /** Its version and the settings that decide what is measured, as it tells them itself. */
  readonly about: string;
  toUrl(database: string): string;
  connect(database: string): Promise<pg.Client & AsyncDisposable>;
  ask(sql: string, database?: string): Promise<readonly Record<string, unknown>[]>;
  /** What the server has used so far, and what stands in this database. */
  use(database: string): Promise<PostgresUse>;
}

/** `dir` is made in a folder that everybody may enter: PostgreSQL does not run as root. */
export async function openPostgres(dir: string, signal: AbortSignal): Promise<Postgres> {
  await mkdir(dir, { recursive: true });
  const home = path.join(dir, "server");
  await initialise(home);
  const server = toServer({
    dir: home,
    port: await freePort(),
    log: path.join(dir, "server.log"),
    settings: SETTINGS,
  });
  await server.start(signal);
  const { port } = server;
  return {
    about: await toAbout(port),
    toUrl: (database) => `postgres://${USER}@127.0.0.1:${port}/${database}`,
    connect: (database) => connect(port, database),
    ask: (sql, database) => ask(port, sql, database),
    use: async (database) => {
      const [pid] = (await readFile(path.join(home, "postmaster.pid"), "utf8")).split("\n");
      const [row] = await ask(port, BYTES, database);
      return { cpuSeconds: readCpuSecondsOfAll(Number(pid)), ...Bytes.parse(row) };
    },
    [Symbol.asyncDispose]: () => server.stop(),
  };
}

async function toAbout(port: number): Promise<string> {
  const setting = (name: string, as: string): string => `current_setting('${name}') AS ${as}`;
  const names = [
    ["server_version", "version"],
    ["shared_buffers", "buffers"],
    ["fsync", "fsync"],
    ["synchronous_commit", "commit"],
  ] as const;
  const [row] = await ask(port, `SELECT ${names.map(([name, as]) => setting(name, as)).join(", ")}`);
  const { version, buffers, fsync, commit } = Facts.parse(row);
  return `PostgreSQL ${version}: default settings, shared_buffers ${buffers}, fsync ${fsync}, synchronous_commit ${commit}`;
}
