import { z } from "zod";
import type { Clock } from "../../clock.ts";
import { Misconfigured } from "../../errors.ts";
import type { Original } from "../copying.ts";
import { toAddress } from "./address.ts";
import { foundJournal } from "./found.ts";
import { docSchema } from "./listing.ts";
import { toAsk, toRows, type Ask } from "./rows.ts";
import { quote } from "./schema.ts";
import { toServer } from "./server.ts";

export interface PostgresOriginalOptions {
  readonly url: string;
  readonly password?: string | undefined;
  /** No connector may be at work on it. */
  readonly alone: boolean;
  readonly clock: Clock;
  readonly rowsAtOnce?: number | undefined;
}

/** Longer than two heartbeats of a connector. */
const WATCH_MS = 8000;

const factsSchema = z.object({
  lastSeq: z.coerce.number(),
  entries: z.coerce.number(),
  digests: z.coerce.number(),
  documents: z.coerce.number(),
});

/**
 * Throws `Misconfigured` where there is no journal of ours, or where a connector is at work though it must be alone;
 * `Unavailable` where the server cannot be reached.
 */
export async function openPostgresOriginal(options: PostgresOriginalOptions): Promise<Original> {
  const { url, password, alone, clock, rowsAtOnce = 1000 } = options;
  const address = toAddress(url, password);
  const { label, schema } = address;
  await using server = toOpened(toServer({ address, clock }));
  const partitions = await foundJournal(server, { schema, partitions: 1, visitor: true });
  const client = await server.connect();
  const place = `${label} (schema "${schema}")`;
  try {
    const ask = toAsk({ client, label });
    if (alone) await requireAlone(ask, { schema, place, clock });
    // All that is read from here on is of this moment.
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL statement_timeout = 0");
    const { lastSeq, ...counts } = await readFacts(ask, schema);
    return {
      place,
      partitions,
      lastSeq,
      counts,
      ...toRows({ client, label, schema, rowsAtOnce }),
      [Symbol.asyncDispose]: () => client.end(),
    };
  } catch (error) {
    await client.end();
    throw error;
  }
}

function toOpened<T extends { close(): Promise<void> }>(opened: T): T & AsyncDisposable {
  return { ...opened, [Symbol.asyncDispose]: () => opened.close() };
}

async function readFacts(ask: Ask, schema: string): Promise<z.infer<typeof factsSchema>> {
  const s = quote(schema);
  const [facts] = await ask(
    `SELECT coalesce(pg_sequence_last_value(pg_get_serial_sequence($1, 'seq')::regclass), 0) AS "lastSeq",
      (SELECT count(*) FROM ${s}.entry) AS entries, (SELECT count(*) FROM ${s}.seen) AS digests,
      (SELECT count(*) FROM ${s}.document) AS documents`,
    [`${s}.entry`],
    factsSchema,
  );
  if (facts === undefined) throw new Error("a query without rows");
  return facts;
}

/** A living connector writes its document again and again; one that stands still was left by a dead one. */
async function requireAlone(
  ask: Ask,
  { schema, place, clock }: { readonly schema: string; readonly place: string; readonly clock: Clock },
): Promise<void> {
  const query = `SELECT key, value, revision FROM ${quote(schema)}.document WHERE key >= 'replica/' AND key < 'replica0'`;
  const before = new Map((await ask(query, [], docSchema)).map(({ key, revision }) => [key, revision]));
  if (before.size === 0) return;
  await clock.sleep(WATCH_MS, new AbortController().signal);
  const lives = (await ask(query, [], docSchema)).some(({ key, revision }) => before.get(key) !== revision);
  if (lives) throw new Misconfigured(`A connector is at work on the journal in ${place}. Stop it, and call again.`);
}
