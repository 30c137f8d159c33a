import { existsSync, readFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { WORD, type Town } from "./town.ts";

export type Row = Readonly<Record<string, string | number | null>>;

/** Where a word of ours stands. */
export interface Place {
  readonly where: string;
  readonly word: string;
}

/** All that network, CRM and journal hold in the end, read past every API. */
export interface Evidence {
  /** What the network offers: the text of each post by its key, and who wrote it. */
  readonly network: ReadonlyMap<string, { readonly text: string; readonly author: string }>;
  readonly posts: readonly Row[];
  readonly cases: readonly Row[];
  readonly tasks: readonly Row[];
  readonly replies: readonly Row[];
  readonly personas: readonly Row[];
  /** Every word in any column of any row of the org, deleted rows too, and in the bytes of the journal's files. */
  readonly words: readonly Place[];
  readonly parked: readonly string[];
  /** Entries that no consumer has passed yet. */
  readonly lag: number;
  /** The same as long as nothing is recorded or followed. */
  readonly stand: string;
}

export function readEvidence(town: Town): Evidence {
  using org = new DatabaseSync(town.orgFile(), { readOnly: true });
  const all = (table: string): readonly Row[] => org.prepare(`SELECT * FROM "${table}"`).all() as Row[];
  const tables = org.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all() as { name: string }[];
  // What lies in the recycle bin nobody can change; the certificate names it.
  const standing = (table: string) => all(table).filter((row) => row["IsDeleted"] !== 1);
  // Change events go by themselves after three days, and nobody can change them; the certificate names them, too.
  const words = tables
    .filter(({ name }) => name !== "_events")
    .flatMap(({ name }) => standing(name).flatMap((row) => findInRow(name, row)));
  return {
    network: readNetwork(town),
    posts: all("Social_Post__c"),
    cases: all("Case"),
    tasks: all("Task"),
    replies: all("Social_Reply__c"),
    personas: all("Social_Persona__c"),
    words: [...words, ...findInJournal(town.world.config.journal)],
    ...readJournal(town.world.config.journal),
  };
}

function findInRow(table: string, row: Row): Place[] {
  return Object.entries(row).flatMap(([column, value]) =>
    findWords(typeof value === "string" ? value : "").map((word) => ({
      where: `${table}.${column} of ${String(row["Id"] ?? "a row")}`,
      word,
    })),
  );
}

function findInJournal(file: string): Place[] {
  return [file, `${file}-wal`]
    .filter((each) => existsSync(each))
    .flatMap((each) =>
      findWords(readFileSync(each, "latin1")).map((word) => ({ where: each.replace(/^.*\//, ""), word })),
    );
}

function findWords(text: string): string[] {
  return [...new Set(text.match(WORD) ?? [])];
}

function readNetwork(town: Town): Evidence["network"] {
  using network = new DatabaseSync(town.networkFile(), { readOnly: true });
  const rows = network
    .prepare("SELECT s.id, s.text, a.username FROM statuses s JOIN accounts a ON a.id = s.account_id")
    .all() as { id: string; text: string; username: string }[];
  return new Map(rows.map(({ id, text, username }) => [`mastodon:nordwind.social/${id}`, { text, author: username }]));
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

function readJournal(file: string): Pick<Evidence, "parked" | "lag" | "stand"> {
  using journal = new DatabaseSync(file, { readOnly: true });
  const parked = journal.prepare("SELECT key, value FROM document WHERE key LIKE 'parked/%'").all();
  const lagging = journal.prepare(LAGGING).get();
  const stand = journal
    .prepare(
      "SELECT (SELECT max(seq) FROM entry) AS last, group_concat(value) AS positions FROM document WHERE key LIKE 'position/%'",
    )
    .get();
  return {
    stand: JSON.stringify(stand),
    parked: parked.map(({ key, value }) => `${String(key)} ${String(value)}`),
    lag: Number(lagging?.["n"]),
  };
}
