import path from "node:path";
import { z } from "zod";
import { toMb } from "../bringer.ts";
import { startChild } from "../child.ts";
import { makeFullPostgres, makeFullSqlite, type FullJournal } from "../growth/full-journal.ts";
import { openPostgres } from "../postgres/server.ts";

const PROCESS = path.resolve(import.meta.dirname, "../growth/measure-process.ts");

/** Microseconds, of an append, a page and a trim for each entry in it. */
const Measured = z.object({
  openMs: z.number(),
  append: z.number(),
  tail: z.number(),
  find: z.number(),
  knows: z.number(),
  get: z.number(),
  put: z.number(),
  trim: z.number(),
  rssBytes: z.number(),
});

export interface Size extends Omit<z.infer<typeof Measured>, "rssBytes"> {
  readonly entries: number;
  /** Of the process that has the journal open, after all that. */
  readonly rssMb: number;
  readonly diskBytesPerEntry: number;
}

export interface Growth {
  readonly server: string;
  readonly sqlite: readonly Size[];
  readonly postgres: readonly Size[];
}

export interface GrowthOptions {
  readonly dir: string;
  readonly sizes: readonly number[];
}

/** What everything takes in journals of these sizes, each made anew and filled past the journal's own code. */
export async function measureGrowth({ dir, sizes }: GrowthOptions, signal: AbortSignal): Promise<Growth> {
  await using server = await openPostgres(path.join(dir, "postgres"), signal);
  const [sqlite, postgres]: [Size[], Size[]] = [[], []];
  for (const entries of sizes) {
    sqlite.push(await measureSize(await makeFullSqlite(path.join(dir, "sqlite"), entries), entries));
    postgres.push(await measureSize(await makeFullPostgres(server, entries), entries));
  }
  return { server: server.about, sqlite, postgres };

  async function measureSize(journal: FullJournal, entries: number): Promise<Size> {
    await using full = journal;
    const log = path.join(dir, "growth.log");
    await using child = startChild({ file: PROCESS, args: [full.place, String(entries)], log, signal });
    const { rssBytes, ...times } = Measured.parse(await child.message());
    return {
      entries,
      ...times,
      rssMb: toMb(rssBytes),
      diskBytesPerEntry: Math.round(full.bytes / entries),
    };
  }
}
