import path from "node:path";
import { startConnector } from "../connector.ts";
import { openJournalFile } from "../journal-file.ts";
import { until } from "../until.ts";
import type { World } from "../world.ts";

const FEEDS = 3;

export interface Start {
  readonly readyMs: number;
  /** Processor time that it took to become ready. */
  readonly cpuSeconds: number;
  readonly rssBytes: number;
}

/** Starts a connector on the journal in `dir`, waits until it listens, and stops it. */
export async function startAndStop(world: World, dir: string): Promise<Start> {
  await using connector = startConnector(world, { dir });
  const readyMs = await connector.ready();
  const { cpuSeconds, rssBytes } = await connector.usage();
  using journal = openJournalFile(dir);
  await until("all feeds have a cursor", { withinMs: 20_000, signal: world.signal }, () =>
    journal.cursors() >= FEEDS ? true : undefined,
  );
  return { readyMs, cpuSeconds, rssBytes };
}

export const folder = ({ dir }: World, name: string): string => path.join(dir, name);

export interface StartUp {
  /** From the start of the process until `/ready`, the median of so many starts. */
  readonly coldMs: number;
  readonly withJournalMs: number;
  readonly journalEntries: number;
  readonly starts: number;
  readonly idleCpuSeconds: number;
  readonly idleRssMb: number;
}
