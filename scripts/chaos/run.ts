import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Doings } from "../../test/journeys/town/town.ts";
import { toCalendar, type What } from "./calendar.ts";
import { openCluster } from "./cluster/cluster.ts";
import { drain } from "./drain.ts";
import type { Flags } from "./flags.ts";
import { openFleet } from "./fleet.ts";
import { viewCluster, viewFile } from "./journal-view.ts";
import { live } from "./load.ts";
import { endAll, strikeAll } from "./strikes.ts";
import { openTowns } from "./towns.ts";
import { toFigures, type Figures, type Tally } from "./verdict.ts";
import { openWorld } from "./world.ts";

/** What is told while it runs. */
export interface Progress {
  readonly phase: "opens" | "goes wrong" | "drains";
  readonly leftMs: number;
  readonly posts: number;
  readonly replies: number;
  readonly kills: number;
  readonly failovers: number;
  readonly lag: number | undefined;
}

export interface Outcome extends Pick<Tally, "findings" | "disorder"> {
  readonly figures: Figures;
  readonly postsPerSecond: number;
  readonly drainSeconds: number;
  /** Connectors that ended although nobody killed them. */
  readonly endedByThemselves: number;
  /** What people could not do, by its message. */
  readonly failures: ReadonlyMap<string, number>;
  /** What went wrong, when, and how long nobody could write where that is known. */
  readonly struck: readonly string[];
  readonly diary: readonly string[];
}

const LEAST_DRAIN_MS = 300_000;

/** Runs it all in `dir`; when it resolves or rejects, nothing of it runs any more. */
export async function runChaos(
  { minutes, replicas, seed, rate, sqlite }: Flags,
  { dir, onProgress }: { readonly dir: string; readonly onProgress: (progress: Progress) => void },
  signal: AbortSignal,
): Promise<Outcome> {
  const durationMs = minutes * 60_000;
  await using world = await openWorld(path.join(dir, "world"), signal);
  await using cluster = sqlite ? undefined : await openCluster(path.join(dir, "postgres"), signal);
  const file = path.join(dir, "journal.db");
  const towns = await openTowns(world, seed);
  const fleetOptions = { world, journal: cluster?.url ?? file, dir, replicas, seed, signal };
  await using fleet = await openFleet(fleetOptions);
  const view = cluster === undefined ? viewFile(file) : viewCluster(cluster);

  const blows: Partial<Record<What, number>> = {};
  const struck: string[] = [];
  const failures = new Map<string, number>();
  const startMs = performance.now();
  const count = (what: keyof Pick<Doings, "said" | "answers">): number =>
    towns.reduce((sum, town) => sum + town[what].length, 0);
  const tell = (phase: Progress["phase"], leftMs: number, lag?: number): void => {
    const done = { posts: count("said"), replies: count("answers") };
    const { kill: kills = 0, "database fails over": failovers = 0 } = blows;
    onProgress({ phase, leftMs, ...done, kills, failovers, lag });
  };

  const ticking = setInterval(() => tell("goes wrong", durationMs - (performance.now() - startMs)), 1000);
  const over = new AbortController();
  const calendar = toCalendar({ seed, durationMs, replicas, towns: towns.length, hasDatabase: !sqlite });
  try {
    await Promise.all([
      live({ towns, orgFile: world.orgFile, rate, seed, onFailure }, AbortSignal.any([signal, over.signal])),
      untilStruck().finally(() => over.abort()),
    ]);
  } finally {
    clearInterval(ticking);
  }
  signal.throwIfAborted();
  const postsPerSecond = count("said") / ((performance.now() - startMs) / 1000);
  await endAll({ replicas: fleet.replicas, towns });
  await cluster?.settled();
  const withinMs = Math.max(LEAST_DRAIN_MS, 2 * durationMs);
  const drainStartMs = performance.now();
  const onLook = (lag: number): void => tell("drains", withinMs - (performance.now() - drainStartMs), lag);
  const { findings, disorder, untold, drainMs } = await drain({ world, towns, view, withinMs, onLook }, signal);
  const tally = { posts: count("said"), replies: count("answers"), findings, disorder, untold: untold.size, blows };
  return {
    ...{ findings, disorder, failures, struck, postsPerSecond },
    figures: toFigures(tally),
    drainSeconds: drainMs / 1000,
    endedByThemselves: fleet.endedByThemselves(),
    diary: towns.flatMap(({ diary }) => diary),
  };

  function onFailure(error: unknown): void {
    const message = error instanceof Error ? error.message.replace(/\d{6,}/g, "…").slice(0, 200) : String(error);
    failures.set(message, (failures.get(message) ?? 0) + 1);
  }

  async function untilStruck(): Promise<void> {
    const onStruck = (what: What, detail: string): void => {
      blows[what] = (blows[what] ?? 0) + 1;
      struck.push(`${((performance.now() - startMs) / 1000).toFixed(1)} s: ${what} ${detail}`.trimEnd());
    };
    await strikeAll({ calendar, replicas: fleet.replicas, towns, cluster, seed, onStruck }, signal);
    await untilTime(startMs + durationMs, signal);
  }
}

async function untilTime(atMs: number, signal: AbortSignal): Promise<void> {
  await delay(Math.max(0, atMs - performance.now()), undefined, { signal });
}
