import { Refusal } from "../refusal.ts";
import type { Answer, Call, OrgCore, Route } from "../route.ts";
import type { FieldType, ObjectType } from "../schema.ts";
import type { QueryRow } from "../store.ts";

export const searchRoutes: readonly Route[] = [
  { method: "GET", path: "/parameterizedSearch", kind: "search", answer: search },
];

const SEARCHED: readonly FieldType[] = ["string", "textarea", "email", "phone", "url", "combobox"];
const MOST = 2000;

/** `?q=…&sobject=…&sobject=…&Case.fields=Id,Subject`: rows in which words begin so, as far as the caller may read. */
function search(call: Call, org: OrgCore): Answer {
  const words = toWords(call.query.get("q") ?? "");
  if (words.join("").length < 2) {
    throw new Refusal(
      "INVALID_SEARCH",
      "search term must be longer than one character: " + (call.query.get("q") ?? ""),
    );
  }
  const searchRecords = toObjects(call, org).flatMap((object) => {
    const fields = call.query.get(`${object.name}.fields`)?.split(",") ?? ["Id"];
    return findIn(call, org, object, words).map((id) => org.store.read(call.actor, object.name, id, fields));
  });
  return { status: 200, body: { searchRecords: searchRecords.slice(0, MOST) } };
}

/** Those that are named; else all that the caller may read. */
function toObjects({ query, actor }: Call, { store }: OrgCore): readonly ObjectType[] {
  const named = query.getAll("sobject");
  const readable = store.schema.objects.filter((object) => !object.setup && actor.access.object(object).read);
  if (named.length === 0) return readable.filter((object) => object.historyOf === undefined);
  return named.map((name) => {
    const found = readable.find((object) => object.name.toLowerCase() === name.toLowerCase());
    if (found === undefined) throw new Refusal("INVALID_TYPE", `sObject type '${name}' is not supported.`);
    return found;
  });
}

/** The ids of rows whose readable texts hold all of these words, wherever. */
function findIn({ actor }: Call, { store }: OrgCore, object: ObjectType, words: readonly string[]): readonly string[] {
  const texts = object.fields.filter(
    (field) => SEARCHED.includes(field.type) && field.path === undefined && actor.access.field(object, field).read,
  );
  const select = ["Id", ...texts.map((field) => field.name)].map((path) => ({ kind: "field", path }) as const);
  return store
    .query(actor, { select, from: object.name })
    .records.filter((row) => holds(row, words))
    .flatMap(({ Id: id }) => (typeof id === "string" ? [id] : []));
}

function holds({ attributes: _attributes, Id: _id, ...texts }: QueryRow, words: readonly string[]): boolean {
  const there = Object.values(texts).flatMap((value) => (typeof value === "string" ? toWords(value) : []));
  return words.every((word) => there.some((one) => one.startsWith(word)));
}

function toWords(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
