import { z } from "zod";
import type { Journal } from "../journal.ts";
import { toFirstSeq } from "./first-seq.ts";
import { entrySchema, ENTRY_COLUMNS } from "./log.ts";
import { quote } from "./schema.ts";
import type { Server } from "./server.ts";

const PAGE = 1000;
/** Clocks that differ or were set back by less than this hide nothing. */
const SLACK_MS = 3_600_000;

/** Reading again what was appended. */
export function toSince(server: Server, schema: string): Pick<Journal, "since"> {
  const s = quote(schema);
  const firstSeq = toFirstSeq(server, schema);
  const last = {
    text: `SELECT coalesce((SELECT seq FROM ${s}.entry WHERE log = $1 ORDER BY seq DESC LIMIT 1), 0) AS seq`,
    row: z.object({ seq: z.coerce.number() }),
  };
  const page = {
    name: "since",
    text: `
      SELECT ${ENTRY_COLUMNS} FROM ${s}.entry WHERE log = $1 AND seq >= $2 AND seq <= $3 ORDER BY seq LIMIT ${PAGE}`,
    row: entrySchema,
  };
  return {
    since: async function* (log, from) {
      const earlier = new Date(Date.parse(from) - SLACK_MS).toISOString();
      const end = (await server.ask(last, [log]))[0]?.seq ?? 0;
      let seq = await firstSeq(log, earlier);
      while (seq <= end) {
        const looked = await server.ask(page, [log, seq, end]);
        const entries = looked.filter(({ appendedAt }) => appendedAt >= from);
        if (entries.length > 0) yield entries;
        seq = (looked.at(-1)?.seq ?? end) + 1;
      }
    },
  };
}
