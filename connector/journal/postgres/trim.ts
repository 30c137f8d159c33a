import { z } from "zod";
import type { Journal } from "../journal.ts";
import { toFirstSeq } from "./first-seq.ts";
import { quote } from "./schema.ts";
import type { Server } from "./server.ts";

/** How many entries are looked at in one transaction: appends wait for it. */
const LOOK_AT_ONCE = 500;

/** Retention: first the entries go, leaving digests of their keys; later the digests. */
export function toTrim(server: Server, schema: string): Pick<Journal, "trim"> {
  const s = quote(schema);
  const firstSeq = toFirstSeq(server, schema);
  const trimSome = {
    name: "trim",
    text: `SELECT ${s}.trim($1, $2, $3, $4, ${LOOK_AT_ONCE}) AS reached`,
    row: z.object({ reached: z.coerce.number().nullable() }),
  };
  const forget = {
    name: "forget",
    text: `
      WITH old AS MATERIALIZED (
        SELECT digest FROM ${s}.seen WHERE log = $1 AND appended_at < $2 ORDER BY appended_at LIMIT ${LOOK_AT_ONCE}
      ), forgotten AS (
        DELETE FROM ${s}.seen USING old WHERE seen.digest = old.digest AND seen.log = $1 AND seen.appended_at < $2 RETURNING 1
      )
      SELECT count(*)::integer AS found FROM old`,
    row: z.object({ found: z.number() }),
  };
  return {
    trim: async (log, horizons) => {
      // Where the young ones begin: what comes after is not looked at.
      const end = await firstSeq(log, horizons.values);
      for (let after: number | undefined = 0; after !== undefined;) {
        const [found]: readonly { readonly reached: number | null }[] = await server.ask(trimSome, [
          log,
          horizons.values,
          after,
          end,
        ]);
        after = found?.reached ?? undefined;
      }
      for (let found = LOOK_AT_ONCE; found >= LOOK_AT_ONCE;) {
        found = (await server.ask(forget, [log, horizons.keys]))[0]?.found ?? 0;
      }
    },
  };
}
