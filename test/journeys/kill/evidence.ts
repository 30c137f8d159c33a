import { existsSync, readFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { findWords, readEvidence, type Evidence, type JournalEvidence, type Place } from "../town/evidence.ts";
import type { KillTown } from "./town.ts";

export function readTown(town: KillTown): Evidence {
  return readEvidence({
    orgFile: town.orgFile(),
    networkFiles: { [town.square.host]: town.networkFile() },
    journal: readJournal(town.world.config.journal),
  });
}

const LAGGING = `
  SELECT count(*) AS n FROM entry e WHERE e.log IN ('posts', 'replies', 'changes') AND e.seq > coalesce(
    (SELECT json_extract(d.value, '$.seq') FROM document d WHERE d.key = 'position/' || e.log || '/' || e.partition), 0)`;

/** Has each feed of the account a place from which it goes on? */
export function isHearing(file: string): boolean {
  using journal = new DatabaseSync(file, { readOnly: true });
  const cursors = journal.prepare("SELECT count(*) AS n FROM document WHERE key LIKE 'cursor/mastodon%'").get();
  return cursors?.["n"] === 3;
}

export function readJournal(file: string): JournalEvidence {
  using journal = new DatabaseSync(file, { readOnly: true });
  const parked = journal.prepare("SELECT key, value FROM document WHERE key LIKE 'parked/%'").all();
  const lagging = journal.prepare(LAGGING).get();
  const stand = journal
    .prepare(
      "SELECT (SELECT max(seq) FROM entry) AS last, group_concat(value) AS positions FROM document WHERE key LIKE 'position/%'",
    )
    .get();
  return {
    words: findInBytes(file),
    stand: JSON.stringify(stand),
    parked: parked.map(({ key, value }) => `${String(key)} ${String(value)}`),
    lag: Number(lagging?.["n"]),
  };
}

/** What was erased must be gone from the very bytes. */
function findInBytes(file: string): Place[] {
  return [file, `${file}-wal`]
    .filter((each) => existsSync(each))
    .flatMap((each) =>
      findWords(readFileSync(each, "latin1")).map((word) => ({ where: each.replace(/^.*\//, ""), word })),
    );
}
