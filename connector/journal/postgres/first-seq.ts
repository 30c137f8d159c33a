import { z } from "zod";
import type { IsoTime } from "../../model/glossary.ts";
import type { LogName } from "../journal.ts";
import { quote } from "./schema.ts";
import type { Server } from "./server.ts";

/**
 * Where in the order of a log a time begins: the first seq that was appended at or after it. Found in some thirty looks, for
 * an index by time would cost every append; where clocks differ or were set back it is off by as much.
 */
export function toFirstSeq(server: Server, schema: string): (log: LogName, from: IsoTime) => Promise<number> {
  const s = quote(schema);
  const ends = {
    text: `
      SELECT coalesce((SELECT seq FROM ${s}.entry WHERE log = $1 ORDER BY seq LIMIT 1), 1) AS first,
        coalesce((SELECT seq FROM ${s}.entry WHERE log = $1 ORDER BY seq DESC LIMIT 1), 0) AS last`,
    row: z.object({ first: z.coerce.number(), last: z.coerce.number() }),
  };
  const atOrAfter = {
    name: "first-seq",
    text: `
      SELECT seq, appended_at < $3 AS "isEarlier" FROM ${s}.entry WHERE log = $1 AND seq >= $2 ORDER BY seq LIMIT 1`,
    row: z.object({ seq: z.coerce.number(), isEarlier: z.boolean() }),
  };
  return async (log, from) => {
    const [range = { first: 1, last: 0 }] = await server.ask(ends, [log]);
    let [low, high] = [range.first, range.last + 1];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      const [entry] = await server.ask(atOrAfter, [log, middle, from]);
      if (entry?.isEarlier === true) low = entry.seq + 1;
      else high = middle;
    }
    return low;
  };
}
