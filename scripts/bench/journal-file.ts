import { cpSync } from "node:fs";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { z } from "zod";
import { systemClock } from "../../connector/clock.ts";
import { openSqliteJournal } from "../../connector/journal/sqlite.ts";

const Count = z.object({ n: z.number() });
const Key = z.object({ key: z.string() });

/** A connector's journal from outside, while the connector runs or stands. */
export interface JournalFile extends Disposable {
  /** Posts heard so far. */
  posts(): number;
  /** Entries of all logs. */
  entries(): number;
  /** Feeds that know where to go on. */
  cursors(): number;
  /** The key of the one account that was listened to. */
  account(): string;
}

export function openJournalFile(dir: string): JournalFile {
  const db = new DatabaseSync(toFile(dir), { readOnly: true });
  const count = (sql: string): (() => number) => {
    const statement = db.prepare(sql);
    return () => Count.parse(statement.get()).n;
  };
  return {
    posts: count("SELECT count(*) AS n FROM entry WHERE log = 'posts'"),
    entries: count("SELECT count(*) AS n FROM entry"),
    cursors: count("SELECT count(*) AS n FROM document WHERE key LIKE 'cursor/mastodon%'"),
    account() {
      const { key } = Key.parse(db.prepare("SELECT key FROM document WHERE key LIKE 'cursor/mastodon%'").get());
      return key.slice("cursor/".length, key.lastIndexOf("/"));
    },
    [Symbol.dispose]: () => db.close(),
  };
}

/** The account that the connector of this folder listens to. */
export function readAccount(dir: string): string {
  using journal = openJournalFile(dir);
  return journal.account();
}

/** A second connector that goes on where the first stopped. */
export function copyJournal(from: string, to: string): void {
  cpSync(from, to, { recursive: true });
}

/** Fills the journal of a stopped connector up to so many entries, with decisions, which nobody reads at the start. */
export async function fillJournal(dir: string, entries: number): Promise<void> {
  const standing = countEntries(dir);
  await using journal = await openSqliteJournal({ file: toFile(dir), clock: systemClock });
  const value = JSON.stringify({ outcome: "recorded", triage: { rule: "complaint", reason: "It complains." } });
  const made = Array.from({ length: Math.max(0, entries - standing) }, (_, n) => ({
    key: `bench:filling/${n}#0`,
    partition: n % 16,
    value,
  }));
  await journal.append("decisions", made);
}

function countEntries(dir: string): number {
  using journal = openJournalFile(dir);
  return journal.entries();
}

const toFile = (dir: string): string => path.join(dir, "journal.db");
