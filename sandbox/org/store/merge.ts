import type { Actor } from "../access.ts";
import { Refusal } from "../refusal.ts";
import type { ObjectType } from "../schema.ts";
import type { Row } from "./database.ts";
import type { Rows } from "./rows.ts";
import { isStored } from "./tables.ts";
import { toSeconds } from "./times.ts";

const MERGEABLE = new Set(["Account", "Contact", "Lead", "Case"]);

/** Two rows of one kind become one: every lookup to the loser goes to the master, and the loser to the recycle bin. */
export function mergeRows(
  rows: Rows,
  { actor, object, master, loser }: { actor: Actor; object: ObjectType; master: string; loser: string },
): void {
  if (!MERGEABLE.has(object.name)) throw new Refusal("INVALID_OPERATION", `${object.label} cannot be merged`);
  if (master === loser) throw new Refusal("DUPLICATE_VALUE", "the master cannot be merged with itself");
  const stamps: Row = { LastModifiedById: actor.id, ...toStamps(rows) };
  for (const child of rows.schema.objects) {
    for (const field of child.fields.filter(isStored)) {
      if (field.reference?.to.includes(object.name) === true && field.name !== "MasterRecordId")
        repoint(rows, { child, field: field.name, from: loser, to: master });
    }
  }
  rows.update(object, loser, { ...stamps, IsDeleted: 1, MasterRecordId: master });
}

/** Lookups of one field that lead to one row lead to another one. Neither rules nor field history see it. */
export function repoint(
  rows: Rows,
  { child, field, from, to }: { child: ObjectType; field: string; from: string; to: string },
): void {
  const pointing = rows.database.all(`SELECT "Id" FROM "${child.name}" WHERE "${field}" = ? AND "IsDeleted" = 0`, from);
  const stamps = child.field("SystemModstamp") === undefined ? {} : toStamps(rows);
  for (const { Id: id } of pointing) rows.update(child, String(id), { ...stamps, [field]: to });
}

function toStamps(rows: Rows): Row {
  const at = toSeconds(rows.now());
  return { LastModifiedDate: at, SystemModstamp: at };
}
