import type { Actor } from "../access.ts";
import { noSuchResource, Refusal } from "../refusal.ts";
import type { ObjectType } from "../schema.ts";
import { toChangeable, toSharing } from "../soql/sharing-sql.ts";
import type { Row } from "./database.ts";
import type { Rows } from "./rows.ts";

/** Who asks, of which rows. */
export interface Asking {
  readonly rows: Rows;
  readonly actor: Actor;
}

/** May the actor see this row? */
export function isVisible({ rows, actor }: Asking, object: ObjectType, row: Row): boolean {
  return actor.access.object(object).read && fits(rows, object, row, toSharing(toAsker(rows, actor), object, "t"));
}

/** May the actor change it? */
export function isEditable({ rows, actor }: Asking, object: ObjectType, row: Row): boolean {
  return actor.access.object(object).edit && fits(rows, object, row, toChangeable(toAsker(rows, actor), object, "t"));
}

const toAsker = ({ schema }: Rows, actor: Actor) => ({ schema, actor });

/** Does the row, deleted or not, fit this condition? */
function fits({ database }: Rows, object: ObjectType, row: Row, condition: string): boolean {
  if (condition === "1") return true;
  const sql = `SELECT 1 FROM "${object.name}" t WHERE t."Id" = ? AND ${condition}`;
  return database.get(sql, row["Id"] ?? null) !== undefined;
}

/** Deleting, and undoing that, takes the owner, somebody above, or Modify All, whatever the sharing; a queue's members may not. */
export function mayDelete(actor: Actor, object: ObjectType, row: Row): boolean {
  const access = actor.access.object(object);
  const owner = String(row["OwnerId"]);
  return access.modifyAll || (access.delete && owner.startsWith("005") && actor.owns.has(owner));
}

/** The object of this name, if the actor may see it at all. */
export function requireObject(actor: Actor, object: ObjectType | undefined): ObjectType {
  if (!object || !actor.access.object(object).read) throw noSuchResource();
  return object;
}

/** A row that is there, is not deleted, and may be seen. */
export function requireRow(asking: Asking, object: ObjectType, row: Row | undefined): Row {
  if (!row || !isVisible(asking, object, row)) throw noSuchResource();
  if (row["IsDeleted"] === 1) throw new Refusal("ENTITY_IS_DELETED", "entity is deleted", { status: 404 });
  return row;
}

export function noAccess(): Refusal {
  return new Refusal("INSUFFICIENT_ACCESS_OR_READONLY", "insufficient access rights on object id", { status: 403 });
}
