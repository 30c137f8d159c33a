import { openPostgresJournal } from "../../../connector/journal/postgres.ts";
import { A_WHILE_AGO, appendBacklog } from "../backlog.ts";
import { readAccount } from "../journal-file.ts";
import type { Postgres } from "../postgres/server.ts";
import { AUTHORS } from "../backlog-authors.ts";

const TEMPLATE = "template_of_backlog";

/** A database with an empty journal, and beside it what will wait: each run gets a copy. */
export async function makeTemplate(server: Postgres, stopped: string, posts: number): Promise<void> {
  await server.ask(`CREATE DATABASE ${TEMPLATE}`);
  const journal = await openPostgresJournal({ url: server.toUrl(TEMPLATE), clock: A_WHILE_AGO });
  await appendBacklog(journal, { posts, authors: AUTHORS, account: readAccount(stopped) });
  await journal[Symbol.asyncDispose]();
  await server.ask("CREATE TABLE backlog AS SELECT * FROM earshot.entry", TEMPLATE);
  await server.ask("TRUNCATE earshot.entry RESTART IDENTITY; TRUNCATE earshot.document", TEMPLATE);
}

export async function copyTemplate(server: Postgres, database: string): Promise<void> {
  await server.ask(`CREATE DATABASE ${database} TEMPLATE ${TEMPLATE}`);
}

/** All that waits is there at once, as after an hour in which the org could not be reached. */
export async function releaseBacklog(server: Postgres, database: string): Promise<void> {
  await server.ask(
    `INSERT INTO earshot.entry (log, partition, key, appended_at, value)
     SELECT log, partition, key, appended_at, value FROM backlog ORDER BY seq`,
    database,
  );
}
