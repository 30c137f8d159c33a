import { mkdir } from "node:fs/promises";
import path from "node:path";
import { systemClock } from "../../../connector/clock.ts";
import { openPostgresJournal } from "../../../connector/journal/postgres.ts";
import { openSqliteJournal } from "../../../connector/journal/sqlite.ts";
import { toAppender } from "../appends/appender.ts";
import { openBarePostgres } from "../appends/bare-postgres.ts";
import { openBareSqlite } from "../appends/bare-sqlite.ts";
import { race, type Race, type RaceOptions } from "../appends/race.ts";
import { openPostgres } from "../postgres/server.ts";

export interface Appends {
  /** What the server says of itself. */
  readonly server: string;
  readonly races: readonly (Race & RaceOptions & { readonly journal: string })[];
}

export interface AppendsOptions {
  readonly dir: string;
  /** Of one turn. */
  readonly rows: number;
  readonly turns: number;
}

/** A page of a feed, and as much as is ever appended at once. */
const BATCHES = [50, 200];
const WRITERS = [1, 4];
const clock = systemClock;

/** Appends to our journals beside inserts into a bare table, on the same server and the same disk. */
export async function measureAppends(options: AppendsOptions, signal: AbortSignal): Promise<Appends> {
  await mkdir(options.dir, { recursive: true });
  await using server = await openPostgres(path.join(options.dir, "postgres"), signal);
  const { rows, turns } = options;
  const races = [];
  for (const batch of BATCHES) {
    for (const writers of WRITERS) {
      signal.throwIfAborted();
      const size = { batch, writers, rows, turns };
      const database = `appends_${batch}_${writers}`;
      await server.ask(`CREATE DATABASE ${database}`);
      await using ours = toAppender(await openPostgresJournal({ url: server.toUrl(database), clock }));
      await using bare = await openBarePostgres(server, database, writers);
      races.push({ journal: "PostgreSQL", ...size, ...(await race(ours, bare, size)) });
    }
    // One process has one connection to its file: side by side it would be the same.
    const size = { batch, writers: 1, rows, turns };
    const file = path.join(options.dir, `ours-${batch}.db`);
    await using ours = toAppender(await openSqliteJournal({ file, clock }));
    await using bare = openBareSqlite(path.join(options.dir, `bare-${batch}.db`));
    races.push({ journal: "SQLite", ...size, ...(await race(ours, bare, size)) });
  }
  return { server: server.about, races };
}
