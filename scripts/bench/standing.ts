import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { z } from "zod";
import { until } from "./until.ts";
import type { World } from "./world.ts";

const Rows = z.array(z.object({ at: z.number(), key: z.string() }));
const Count = z.object({ n: z.number() });

const LOOK_EVERY_MS = 10;

/** Watches, from its opening on, which posts have come to stand on a Case. */
export interface Standing extends Disposable {
  /** The moment, in milliseconds since 1970, when each of these posts was seen to stand on its Case, by the network's id. */
  when(ids: ReadonlySet<string>, withinMs: number): Promise<ReadonlyMap<string, number>>;
  cases(): number;
}

/**
 * Reads what the org has committed to its file. Salesforce's own stamps are of whole seconds, and asking the API would
 * slow down what is measured; this costs the org nothing. Exact to ten milliseconds.
 */
export function openStanding({ dir, signal }: World): Standing {
  const db = new DatabaseSync(path.join(dir, "org.sqlite"), { readOnly: true });
  const news = db.prepare(
    `SELECT rowid AS at, "External_Key__c" AS key FROM "Social_Post__c"
     WHERE rowid > ? AND "Case__c" IS NOT NULL ORDER BY rowid`,
  );
  const cases = db.prepare(`SELECT count(*) AS n FROM "Case" WHERE "Origin" = 'Social'`);
  const seen = new Map<string, number>();
  let last = 0;

  function look(): void {
    const rows = Rows.parse(news.all(last));
    const nowMs = Date.now();
    for (const { at, key } of rows) {
      last = at;
      seen.set(/\d+$/.exec(key)?.[0] ?? key, nowMs);
    }
  }

  const watch = setInterval(look, LOOK_EVERY_MS);
  return {
    when: (ids, withinMs) =>
      until(`${ids.size} posts stand on their Cases`, { withinMs, signal }, () =>
        seen.size >= ids.size && [...ids].every((id) => seen.has(id)) ? seen : undefined,
      ),
    cases: () => Count.parse(cases.get()).n,
    [Symbol.dispose]: () => {
      clearInterval(watch);
      db.close();
    },
  };
}
