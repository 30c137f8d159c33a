import { lookup, system, type FieldDraft } from "../define.ts";

/** What every row carries, in the order in which `describe` lists it around the object's own fields. */
export function systemFields(): FieldDraft[] {
  return [
    system("Id", "id", { label: "Record ID", required: true }),
    system("IsDeleted", "boolean", { label: "Deleted" }),
    system("CreatedDate", "datetime"),
    lookup("CreatedById", ["User"], { createable: false, updateable: false, permissionable: false }),
    system("LastModifiedDate", "datetime"),
    lookup("LastModifiedById", ["User"], { createable: false, updateable: false, permissionable: false }),
    system("SystemModstamp", "datetime"),
  ];
}

/** Rows of a person's or a queue's, which people look at. */
export function ownedFields(owners: readonly string[]): FieldDraft[] {
  return [
    lookup("OwnerId", owners, { permissionable: false }),
    system("LastViewedDate", "datetime", { perUser: true }),
    system("LastReferencedDate", "datetime", { perUser: true }),
  ];
}
