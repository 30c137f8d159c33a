import path from "node:path";
import { toMb, type Usage } from "../bringer.ts";
import { startConnector } from "../connector.ts";
import { round, toQuantile } from "../figures.ts";
import { fillJournal, openJournalFile } from "../journal-file.ts";
import { until } from "../until.ts";
import type { World } from "../world.ts";

const FEEDS = 3;

export interface StartUp {
  /** From the start of the process until everything is up: the median of these starts. */
  readonly readyMs: number;
  /** Processor time that one start takes, and the memory it ends with. */
  readonly cpuSeconds: number;
  readonly rssMb: number;
}

/** The first start after the installation, when nothing is compiled yet. */
export async function measureFirstStart(world: World, dir: string): Promise<StartUp> {
  return toStartUp([await startOnce(world, dir, true)]);
}

/** Starts on an empty journal. The first one's folder is left as that of a connector that has listened and was stopped. */
export async function measureColdStart(world: World, dir: string, times: number): Promise<StartUp> {
  const starts = [await startOnce(world, dir)];
  while (starts.length < times) starts.push(await startOnce(world, path.join(dir, `again-${starts.length}`)));
  return toStartUp(starts);
}

/** Starts on what a stopped connector left, filled up to so many entries. */
export async function measureWarmStart(
  world: World,
  { dir, entries, times }: { dir: string; entries: number; times: number },
): Promise<StartUp & { readonly entries: number }> {
  await fillJournal(dir, entries);
  const starts: Start[] = [];
  while (starts.length < times) starts.push(await startOnce(world, dir));
  using journal = openJournalFile(dir);
  return { entries: journal.entries(), ...toStartUp(starts) };
}

interface Start extends Usage {
  readonly readyMs: number;
}

async function startOnce(world: World, dir: string, afresh = false): Promise<Start> {
  await using connector = startConnector(world, { dir, afresh });
  const readyMs = await connector.ready();
  const usage = await connector.usage();
  using journal = openJournalFile(dir);
  await until("all feeds have a cursor", { withinMs: 20_000, signal: world.signal }, () =>
    journal.cursors() >= FEEDS ? true : undefined,
  );
  return { readyMs, ...usage };
}

function toStartUp(starts: readonly Start[]): StartUp {
  const median = (of: (start: Start) => number): number => toQuantile(starts.map(of), 0.5);
  return {
    readyMs: Math.round(median(({ readyMs }) => readyMs)),
    cpuSeconds: round(median(({ cpuSeconds }) => cpuSeconds)),
    rssMb: toMb(median(({ rssBytes }) => rssBytes)),
  };
}
