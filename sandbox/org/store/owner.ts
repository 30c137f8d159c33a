import { Refusal } from "../refusal.ts";
import type { ObjectType } from "../schema.ts";
import type { Row } from "./database.ts";
import type { Rows } from "./rows.ts";

/** The queue that the sandbox's one active assignment rule gives every Case to, unless the call says `Sforce-Auto-Assign: FALSE`. */
const assignmentQueue = "Social_Service";

/** The owner whom the assignment rule chooses: for Cases, also on updates, which is how a forgotten header shows. */
export function assignedOwner(rows: Rows, object: ObjectType): Row {
  if (object.name !== "Case") return {};
  const sql = `SELECT "Id" FROM "Group" WHERE "DeveloperName" = ? AND "Type" = 'Queue' AND "IsDeleted" = 0`;
  const queue = rows.database.get(sql, assignmentQueue);
  return queue ? { OwnerId: queue["Id"] ?? null } : {};
}

/** Refuses queues that may not own such rows, and users who have left. */
export function checkOwner(rows: Rows, object: ObjectType, ownerId: string): void {
  const fields = { fields: ["OwnerId"] };
  if (ownerId.startsWith("00G")) {
    const sql = `SELECT 1 AS found FROM "QueueSobject" WHERE "QueueId" = ? AND "SobjectType" = ? AND "IsDeleted" = 0`;
    if (rows.database.get(sql, ownerId, object.name)) return;
    throw new Refusal("FIELD_INTEGRITY_EXCEPTION", "Queue not associated with this SObject type", fields);
  }
  if (rows.database.get(`SELECT "IsActive" FROM "User" WHERE "Id" = ?`, ownerId)?.["IsActive"] === 1) return;
  const message = `operation performed with inactive user [${ownerId}] as owner of ${object.label.toLowerCase()}`;
  throw new Refusal("INACTIVE_OWNER_OR_USER", message, fields);
}
