import { rm, stat } from "node:fs/promises";
import path from "node:path";
import { systemClock } from "../../../connector/clock.ts";
import { openPostgresJournal } from "../../../connector/journal/postgres.ts";
import { openSqliteJournal } from "../../../connector/journal/sqlite.ts";
import type { Postgres } from "../postgres/server.ts";
import { fillPostgres } from "./fill-postgres.ts";
import { fillSqlite } from "./fill-sqlite.ts";

/** A journal with many entries; gone when it is disposed of. */
export interface FullJournal extends AsyncDisposable {
  /** A file or a URL. */
  readonly place: string;
  readonly bytes: number;
}

export async function makeFullSqlite(dir: string, entries: number): Promise<FullJournal> {
  const file = path.join(dir, `of-${entries}.db`);
  const empty = await openSqliteJournal({ file, clock: systemClock });
  await empty[Symbol.asyncDispose]();
  fillSqlite(file, entries);
  const { size } = await stat(file);
  return { place: file, bytes: size, [Symbol.asyncDispose]: () => rm(dir, { recursive: true, force: true }) };
}

export async function makeFullPostgres(server: Postgres, entries: number): Promise<FullJournal> {
  const database = `of_${entries}`;
  await server.ask(`CREATE DATABASE ${database}`);
  const url = server.toUrl(database);
  const empty = await openPostgresJournal({ url, clock: systemClock });
  await empty[Symbol.asyncDispose]();
  await fillPostgres(server, database, entries);
  return {
    place: url,
    bytes: (await server.use(database)).journalBytes,
    [Symbol.asyncDispose]: async () => {
      await server.ask(`DROP DATABASE ${database} WITH (FORCE)`);
    },
  };
}
