import path from "node:path";
import { openPostgres } from "../postgres/server.ts";
import { drainByHand } from "../replicas/by-hand.ts";
import { drainSqlite } from "../replicas/drain-sqlite.ts";
import { drainPostgres } from "../replicas/drain-postgres.ts";
import type { Drained } from "../replicas/drained.ts";
import { makeTemplate } from "../replicas/template.ts";
import { openWorld } from "../world.ts";
import { measureColdStart } from "./start-up.ts";

export interface Setting {
  readonly callMs: number;
  readonly sqlite: Drained;
  /** One, and then more. */
  readonly postgres: readonly Drained[];
  readonly byHand: Partial<Drained>;
}

export interface Replicas {
  /** What the server says of itself. */
  readonly server: string;
  readonly posts: number;
  readonly settings: readonly Setting[];
}

export interface ReplicasOptions {
  readonly dir: string;
  /** How many replicas, one run after the other. */
  readonly replicas: readonly number[];
  /** What a call takes in the thin org, in milliseconds. */
  readonly callMs: readonly number[];
  readonly posts: number;
  /** Of these the script written by hand gets so many, and a tenth where the org is far away: there each takes most of a second. */
  readonly byHandPosts: number;
}

const FEWER_FAR_AWAY = 10;

/** What waits in the journal is brought into an org that costs nothing but the time of its calls, by one connector and by several. */
export async function measureReplicas(options: ReplicasOptions, signal: AbortSignal): Promise<Replicas> {
  const { dir, posts } = options;
  await using world = await openWorld(path.join(dir, "world"), signal);
  await using server = await openPostgres(path.join(dir, "postgres"), signal);
  const stopped = path.join(world.dir, "stopped");
  const { cpuSeconds: idleCpuSeconds } = await measureColdStart(world, stopped, 1);
  await makeTemplate(server, stopped, posts);
  const settings: Setting[] = [];
  for (const callMs of options.callMs) {
    const postgres: Drained[] = [];
    const sqlite = await drainSqlite(world, { stopped, posts, callMs, idleCpuSeconds });
    for (const replicas of options.replicas) {
      postgres.push(await drainPostgres(world, { server, replicas, posts, callMs }));
    }
    await using own = await openWorld(path.join(dir, `by-hand-${callMs}`), signal);
    const byHandPosts = callMs === 0 ? options.byHandPosts : Math.ceil(options.byHandPosts / FEWER_FAR_AWAY);
    settings.push({ callMs, sqlite, postgres, byHand: await drainByHand(own, { posts: byHandPosts, callMs }) });
  }
  return { server: server.about, posts, settings };
}
