import type { FieldDescription, RecordPageAnswer } from "../contract.ts";
import type { RecordData } from "../lightning/uiRecordApi.ts";
import { callOrg, DATA } from "./org-api.ts";
import type { ShownValue } from "./field-text.ts";

/** Loads the fields a record page shows. `isOpened` also tells the org that the user looked at the record now. */
export async function loadRecord(page: RecordPageAnswer, id: string, isOpened = false): Promise<RecordData> {
  const paths = Object.values(page.fields).flatMap(({ name, parentName }) =>
    parentName === undefined ? [name] : [name, parentName],
  );
  const parameters = new URLSearchParams({
    optionalFields: paths.map((path) => `${page.object}.${path}`).join(","),
    ...(isOpened ? { updateMru: "true" } : {}),
  });
  return (await callOrg(`${DATA}/ui-api/records/${encodeURIComponent(id)}?${parameters.toString()}`)) as RecordData;
}

export function shownField(record: RecordData, { name, type, parentName, parentObject }: FieldDescription): ShownValue {
  const field = record.fields[name];
  const parent = parentName === undefined ? undefined : record.fields[parentName.split(".")[0] ?? ""];
  return { type, value: field?.value, text: parent?.displayValue ?? field?.displayValue, parentObject };
}

/** What people call the record: the value of its name field. */
export function recordName(record: RecordData, { nameField }: RecordPageAnswer): string {
  const name = record.fields[nameField]?.value;
  return typeof name === "string" ? name : record.id;
}
