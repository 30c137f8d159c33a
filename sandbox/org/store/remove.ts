import type { ObjectType } from "../schema.ts";
import type { Row } from "./database.ts";
import type { Rows } from "./rows.ts";
import { isStored } from "./tables.ts";
import { toSeconds } from "./times.ts";

/** Puts a row into the recycle bin and clears every lookup to it. */
export function moveToBin(rows: Rows, object: ObjectType, id: string): void {
  const at = toSeconds(rows.now());
  for (const child of rows.schema.objects) {
    for (const field of child.fields.filter(isStored)) {
      if (!field.reference?.to.includes(object.name)) continue;
      const cleared: Row = { [field.name]: null };
      for (const pointing of rows.database.all(
        `SELECT "Id" FROM "${child.name}" WHERE "${field.name}" = ? AND "IsDeleted" = 0`,
        id,
      )) {
        rows.update(child, String(pointing["Id"]), { ...cleared, SystemModstamp: at });
      }
    }
  }
  rows.update(object, id, { IsDeleted: 1, LastModifiedDate: at, SystemModstamp: at });
}
