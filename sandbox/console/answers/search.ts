import { findRows, requireLongEnough, searchedObjects } from "../../org/search/find-rows.ts";
import { toBeginnings } from "../../org/search/words.ts";
import type { SearchAnswer } from "../contract.ts";
import { everything, toTable, type Reader } from "./list.ts";

/** Global search: of each object the rows in which these words begin, as far as this user may see them. */
export function toSearch({ forceApp, store, actor }: Reader, term: string): SearchAnswer {
  const search = { terms: toBeginnings(term), group: "ALL" } as const;
  requireLongEnough(term, search.terms);
  const groups = searchedObjects(store, actor).flatMap((object) => {
    const values = findRows(store, actor, object, search).map((value) => ({ kind: "string", value }) as const);
    if (values.length === 0) return [];
    const condition = { op: "in", path: "Id", not: false, values } as const;
    return [toTable({ forceApp, store, actor }, { object, view: everything(object), condition })];
  });
  return { term, groups };
}
