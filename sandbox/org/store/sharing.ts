import type { Actor } from "../access.ts";
import { noSuchResource, Refusal } from "../refusal.ts";
import type { ObjectType } from "../schema.ts";
import type { Row } from "./database.ts";

/** May the actor see this row? */
export function isVisible(actor: Actor, object: ObjectType, row: Row): boolean {
  const access = actor.access.object(object);
  return access.read && (object.sharing !== "Private" || access.viewAll || owns(actor, row));
}

/** May the actor change it? */
export function isEditable(actor: Actor, object: ObjectType, row: Row): boolean {
  const access = actor.access.object(object);
  return access.edit && (object.sharing === "ReadWrite" || access.modifyAll || owns(actor, row));
}

/** What a queue owns is its members' to see and to change, not to delete. */
function owns(actor: Actor, row: Row): boolean {
  return actor.owns.has(String(row["OwnerId"]));
}

/** Deleting, and undoing that, takes the owner or Modify All, whatever the sharing. */
export function mayDelete(actor: Actor, object: ObjectType, row: Row): boolean {
  const access = actor.access.object(object);
  return access.modifyAll || (access.delete && row["OwnerId"] === actor.id);
}

/** The object of this name, if the actor may see it at all. */
export function requireObject(actor: Actor, object: ObjectType | undefined): ObjectType {
  if (!object || !actor.access.object(object).read) throw noSuchResource();
  return object;
}

/** A row that is there, is not deleted, and may be seen. */
export function requireRow(actor: Actor, object: ObjectType, row: Row | undefined): Row {
  if (!row || !isVisible(actor, object, row)) throw noSuchResource();
  if (row["IsDeleted"] === 1) throw new Refusal("ENTITY_IS_DELETED", "entity is deleted", { status: 404 });
  return row;
}

export function noAccess(): Refusal {
  return new Refusal("INSUFFICIENT_ACCESS_OR_READONLY", "insufficient access rights on object id", { status: 403 });
}
