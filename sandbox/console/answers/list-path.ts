import type { ObjectType } from "../../org/schema.ts";

/** Columns whose names in list view metadata say nothing about the field. */
const SPECIAL: Readonly<Record<string, string>> = {
  FULL_NAME: "Name",
  "ACCOUNT.NAME": "Account.Name",
  "CONTACT.PHONE1": "Phone",
  "CORE.USERS.ALIAS": "Owner.Name",
  OWNER_NAME: "Owner.Name",
  LAST_UPDATE: "LastModifiedDate",
  "CASES.CLOSED": "IsClosed",
};

/** The path of a list view's column: `CASES.CASE_NUMBER` is CaseNumber, NAME on a Case its Contact's. Undefined: not here. */
export function toListPath(object: ObjectType, column: string): string | undefined {
  if (column === "NAME" && object.name === "Case") return "Contact.Name";
  const special = SPECIAL[column];
  if (special !== undefined) return special;
  const direct = object.field(column);
  if (direct !== undefined) return direct.name;
  const plain = column
    .replace(/^[A-Z]+\./, "")
    .replace(/_DATE_ONLY$/, "")
    .replaceAll("_", "");
  return object.field(plain)?.name;
}
