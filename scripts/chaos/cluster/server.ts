import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import { chown, mkdir } from "node:fs/promises";
import pg from "pg";
import { until } from "../../bench/until.ts";
import { findBinaries } from "./binaries.ts";
import { findOwner } from "./owner.ts";

export const USER = "earshot";
const SETTINGS = [
  "listen_addresses=127.0.0.1",
  "unix_socket_directories=",
  "wal_level=replica",
  "wal_keep_size=2GB",
  "max_connections=200",
  "shared_buffers=128MB",
  "wal_receiver_status_interval=1s",
  "wal_sender_timeout=5s",
  "wal_receiver_timeout=5s",
  "wal_retrieve_retry_interval=200ms",
];

/** One PostgreSQL server: a folder and a port; it may be running or not. */
export interface Server {
  readonly dir: string;
  readonly port: number;
  /** Resolves when it answers; of a standby, when it does so to those who read. */
  start(signal: AbortSignal): Promise<void>;
  /** kill -9 of the postmaster; its other processes end by themselves when they see it. Resolves when nobody is left. */
  kill(): Promise<void>;
  /** Of its processes only the postmaster is known to us; SIGINT ends it orderly. */
  stop(): Promise<void>;
}

export interface ServerOptions {
  readonly dir: string;
  readonly port: number;
  readonly log: string;
  /** Beside PostgreSQL's defaults; left out: those of a primary with a standby. */
  readonly settings?: readonly string[];
}

/** A new, empty data directory. Whoever comes from this machine is let in: it listens to nobody else. */
export async function initialise(dir: string): Promise<void> {
  const owner = findOwner();
  await mkdir(dir, { recursive: true, mode: 0o700 });
  if (owner !== undefined) await chown(dir, owner.uid, owner.gid);
  const { initdb } = await findBinaries();
  const flags = [`--pgdata=${dir}`, `--username=${USER}`, "--auth=trust", "--encoding=UTF8", "--locale=C"];
  const child = spawn(initdb, [...flags, "--no-sync"], { ...owner, cwd: "/", stdio: ["ignore", "ignore", "pipe"] });
  const complaint: Buffer[] = [];
  child.stderr.on("data", (some: Buffer) => complaint.push(some));
  const [code] = (await once(child, "close")) as [number | null];
  if (code !== 0) throw new Error(`initdb failed: ${Buffer.concat(complaint).toString()}`);
}

export function toServer({ dir, port, log, settings = SETTINGS }: ServerOptions): Server {
  let child: ChildProcess | undefined;

  async function spawnOnce(): Promise<ChildProcess> {
    const { postgres } = await findBinaries();
    const output = openSync(log, "a");
    const flags = ["-D", dir, "-p", String(port), ...settings.flatMap((setting) => ["-c", setting])];
    // Not with us at a Ctrl-C: it is stopped in its turn.
    const started = spawn(postgres, flags, {
      ...findOwner(),
      cwd: "/",
      stdio: ["ignore", output, output],
      detached: true,
    });
    closeSync(output);
    return started;
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    const dying = child;
    child = undefined;
    if (dying === undefined || dying.exitCode !== null || dying.signalCode !== null) return;
    const gone = once(dying, "exit");
    dying.kill(signal);
    await gone;
  }

  return {
    dir,
    port,
    async start(signal) {
      // After a kill -9 it refuses to start until the last of its old processes has seen that.
      await until(
        `PostgreSQL on port ${port} answers, see ${log}`,
        { withinMs: 120_000, everyMs: 100, signal },
        async () => {
          if (child === undefined || child.exitCode !== null) child = await spawnOnce();
          return (await answers(port)) ? true : undefined;
        },
      );
    },
    kill: () => end("SIGKILL"),
    stop: () => end("SIGINT"),
  };
}

async function answers(port: number): Promise<boolean> {
  try {
    await ask(port, "SELECT 1");
    return true;
  } catch {
    return false;
  }
}

/** One question by a connection of its own. */
export async function ask(
  port: number,
  sql: string,
  database = "postgres",
): Promise<readonly Record<string, unknown>[]> {
  await using client = await connect(port, database);
  const { rows } = await client.query<Record<string, unknown>>(sql);
  return rows;
}

/** A connection; whatever breaks it shows with the next question. */
export async function connect(port: number, database = "postgres"): Promise<pg.Client & AsyncDisposable> {
  // The journal stands in a schema of its own.
  const options = "-c search_path=earshot,public";
  const client = new pg.Client({
    ...{ host: "127.0.0.1", port, user: USER, database, options },
    connectionTimeoutMillis: 2000,
  });
  client.on("error", () => undefined);
  await client.connect();
  return Object.assign(client, { [Symbol.asyncDispose]: () => client.end() });
}
