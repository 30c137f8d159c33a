import { z } from "zod";
import type { Doc, Journal } from "../journal.ts";
import { quote } from "./schema.ts";
import type { Query, Server } from "./server.ts";

const PAGE = 200;

export const docSchema: z.ZodType<Doc> = z.object({
  key: z.string(),
  value: z.string(),
  revision: z.coerce.number(),
});

export interface Listing {
  readonly list: Journal["list"];
  /** This process has written or removed the document of this key. */
  readonly changed: (key: string) => void;
}

/** A listing on its way. */
interface Reader {
  readonly prefix: string;
  /** The key that it is at. */
  at: string;
  /** How often something was changed where it has yet to come to. */
  changes: number;
}

/**
 * Lists in pages, which are read anew when this process changes something ahead of the listing: so whoever lists and writes sees
 * what they wrote. What another process changes meanwhile may be missed within a page.
 */
export function toListing(server: Server, schema: string): Listing {
  const readers = new Set<Reader>();
  const page: Query<Doc> = {
    name: "list",
    text: `
      SELECT key, value, revision FROM ${quote(schema)}.document
      WHERE key >= $1 AND key < $1 || chr(1114111) AND key > $2 ORDER BY key LIMIT ${PAGE}`,
    row: docSchema,
  };

  async function* read(reader: Reader): AsyncGenerator<Doc> {
    for (;;) {
      const { changes } = reader;
      const docs = await server.ask(page, [reader.prefix, reader.at]);
      for (const doc of docs) {
        if (reader.changes > changes) break;
        reader.at = doc.key;
        yield doc;
      }
      if (docs.length < PAGE && reader.changes === changes) return;
    }
  }

  return {
    list: async function* (prefix) {
      const reader: Reader = { prefix, at: "", changes: 0 };
      readers.add(reader);
      try {
        yield* read(reader);
      } finally {
        readers.delete(reader);
      }
    },
    changed: (key) => {
      for (const reader of readers) {
        if (key.startsWith(reader.prefix) && isBehind(key, reader.at)) reader.changes += 1;
      }
    },
  };
}

/** In the order of the bytes, as the database has them. */
function isBehind(key: string, other: string): boolean {
  return Buffer.compare(Buffer.from(key), Buffer.from(other)) > 0;
}
