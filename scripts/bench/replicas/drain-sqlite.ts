import { stat } from "node:fs/promises";
import path from "node:path";
import { copyJournal } from "../journal-file.ts";
import { measureDrain } from "../scenes/drain.ts";
import type { World } from "../world.ts";
import { AUTHORS } from "../backlog-authors.ts";
import { toGbPerMillion, type Drained } from "./drained.ts";

export interface DrainSqliteOptions {
  /** The folder of a connector that has listened and was stopped. */
  readonly stopped: string;
  readonly posts: number;
  readonly callMs: number;
  /** Processor time of a start that has nothing to do. */
  readonly idleCpuSeconds: number;
}

export async function drainSqlite(world: World, { stopped, ...options }: DrainSqliteOptions): Promise<Drained> {
  const { posts, callMs } = options;
  const home = path.join(world.dir, `sqlite-${callMs}`);
  copyJournal(stopped, home);
  const { postsPerSecond, callsPer1000, memory, ...drain } = await measureDrain(world, home, {
    ...options,
    authors: AUTHORS,
  });
  const { size } = await stat(path.join(home, "journal.db"));
  return {
    replicas: 1,
    postsPerSecond,
    callsPer1000,
    // A second for a million is a microsecond for each.
    cpuSecondsPerMillion: drain.cpuMicrosPerPost,
    orgCpuSecondsPerMillion: drain.orgCpuMicrosPerPost,
    diskGbPerMillion: toGbPerMillion(size, posts),
    mostMb: memory.mostMb,
  };
}
