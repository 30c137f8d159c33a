import type { Actor } from "../access.ts";
import { Refusal } from "../refusal.ts";
import type { Field, ObjectType, Schema } from "../schema.ts";
import { toSharing } from "./sharing-sql.ts";

/** A field as SQL reads it. */
export interface Column {
  readonly sql: string;
  readonly field: Field;
  /** The lookups on the way, from the row outwards: `Case__r`, and the SQL of the id it holds. */
  readonly parents: readonly Parent[];
}

export interface Parent {
  readonly relationship: string;
  readonly sql: string;
}

/** One table of a query with the parents it needs, joined as paths ask for them. */
export interface Scope {
  readonly object: ObjectType;
  readonly alias: string;
  /** Refuses with INVALID_FIELD what is not there or hidden from the actor. */
  column(path: string): Column;
  /** FROM with its joins, once all columns were asked for. */
  from(): string;
}

export interface Asker {
  readonly schema: Schema;
  readonly actor: Actor;
}

/** Where a path has come to. */
interface Place {
  readonly from: ObjectType;
  readonly alias: string;
  readonly parents: readonly Parent[];
}

/** What all targets of a polymorphic lookup are read by. */
const namedFields = new Set(["id", "name", "type", "email", "firstname", "lastname", "username"]);

export function openScope(asker: Asker, object: ObjectType, prefix: string): Scope {
  const joins = new Map<string, { alias: string; sql: string }>();

  function column(path: string): Column {
    const segments = path.split(".");
    if (segments.length > 1 && segments[0]?.toLowerCase() === object.name.toLowerCase()) {
      if (!object.parent(segments[0])) segments.shift();
    }
    return walk({ from: object, alias: prefix, parents: [] }, segments);
  }

  function walk(place: Place, segments: readonly string[]): Column {
    const { from, alias } = place;
    const [first = "", ...rest] = segments;
    if (rest.length === 0) return plain(place, first);
    const lookup = from.parent(first);
    if (!lookup || !isReadable(asker.actor, from, lookup)) throw noSuchRelationship(first, from);
    const targets = (lookup.reference?.to ?? []).flatMap((name) => asker.schema.object(name) ?? []);
    const [target, ...others] = targets;
    if (!target || !lookup.reference) throw noSuchRelationship(first, from);
    const id = `${alias}."${lookup.name}"`;
    const parents = [...place.parents, { relationship: lookup.reference.relationship, sql: id }];
    if (others.length > 0) return { ...polymorphic(id, targets, rest.join(".")), parents };
    return walk({ from: target, alias: join(alias, lookup, target), parents }, rest);
  }

  function plain({ from, alias, parents }: Place, name: string): Column {
    const field = from.field(name);
    if (!field || !isReadable(asker.actor, from, field)) throw noSuchColumn(name, from);
    if (field.path !== undefined) {
      return { field, sql: walk({ from, alias, parents }, field.path.split(".")).sql, parents };
    }
    if (!field.perUser) return { field, sql: `${alias}."${field.name}"`, parents };
    const sql = `(SELECT at FROM _views WHERE user = '${asker.actor.id}' AND row = ${alias}."Id")`;
    return { field, sql, parents };
  }

  function join(alias: string, lookup: Field, target: ObjectType): string {
    const key = `${alias}.${lookup.name}`;
    const known = joins.get(key);
    if (known) return known.alias;
    const joined = `${prefix}_${joins.size}`;
    const seen = toSharing(asker, target, joined);
    const sql = `LEFT JOIN "${target.name}" ${joined} ON ${joined}."Id" = ${alias}."${lookup.name}" AND ${seen}`;
    joins.set(key, { alias: joined, sql });
    return joined;
  }

  return {
    object,
    alias: prefix,
    column,
    from: () => [`"${object.name}" ${prefix}`, ...[...joins.values()].map((each) => each.sql)].join(" "),
  };
}

/** `Owner.Name`, `Who.Type`: looked up in each table the lookup may point to. */
function polymorphic(id: string, targets: readonly ObjectType[], name: string): Pick<Column, "sql" | "field"> {
  const nameField = targets[0]?.field(name) ?? targets[0]?.fields.find((field) => field.nameField);
  if (!namedFields.has(name.toLowerCase()) || !nameField) throw noSuchColumn(name, { name: "Name" });
  if (name.toLowerCase() === "type") {
    const cases = targets.map((target) => `WHEN '${target.keyPrefix}' THEN '${target.name}'`);
    return { field: { ...nameField, name: "Type" }, sql: `(CASE substr(${id}, 1, 3) ${cases.join(" ")} END)` };
  }
  const isName = name.toLowerCase() === "name";
  const reads = targets.flatMap((target) => {
    const field = isName ? target.fields.find((each) => each.nameField) : target.field(name);
    return field ? [`(SELECT "${field.name}" FROM "${target.name}" WHERE "Id" = ${id})`] : [];
  });
  return { field: isName ? { ...nameField, name: "Name" } : nameField, sql: `coalesce(${reads.join(", ")}, NULL)` };
}

function isReadable(actor: Actor, object: ObjectType, field: Field): boolean {
  return actor.access.field(object, field).read;
}

function noSuchColumn(name: string, object: { readonly name: string }): Refusal {
  const hint =
    "If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please " +
    "reference your WSDL or the describe call for the appropriate names.";
  return new Refusal("INVALID_FIELD", `No such column '${name}' on entity '${object.name}'. ${hint}`);
}

function noSuchRelationship(name: string, object: ObjectType): Refusal {
  const message =
    `Didn't understand relationship '${name}' in field path. If you are attempting to use a custom relationship, be ` +
    `sure to append the '__r' after the custom relationship name (entity '${object.name}').`;
  return new Refusal("INVALID_FIELD", message);
}
