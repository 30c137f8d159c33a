import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Doc, Journal } from "../journal.ts";
import { gather } from "./gather.ts";
import { docSchema, toListing } from "./listing.ts";
import { quote } from "./schema.ts";
import type { Query, Server } from "./server.ts";

/** Documents may be long; a group of them is one statement still. */
const MOST_CHARACTERS = 4_000_000;
const MOST_LOOKUPS = 1000;

interface Write {
  readonly key: string;
  /** null: it is removed. */
  readonly value: string | null;
  readonly revision: number;
}

/**
 * The journal's documents. Every put leaves a token of its own in its row: when the connection breaks and nobody knows whether
 * the put was done, it is repeated, and answered as ours where the row carries the token. A removal leaves nothing that could
 * tell: repeated, it may answer false for a document that it has removed itself.
 */
export function toDocuments(
  server: Server,
  schema: string,
): Pick<Journal, "get" | "put" | "remove" | "list"> & { readonly close: () => Promise<void> } {
  const queries = toQueries(quote(schema));
  const listing = toListing(server, schema);

  const gets = gather<string, Doc | undefined>({
    weigh: () => 1,
    most: MOST_LOOKUPS,
    run: async (keys) => {
      const rows = await server.ask(queries.get, [[...new Set(keys)]]);
      const found = new Map(rows.map((doc) => [doc.key, doc]));
      return keys.map((key) => found.get(key));
    },
  });
  const writes = gather<Write, number | undefined>({
    weigh: ({ key, value }) => key.length + (value ?? "").length,
    most: MOST_CHARACTERS,
    run: async (asked) => {
      const values = [
        asked.map(({ key }) => key),
        asked.map(({ value }) => value),
        asked.map(({ revision }) => revision),
      ];
      const rows = await server.insist(queries.write, [...values, asked.map(() => randomUUID())]);
      const results = new Map(rows.map(({ place, result }) => [place, result ?? undefined]));
      return asked.map((_, index) => results.get(index + 1));
    },
  });

  async function write(asked: Write): Promise<number | undefined> {
    // What the database cannot hold must not fail what others write in the same group.
    if (asked.key.includes("\0") || asked.value?.includes("\0") === true) {
      throw new RangeError("A document holds a character that cannot be stored.");
    }
    try {
      return await writes.ask(asked);
    } finally {
      listing.changed(asked.key);
    }
  }

  return {
    get: (key) => gets.ask(key),
    put: (key, value, revision) => write({ key, value, revision }),
    remove: async (key, revision) => (await write({ key, value: null, revision })) !== undefined,
    list: listing.list,
    close: async () => {
      await Promise.all([gets.close(), writes.close()]);
    },
  };
}

function toQueries(s: string) {
  return {
    get: {
      name: "get",
      text: `SELECT key, value, revision FROM ${s}.document WHERE key = ANY ($1)`,
      row: docSchema,
    } satisfies Query<Doc>,
    write: {
      name: "write",
      text: `SELECT place, result FROM ${s}.write($1, $2, $3, $4)`,
      row: z.object({ place: z.number(), result: z.coerce.number().nullable() }),
    },
  };
}
