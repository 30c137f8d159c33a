import type { ClientBase } from "pg";
import { z } from "zod";
import type { DigestPlace, LoggedEntry, Rows } from "../copying.ts";
import { toJournalError } from "./failure.ts";
import { docSchema } from "./listing.ts";
import { ENTRY_COLUMNS, entrySchema } from "./log.ts";
import { quote } from "./schema.ts";

export interface RowsOptions {
  /** What it reads is what its transaction sees. */
  readonly client: ClientBase;
  readonly schema: string;
  /** What messages call the database. */
  readonly label: string;
  readonly rowsAtOnce: number;
}

/** A statement on a connection of its own, which rejects with one of the fates. */
export type Ask = <Row>(text: string, values: readonly unknown[], row: z.ZodType<Row>) => Promise<readonly Row[]>;

/** Counting millions of rows takes its time. */
const MOST_MS = 3_600_000;

const LOGS = ["posts", "replies", "changes", "decisions"] as const;
const logSchema = z.enum(LOGS);
const loggedSchema = entrySchema.extend({ log: logSchema });
const digestSchema = z.object({
  log: logSchema,
  digest: z.string(),
  appendedAt: z.date().transform((at) => at.toISOString()),
});

export function toAsk({ client, label }: Pick<RowsOptions, "client" | "label">): Ask {
  return async (text, values, row) => {
    const query = { text, values: [...values], query_timeout: MOST_MS };
    try {
      return z.array(row).parse((await client.query(query)).rows);
    } catch (error) {
      throw toJournalError(error, label);
    }
  };
}

/** All rows of a journal, in pages of so many. */
export function toRows({ schema, rowsAtOnce, ...options }: RowsOptions): Rows {
  const s = quote(schema);
  const ask = toAsk(options);
  // Each log has its order by itself, and the server joins them: else it would have to sort all that there is.
  const ofLog = LOGS.map((log) => `SELECT log, ${ENTRY_COLUMNS} FROM ${s}.entry WHERE log = '${log}' AND seq > $1`);
  const entries = `${ofLog.join(" UNION ALL ")} ORDER BY seq LIMIT ${rowsAtOnce}`;
  const digests = `
    SELECT log, encode(digest, 'hex') AS digest, appended_at AS "appendedAt" FROM ${s}.seen
    WHERE (digest, log) > (decode($1, 'hex'), $2) ORDER BY digest, log LIMIT ${rowsAtOnce}`;
  const documents = `SELECT key, value, revision FROM ${s}.document WHERE key > $1 ORDER BY key LIMIT ${rowsAtOnce}`;

  async function* pages<Row>(next: (last: Row | undefined) => Promise<readonly Row[]>): AsyncGenerator<readonly Row[]> {
    for (let page = await next(undefined); page.length > 0; page = await next(page.at(-1))) yield page;
  }

  return {
    entries: (afterSeq) => pages<LoggedEntry>((last) => ask(entries, [last?.seq ?? afterSeq], loggedSchema)),
    digests: (after) =>
      pages((last: DigestPlace | undefined) => {
        const { digest, log } = last ?? after ?? { digest: "", log: "" };
        return ask(digests, [digest, log], digestSchema);
      }),
    documents: (afterKey) => pages((last) => ask(documents, [last?.key ?? afterKey], docSchema)),
  };
}
