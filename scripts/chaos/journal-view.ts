import { DatabaseSync } from "node:sqlite";
import { readJournal } from "../../test/journeys/kill/evidence.ts";
import { findInRow, type JournalEvidence, type Place, type Row } from "../../test/journeys/town/evidence.ts";
import type { Cluster } from "./cluster/cluster.ts";

export interface Stood {
  readonly log: "posts" | "decisions";
  readonly key: string;
  readonly partition: number;
  readonly seq: number;
}

/** How far it has come with its work. */
export interface Standing extends Pick<JournalEvidence, "lag" | "stand"> {
  /** Entries put aside until the network shows what became of them. */
  readonly aside: number;
}

/** What a journal holds, read past its API. */
export interface JournalView {
  stand(): Promise<Standing>;
  read(): Promise<JournalEvidence>;
  /** All entries of the logs "posts" and "decisions". */
  entries(): Promise<readonly Stood[]>;
}

/** In the document of what is parked. */
const ASIDE = '"reason":"waiting"';
const ENTRIES = "SELECT log, key, partition, seq FROM entry WHERE log IN ('posts', 'decisions')";

export function viewFile(file: string): JournalView {
  return {
    stand: () => {
      const { lag, stand, parked } = readJournal(file);
      return Promise.resolve({ lag, stand, aside: parked.filter((one) => one.includes(ASIDE)).length });
    },
    // Its bytes are looked at where it is killed alone; here all journals are looked at alike.
    read: () => Promise.resolve({ ...readJournal(file), words: findInFile(file) }),
    entries: () => {
      using journal = new DatabaseSync(file, { readOnly: true });
      return Promise.resolve(journal.prepare(ENTRIES).all().map(toStood));
    },
  };
}

function findInFile(file: string): readonly Place[] {
  using journal = new DatabaseSync(file, { readOnly: true });
  return ["entry", "document"].flatMap((table) =>
    journal
      .prepare(`SELECT * FROM "${table}"`)
      .all()
      .flatMap((row) => findInRow(`journal, ${table}`, row as Row)),
  );
}

/** By index: it is asked every second, and the tables are large. */
const STAND = `
  WITH stands AS (
    SELECT log, partition, (
      SELECT count(*) FROM entry e WHERE e.log = l.log AND e.partition = p.partition AND e.seq > coalesce(
        (SELECT (value::json->>'seq')::bigint FROM document WHERE key = 'position/' || l.log || '/' || p.partition), 0)
    ) AS waiting
    FROM unnest(ARRAY['posts', 'replies', 'changes']) AS l(log),
      (SELECT generate_series(0, 2 * partitions - 1) AS partition FROM about) AS p
  )
  SELECT
    (SELECT sum(waiting) FROM stands) AS lag,
    (SELECT count(*) FROM document WHERE key LIKE 'parked/%' AND value LIKE '%${ASIDE}%') AS aside,
    (SELECT string_agg(log || (SELECT max(seq) FROM entry e WHERE e.log = l.log), ' ')
     FROM unnest(ARRAY['posts', 'replies', 'changes', 'decisions']) AS l(log)) AS last,
    (SELECT string_agg(value, ' ' ORDER BY key) FROM document WHERE key LIKE 'position/%') AS positions`;

export function viewCluster(cluster: Cluster): JournalView {
  async function stand() {
    const [row] = await cluster.ask(STAND);
    return { lag: Number(row?.["lag"]), aside: Number(row?.["aside"]), stand: JSON.stringify(row) };
  }
  return {
    stand,
    async read() {
      const parked = await cluster.ask("SELECT key, value FROM document WHERE key LIKE 'parked/%'");
      return {
        ...(await stand()),
        words: await findInTables(cluster),
        parked: parked.map(({ key, value }) => `${String(key)} ${String(value)}`),
      };
    },
    entries: async () => (await cluster.ask(ENTRIES)).map(toStood),
  };
}

async function findInTables(cluster: Cluster): Promise<readonly Place[]> {
  const tables = await cluster.ask("SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema()");
  const found = tables.map(async ({ name }) => {
    const words = `regexp_matches(t::text, 'zq[0-9]{6}x', 'g') AS found`;
    const rows = await cluster.ask(`SELECT DISTINCT found[1] AS word FROM "${String(name)}" AS t, ${words}`);
    return rows.map(({ word }) => ({ where: `journal, ${String(name)}`, word: String(word) }));
  });
  return (await Promise.all(found)).flat();
}

function toStood({ log, key, partition, seq }: Readonly<Record<string, unknown>>): Stood {
  return {
    log: log === "posts" ? "posts" : "decisions",
    key: String(key),
    partition: Number(partition),
    seq: Number(seq),
  };
}
