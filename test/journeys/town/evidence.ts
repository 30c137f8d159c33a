import { DatabaseSync } from "node:sqlite";
import { WORD } from "./town.ts";

export type Row = Readonly<Record<string, string | number | null>>;

/** Where a word of ours stands. */
export interface Place {
  readonly where: string;
  readonly word: string;
}

/** What a journal holds, read past its API. */
export interface JournalEvidence {
  readonly words: readonly Place[];
  readonly parked: readonly string[];
  /** Entries that no consumer has passed yet. */
  readonly lag: number;
  /** The same as long as nothing is recorded or followed. */
  readonly stand: string;
}

/** All that networks, CRM and journal hold in the end, read past every API. */
export interface Evidence extends JournalEvidence {
  /** What the networks offer: the text of each post by its key, and who wrote it. */
  readonly network: ReadonlyMap<string, { readonly text: string; readonly author: string }>;
  readonly posts: readonly Row[];
  readonly cases: readonly Row[];
  readonly tasks: readonly Row[];
  readonly replies: readonly Row[];
  readonly personas: readonly Row[];
  /** Every word in any column of any row of the org, deleted rows too, and in the journal. */
  readonly words: readonly Place[];
}

export interface Places {
  readonly orgFile: string;
  /** By the host that stands in our keys. */
  readonly networkFiles: Readonly<Record<string, string>>;
  readonly journal: JournalEvidence;
}

/** What is judged of each object, so that much fits into memory. */
const COLUMNS = {
  Social_Post__c:
    "Id, IsDeleted, CreatedDate, External_Key__c, Text__c, Private_Text__c, Direction__c, Deleted_At__c, Case__c, Persona__c, " +
    "Contact__c, Sentiment__c, Needs_Response__c",
  Case: "Id, IsDeleted, OwnerId, Priority, Subject, Description, Status, Origin, Social_Case_Key__c",
  Task: "Id, IsDeleted, Subject, Social_Post_Key__c",
  Social_Reply__c: "Id, IsDeleted, Status__c",
  Social_Persona__c: "Id, IsDeleted, Contact__c, Identity__c, Identity_Decided_By__c",
} as const;

export function readEvidence({ orgFile, networkFiles, journal }: Places): Evidence {
  using org = new DatabaseSync(orgFile, { readOnly: true });
  const all = (table: keyof typeof COLUMNS): readonly Row[] =>
    org.prepare(`SELECT ${COLUMNS[table]} FROM "${table}"`).all() as Row[];
  return {
    ...journal,
    network: new Map(Object.entries(networkFiles).flatMap(([host, file]) => readNetwork(host, file))),
    posts: all("Social_Post__c"),
    cases: all("Case"),
    tasks: all("Task"),
    replies: all("Social_Reply__c"),
    personas: all("Social_Persona__c"),
    words: [...findInOrg(org), ...journal.words],
  };
}

function findInOrg(org: DatabaseSync): Place[] {
  const tables = org.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all() as { name: string }[];
  const places: Place[] = [];
  // Change events go by themselves after three days, and nobody can change them; the certificate names them, too.
  for (const { name } of tables.filter((table) => table.name !== "_events"))
    for (const row of org.prepare(`SELECT * FROM "${name}"`).iterate() as Iterable<Row>)
      // What lies in the recycle bin nobody can change; the certificate names it.
      if (row["IsDeleted"] !== 1) places.push(...findInRow(name, row));
  return places;
}

export function findInRow(table: string, row: Row): Place[] {
  return Object.entries(row).flatMap(([column, value]) =>
    findWords(typeof value === "string" ? value : "").map((word) => ({
      where: `${table}.${column} of ${String(row["Id"] ?? "a row")}`,
      word,
    })),
  );
}

export function findWords(text: string): string[] {
  return [...new Set(text.match(WORD) ?? [])];
}

function readNetwork(host: string, file: string) {
  using network = new DatabaseSync(file, { readOnly: true });
  const rows = network
    .prepare("SELECT s.id, s.text, a.username FROM statuses s JOIN accounts a ON a.id = s.account_id")
    .all() as { id: string; text: string; username: string }[];
  return rows.map(({ id, text, username }) => [`mastodon:${host}/${id}`, { text, author: username }] as const);
}
