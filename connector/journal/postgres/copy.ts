import type { Client } from "pg";
import { z } from "zod";
import type { Clock } from "../../clock.ts";
import { Misconfigured } from "../../errors.ts";
import type { Copy } from "../copying.ts";
import { toAddress } from "./address.ts";
import { toJournalError } from "./failure.ts";
import { toInserts, type Statement } from "./inserts.ts";
import { toAsk, toRows } from "./rows.ts";
import { quote, SCHEMA_VERSION, toLockName, toMigrations } from "./schema.ts";
import { toServer } from "./server.ts";

export interface PostgresCopyOptions {
  readonly url: string;
  readonly password?: string | undefined;
  readonly clock: Clock;
  readonly rowsAtOnce?: number | undefined;
}

interface Place {
  readonly client: Client;
  readonly schema: string;
  readonly label: string;
  /** For people. */
  readonly name: string;
}

const TIME_FOR_ONE = "SET statement_timeout = 0";
const placeSchema = z.object({ key: z.string(), seq: z.coerce.number(), partition: z.number() });

/**
 * Goes on where an earlier one ended. As long as the table "about" is empty no connector takes it for a journal. Throws
 * `Misconfigured` where the schema holds anything else.
 */
export async function openPostgresCopy(options: PostgresCopyOptions): Promise<Copy> {
  const { url, password, clock, rowsAtOnce = 1000 } = options;
  const address = toAddress(url, password);
  const { label, schema } = address;
  const server = toServer({ address, clock });
  const client = await server.connect();
  await server.close();
  const place: Place = { client, schema, label, name: `${label} (schema "${schema}")` };
  try {
    await client.query(TIME_FOR_ONE);
    let note = await begin(place);
    return {
      ...toStatements(place, (written) => (note = written)),
      ...toRows({ client, label, schema, rowsAtOnce }),
      place: place.name,
      get note() {
        return note;
      },
      [Symbol.asyncDispose]: () => client.end(),
    };
  } catch (error) {
    await client.end();
    throw toJournalError(error, label);
  }
}

/** What the last write noted. A schema without tables is made ready. */
async function begin({ client, schema, label, name }: Place): Promise<string | undefined> {
  const s = quote(schema);
  const ask = toAsk({ client, label });
  const lock = `SELECT pg_try_advisory_lock(hashtextextended($1, 2)) AS "isOurs"`;
  const [held] = await ask(lock, [toLockName(schema)], z.object({ isOurs: z.boolean() }));
  if (held?.isOurs !== true) throw new Misconfigured(`Somebody else is copying to ${name} just now.`);
  const names = await ask(
    "SELECT relname AS name FROM pg_class WHERE relkind IN ('r', 'p', 'v', 'm', 'f') AND relnamespace = to_regnamespace($1)",
    [s],
    z.object({ name: z.string() }),
  );
  if (names.length === 0) {
    const [found] = await ask(
      `SELECT to_regnamespace($1) IS NULL AS "isMissing"`,
      [s],
      z.object({ isMissing: z.boolean() }),
    );
    const made = found?.isMissing === true ? `CREATE SCHEMA ${s};` : "";
    const tables = toMigrations(schema).join("\n");
    await client.query(`BEGIN; ${made} ${tables} CREATE TABLE ${s}.copied (note text NOT NULL); COMMIT`);
    return undefined;
  }
  if (!names.some((one) => one.name === "copied"))
    throw new Misconfigured(
      `There is a journal in ${name} already, or something else. Name another schema (?schema=).`,
    );
  return (await ask(`SELECT note FROM ${s}.copied`, [], z.object({ note: z.string() })))[0]?.note;
}

function toStatements(
  { client, schema, label }: Place,
  onNote: (note: string | undefined) => void,
): Pick<Copy, "write" | "find" | "finish" | "clear"> {
  const s = quote(schema);
  const ask = toAsk({ client, label });

  async function change(statements: readonly Statement[]): Promise<void> {
    try {
      await client.query("BEGIN");
      for (const [text, ...values] of statements) await client.query(text, [...values]);
      await client.query("COMMIT");
    } catch (error) {
      await client.query("ROLLBACK").catch(() => undefined);
      throw toJournalError(error, label);
    }
  }

  return {
    find: (log, keys) =>
      ask(`SELECT key, seq, partition FROM ${s}.entry WHERE log = $1 AND key = ANY ($2)`, [log, keys], placeSchema),
    write: async (chunk, note) => {
      await change([
        ...toInserts(s, chunk),
        [`DELETE FROM ${s}.copied`],
        [`INSERT INTO ${s}.copied SELECT unnest($1::text[])`, [note]],
      ]);
      onNote(note);
    },
    clear: async () => {
      await change([[`TRUNCATE ${s}.entry, ${s}.seen, ${s}.document, ${s}.copied`]]);
      onNote(undefined);
    },
    finish: async ({ partitions, lastSeq }) => {
      const sequence = `pg_get_serial_sequence('${s}.entry', 'seq')`;
      await change([
        [`INSERT INTO ${s}.about (version, partitions) VALUES (${SCHEMA_VERSION}, ${partitions})`],
        [`SELECT setval(${sequence}, ${Math.max(1, lastSeq)}, ${lastSeq > 0})`],
        [`DROP TABLE ${s}.copied`],
      ]);
      await client.query(`ANALYZE ${s}.entry, ${s}.seen, ${s}.document`);
    },
  };
}
