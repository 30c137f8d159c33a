import type { Actor } from "../access.ts";
import { Refusal } from "../refusal.ts";
import type { Field, FieldType, ObjectType } from "../schema.ts";
import type { QueryRow, Store } from "../store.ts";
import { holdsAll, type Term } from "./words.ts";

/** The fields that are searched, as SOSL calls them. */
export type SearchGroup = "ALL" | "NAME" | "EMAIL" | "PHONE";

/** The most rows that one search finds. */
export const MOST_FOUND = 2000;

const SEARCHED: readonly FieldType[] = ["string", "textarea", "email", "phone", "url", "combobox"];

const GROUPS: Readonly<Record<SearchGroup, (field: Field) => boolean>> = {
  ALL: ({ type }) => SEARCHED.includes(type),
  NAME: ({ nameField, name, type }) => nameField || (type === "string" && /^(First|Last)Name$/.test(name)),
  EMAIL: ({ type }) => type === "email",
  PHONE: ({ type }) => type === "phone",
};

export interface Search {
  readonly terms: readonly Term[];
  readonly group: SearchGroup;
}

/** The ids of rows of an object that hold all terms in fields that the actor may read; rows they may not see hold nothing. */
export function findRows(store: Store, actor: Actor, object: ObjectType, { terms, group }: Search): readonly string[] {
  const isSearched = (field: Field): boolean =>
    GROUPS[group](field) && field.path === undefined && actor.access.field(object, field).read;
  const names = object.fields.filter(isSearched).map(({ name }) => name);
  if (names.length === 0) return [];
  const select = ["Id", ...names].map((path) => ({ kind: "field", path }) as const);
  const { records } = store.query(actor, { select, from: object.name });
  return records.flatMap((row) => (holdsAll(textsOf(row, names), terms) ? textsOf(row, ["Id"]) : []));
}

function textsOf(row: QueryRow, names: readonly string[]): readonly string[] {
  return names.flatMap((name) => {
    const value = row[name];
    return typeof value === "string" ? [value] : [];
  });
}

/** Every object in which the actor may search, in the order of their names. */
export function searchedObjects({ schema }: Store, { access }: Actor): readonly ObjectType[] {
  return schema.objects.filter((object) => object.searchable && access.object(object).read);
}

/** The object of this name, if the actor may search in it. */
export function requireSearched(store: Store, actor: Actor, name: string): ObjectType {
  const found = searchedObjects(store, actor).find((object) => object.name.toLowerCase() === name.toLowerCase());
  if (found === undefined) throw new Refusal("INVALID_TYPE", `sObject type '${name}' is not supported.`);
  return found;
}

/** Refuses what is too short to be searched for. */
export function requireLongEnough(text: string, terms: readonly Term[]): void {
  if (terms.length > 0 && text.replace(/[^\p{L}\p{N}]/gu, "").length > 1) return;
  throw new Refusal("INVALID_SEARCH", `search term must be longer than one character: ${text}`);
}
