import type { Actor } from "../access.ts";
import type { Field, ObjectType, Schema } from "../schema.ts";

interface Asker {
  readonly schema: Schema;
  readonly actor: Actor;
}

/** The condition under which the actor, who may read such rows at all, sees one; "1" where they see each. */
export function toSharing({ schema, actor }: Asker, object: ObjectType, alias: string): string {
  if (actor.access.object(object).viewAll) return "1";
  if (object.name === "Task") return toActivitySharing({ schema, actor }, object, alias);
  if (object.sharing !== "Private") return "1";
  return either([isOwned(actor, alias), ...isShared({ schema, actor }, object, alias)]);
}

/** The condition under which the actor, who may edit such rows at all and sees this one, changes it. */
export function toChangeable({ schema, actor }: Asker, object: ObjectType, alias: string): string {
  if (object.sharing === "ReadWrite" || actor.access.object(object).modifyAll) return "1";
  return either([isOwned(actor, alias), ...isShared({ schema, actor }, object, alias, "Edit")]);
}

/** An activity is seen by its owner and by who sees a record that it is about; one about nothing by all. */
function toActivitySharing({ schema, actor }: Asker, task: ObjectType, alias: string): string {
  const lookups = ["WhoId", "WhatId"].flatMap((name) => task.field(name) ?? []);
  const parents = lookups.flatMap((field) => toParents({ schema, actor }, field, alias));
  if (parents.every(({ seen }) => seen === "1")) return "1";
  const isAboutNothing = lookups.map(({ name }) => `${alias}."${name}" IS NULL`).join(" AND ");
  const seen = parents.filter((parent) => parent.seen !== "0").map(({ sql }) => sql);
  return either([isOwned(actor, alias), `(${isAboutNothing})`, ...seen]);
}

interface ParentSharing {
  readonly seen: string;
  readonly sql: string;
}

function toParents({ schema, actor }: Asker, field: Field, alias: string): readonly ParentSharing[] {
  const targets = (field.reference?.to ?? []).flatMap((name) => schema.object(name) ?? []);
  return targets.map((target) => {
    const parent = `_${field.name}${target.keyPrefix}`;
    const seen = actor.access.object(target).read ? toSharing({ schema, actor }, target, parent) : "0";
    const id = `${alias}."${field.name}"`;
    return { seen, sql: `EXISTS (SELECT 1 FROM "${target.name}" ${parent} WHERE ${parent}."Id" = ${id} AND ${seen})` };
  });
}

const isOwned = (actor: Actor, alias: string): string => `${alias}."OwnerId" IN (${toList(actor.owns)})`;

/** By a row of the object's sharing table, where the sandbox has one: `CaseShare`. */
function isShared({ schema, actor }: Asker, object: ObjectType, alias: string, level?: "Edit"): readonly string[] {
  const table = schema.object(`${object.name}Share`);
  if (table === undefined) return [];
  const conditions = [
    `s."${object.name}Id" = ${alias}."Id"`,
    `s."UserOrGroupId" IN (${toList(actor.owns)})`,
    's."IsDeleted" = 0',
    ...(level === undefined ? [] : [`s."${object.name}AccessLevel" = '${level}'`]),
  ];
  return [`EXISTS (SELECT 1 FROM "${table.name}" s WHERE ${conditions.join(" AND ")})`];
}

const toList = (ids: ReadonlySet<string>): string => [...ids].map((id) => `'${id}'`).join(", ");

const either = (conditions: readonly string[]): string => `(${conditions.join(" OR ")})`;
