import { lookup, system, text, type ObjectDraft } from "../schema/define.ts";
import { toKeyPrefix } from "./custom-object.ts";

/** `Social_Post__History` of `Social_Post__c`: who changed which tracked field when, from what to what. */
export function toHistoryObject({ name, label }: ObjectDraft): ObjectDraft {
  const historyName = name.replace(/__c$/, "__History");
  const unwritable = { updateable: false, permissionable: false };
  return {
    name: historyName,
    label: `History: ${label}`,
    labelPlural: `Histories: ${label}`,
    keyPrefix: toKeyPrefix(historyName),
    custom: true,
    setup: false,
    historyOf: name,
    sharing: "Read",
    fields: [
      system("Id", "id", { label: "History ID", required: true }),
      system("IsDeleted", "boolean", { label: "Deleted" }),
      lookup("ParentId", [name], unwritable),
      lookup("CreatedById", ["User"], { createable: false, ...unwritable }),
      system("CreatedDate", "datetime"),
      text("Field", 255, unwritable),
      text("DataType", 40, unwritable),
      text("OldValue", 255, unwritable),
      text("NewValue", 255, unwritable),
    ],
    rules: [],
    children: { [`${historyName}.ParentId`]: "Histories" },
  };
}
