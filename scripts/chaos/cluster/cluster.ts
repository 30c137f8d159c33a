import { chmod, mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { freePort } from "./free-port.ts";
import { ask, initialise, toServer, USER, type Server } from "./server.ts";
import { makeStandby, makeSynchronous, promote } from "./standby.ts";

const DATABASE = "earshot";

/** A primary with a synchronous standby: what is acknowledged is on two disks. One thing after the other happens to it. */
export interface Cluster extends AsyncDisposable {
  /** Names both servers. */
  readonly url: string;
  /** kill -9 of the primary, which comes back in its place. How long nobody could write, in milliseconds. */
  crash(): Promise<number>;
  /** kill -9 of the primary; the standby takes over, and a new one is made. How long nobody could write, in milliseconds. */
  failOver(): Promise<number>;
  /** Ends all sessions. */
  cutLines(): Promise<void>;
  /** What the standby should write stands still for so long: nothing is acknowledged. */
  stallStandby(ms: number): Promise<void>;
  /** Resolves when the standby has all that the primary has. */
  settled(): Promise<void>;
  /** A question to the primary. */
  ask(sql: string): Promise<readonly Record<string, unknown>[]>;
}

export async function openCluster(dir: string, signal: AbortSignal): Promise<Cluster> {
  // Whoever runs PostgreSQL must be able to enter.
  await mkdir(dir, { recursive: true, mode: 0o755 });
  if (path.dirname(dir) !== tmpdir()) await chmod(path.dirname(dir), 0o755);
  const toOne = async (name: string): Promise<Server> =>
    toServer({ dir: path.join(dir, name), port: await freePort(), log: path.join(dir, `${name}.log`) });
  let [primary, standby] = [await toOne("one"), await toOne("two")];
  const hosts = [primary, standby].map(({ port }) => `127.0.0.1:${port}`).join(",");

  async function follow(): Promise<void> {
    await makeStandby(primary, standby, signal);
    await makeSynchronous(primary, signal);
  }

  async function close(): Promise<void> {
    await Promise.all([primary, standby].map((server) => server.stop()));
  }

  let turn: Promise<unknown> = Promise.resolve();
  async function inTurn<T>(act: () => Promise<T>): Promise<T> {
    const mine = turn.then(act);
    turn = mine;
    return await mine;
  }

  async function fallOver(onUp: (downMs: number) => void): Promise<void> {
    const startMs = performance.now();
    await primary.kill();
    await promote(standby);
    onUp(performance.now() - startMs);
    [primary, standby] = [standby, primary];
    await follow();
  }

  try {
    await initialise(primary.dir);
    await primary.start(signal);
    await ask(primary.port, `CREATE DATABASE ${DATABASE}`);
    await follow();
  } catch (error) {
    await close();
    throw error;
  }
  return {
    url: `postgres://${USER}@${hosts}/${DATABASE}`,
    crash: () =>
      inTurn(async () => {
        const startMs = performance.now();
        await primary.kill();
        await primary.start(signal);
        return performance.now() - startMs;
      }),
    async failOver() {
      const { promise, resolve, reject } = Promise.withResolvers<number>();
      inTurn(() => fallOver(resolve)).catch(reject);
      return await promise;
    },
    cutLines: () =>
      inTurn(async () => {
        const others = "FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()";
        await ask(primary.port, `SELECT pg_terminate_backend(pid) ${others}`);
      }),
    stallStandby: (ms) =>
      inTurn(async () => {
        const [receiver] = await ask(standby.port, "SELECT pid FROM pg_stat_wal_receiver");
        const pid = Number(receiver?.["pid"]);
        if (!Number.isInteger(pid)) return;
        process.kill(pid, "SIGSTOP");
        await delay(ms, undefined, { signal }).catch(() => undefined);
        process.kill(pid, "SIGCONT");
      }),
    async settled() {
      await turn;
    },
    ask: (sql) => ask(primary.port, sql, DATABASE),
    async [Symbol.asyncDispose]() {
      await turn.catch(() => undefined);
      await close();
    },
  };
}
