import type { ClientBase } from "pg";
import { z } from "zod";
import { Misconfigured } from "../../errors.ts";
import { quote, SCHEMA_VERSION, TABLE_NAMES, toLockName, toMigrations } from "./schema.ts";
import type { Server } from "./server.ts";

export interface FoundOptions {
  readonly schema: string;
  /** For a journal that is made now. */
  readonly partitions: number;
  /** Makes nothing. */
  readonly visitor: boolean;
}

const aboutSchema = z.object({ version: z.int().positive(), partitions: z.int().positive() });

type About = z.infer<typeof aboutSchema>;

const RIGHTS = `
  SELECT t.name, r.right_name AS "right" FROM unnest($2::text[]) AS t (name), unnest($3::text[]) AS r (right_name)
  WHERE NOT has_table_privilege(format('%I.%I', $1::text, t.name), r.right_name)`;

/**
 * Makes the journal, or brings it up to date, in one transaction that several connectors may begin at once. Returns the
 * number of its partitions; throws `Misconfigured` where there is none, another program's, or a newer one.
 */
export async function foundJournal(server: Server, options: FoundOptions): Promise<number> {
  return await server.withClient(async (client) => {
    const { partitions } = options.visitor
      ? await visit(client, server, options)
      : await prepare(client, server, options);
    await requireRights(client, server, options);
    return partitions;
  });
}

async function visit(client: ClientBase, { label }: Server, { schema }: FoundOptions): Promise<About> {
  const about = await look(client, label, schema);
  if (about?.version === SCHEMA_VERSION) return about;
  const state = about === undefined ? "There is no journal" : "The journal is of an older format";
  throw new Misconfigured(
    `${state} in the schema "${schema}" of ${label}. Start the connector once, or name its own place.`,
  );
}

async function prepare(client: ClientBase, { label }: Server, { schema, partitions }: FoundOptions): Promise<About> {
  await client.query("BEGIN");
  try {
    await client.query("SELECT pg_advisory_xact_lock(hashtextextended($1, 1))", [toLockName(schema)]);
    const found = await look(client, label, schema);
    if (found === undefined) await makeSchema(client, schema);
    const { version, ...kept } = found ?? { version: 0, partitions };
    for (const migration of toMigrations(schema).slice(version)) await client.query(migration);
    if (version < SCHEMA_VERSION) await note(client, schema, { ...kept, version: SCHEMA_VERSION });
    await client.query("COMMIT");
    return { ...kept, version: SCHEMA_VERSION };
  } catch (error) {
    await client.query("ROLLBACK").catch(() => undefined);
    throw error;
  }
}

/** Whether it is there is asked first: without the right to make it, "if not exists" fails even where it does. */
async function makeSchema(client: ClientBase, schema: string): Promise<void> {
  const { rowCount } = await client.query("SELECT FROM pg_namespace WHERE nspname = $1", [schema]);
  if (rowCount === 0) await client.query(`CREATE SCHEMA ${quote(schema)}`);
}

async function note(client: ClientBase, schema: string, { version, partitions }: About): Promise<void> {
  await client.query(`DELETE FROM ${quote(schema)}.about`);
  await client.query(`INSERT INTO ${quote(schema)}.about (version, partitions) VALUES ($1, $2)`, [version, partitions]);
}

/** What the schema holds, undefined: nothing. */
async function look(client: ClientBase, label: string, schema: string): Promise<About | undefined> {
  const tables = await client.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class JOIN pg_namespace AS n ON n.oid = relnamespace
     WHERE nspname = $1 AND relkind IN ('r', 'p', 'v', 'm', 'f')`,
    [schema],
  );
  if (tables.rows.length === 0) return undefined;
  const names = new Set(tables.rows.map(({ name }) => name));
  const isOurs = TABLE_NAMES.every((name) => names.has(name));
  const rows = isOurs
    ? (await client.query<{ about: unknown }>(`SELECT to_jsonb(a) AS about FROM ${quote(schema)}.about AS a`)).rows
    : [];
  if (isOurs && names.has("copied")) {
    throw new Misconfigured(
      `The schema "${schema}" of ${label} holds a copy that is not whole: to make it so, call earshot migrate-journal again.`,
    );
  }
  const about = aboutSchema.safeParse(rows[0]?.about);
  if (!about.success) {
    throw new Misconfigured(
      `The schema "${schema}" of ${label} holds tables that are no journal. Name another one (?schema=).`,
    );
  }
  const { version } = about.data;
  if (version > SCHEMA_VERSION) {
    throw new Misconfigured(
      `The journal in ${label} was written by a newer Earshot (format ${version}, this one knows ${SCHEMA_VERSION}). Update Earshot.`,
    );
  }
  return about.data;
}

async function requireRights(client: ClientBase, { label }: Server, { schema }: FoundOptions): Promise<void> {
  const values = [schema, TABLE_NAMES.filter((name) => name !== "about"), ["SELECT", "INSERT", "UPDATE", "DELETE"]];
  const { rows } = await client.query<{ name: string; right: string }>(RIGHTS, values);
  const [lacking] = rows;
  if (lacking === undefined) return;
  throw new Misconfigured(
    `The user of the journal's database ${label} lacks the right to ${lacking.right} in "${schema}".${lacking.name}. Let it own the schema's tables, or grant it all rights on them.`,
  );
}
