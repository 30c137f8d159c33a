import { DatabaseSync } from "node:sqlite";
import type { Said, Town } from "../../test/journeys/town/town.ts";

const AT_ONCE = 1000;

/** What reps see: posts that stand in the CRM, in the order in which they came there. */
export interface Desk extends Disposable {
  /** Of each town. */
  readonly shown: readonly Said[][];
  /** Sees what has come since. */
  look(): void;
}

/** Looks into the org's own file: asking for all that is new costs the org as much as all of its work. */
export function openDesk({ towns, orgFile }: { readonly towns: readonly Town[]; readonly orgFile: string }): Desk {
  const org = new DatabaseSync(orgFile, { readOnly: true });
  const newer = org.prepare(
    `SELECT rowid AS row, External_Key__c AS key FROM Social_Post__c WHERE rowid > ? ORDER BY rowid LIMIT ${AT_ONCE}`,
  );
  const books = towns.map(({ said }) => ({ said, read: 0, byKey: new Map<string, Said>(), shown: [] as Said[] }));
  let last = 0;
  return {
    shown: books.map(({ shown }) => shown),
    look() {
      for (const book of books)
        for (; book.read < book.said.length; book.read++) {
          const one = book.said[book.read];
          if (one !== undefined) book.byKey.set(one.key, one);
        }
      for (const { row, key } of newer.all(last)) {
        last = Number(row);
        for (const { byKey, shown } of books) {
          const one = byKey.get(String(key));
          if (one === undefined) continue;
          shown.push(one);
          byKey.delete(one.key);
        }
      }
    },
    [Symbol.dispose]: () => org.close(),
  };
}
