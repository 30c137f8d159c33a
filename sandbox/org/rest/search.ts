import type { Query } from "../query.ts";
import type { Answer, Call, OrgCore, Route } from "../route.ts";
import type { ObjectType } from "../schema.ts";
import {
  findRows,
  MOST_FOUND,
  requireLongEnough,
  requireSearched,
  searchedObjects,
  type Search,
} from "../search/find-rows.ts";
import { parseSosl } from "../search/sosl.ts";
import { toBeginnings } from "../search/words.ts";
import type { QueryRow } from "../store.ts";

export const searchRoutes: readonly Route[] = [
  { method: "GET", path: "/search", kind: "search", answer: searchBySosl },
  { method: "GET", path: "/parameterizedSearch", kind: "search", answer: searchByParameters },
];

/** `?q=FIND {…} IN ALL FIELDS RETURNING …` */
function searchBySosl(call: Call, org: OrgCore): Answer {
  const { text, terms, group, returning, limit } = parseSosl(call.query.get("q") ?? "");
  requireLongEnough(text, terms);
  const wanted =
    returning.length > 0 ? returning : searchedObjects(org.store, call.actor).map(({ name }) => idsOf(name));
  const records = wanted.flatMap((query) => {
    const object = requireSearched(org.store, call.actor, query.from);
    return toRecords(call, org, object, { terms, group }, query);
  });
  return { status: 200, body: { searchRecords: records.slice(0, Math.min(limit ?? MOST_FOUND, MOST_FOUND)) } };
}

/** `?q=…&sobject=…&sobject=…&Case.fields=Id,Subject`: rows in which words begin so, as far as the caller may read. */
function searchByParameters(call: Call, org: OrgCore): Answer {
  const text = call.query.get("q") ?? "";
  const terms = toBeginnings(text);
  requireLongEnough(text, terms);
  const named = call.query.getAll("sobject").map((name) => requireSearched(org.store, call.actor, name));
  const objects = named.length > 0 ? named : searchedObjects(org.store, call.actor);
  const records = objects.flatMap((object) => {
    const fields = call.query.get(`${object.name}.fields`)?.split(",");
    return toRecords(call, org, object, { terms, group: "ALL" }, idsOf(object.name, fields));
  });
  return { status: 200, body: { searchRecords: records.slice(0, MOST_FOUND) } };
}

const idsOf = (from: string, fields: readonly string[] = ["Id"]): Query => ({
  from,
  select: fields.map((path) => ({ kind: "field", path: path.trim() })),
});

/** What is wanted of the rows found. Salesforce asks its database for them, too: sharing and field rights hold twice. */
function toRecords(
  { actor }: Call,
  { store }: OrgCore,
  object: ObjectType,
  search: Search,
  wanted: Query,
): readonly QueryRow[] {
  const values = findRows(store, actor, object, search).map((value) => ({ kind: "string", value }) as const);
  const found = { op: "in", path: "Id", not: false, values } as const;
  const where = wanted.where === undefined ? found : ({ op: "and", terms: [found, wanted.where] } as const);
  // Also of nothing: what may not be asked for is refused whatever was found.
  return store.query(actor, { ...wanted, where }).records;
}
