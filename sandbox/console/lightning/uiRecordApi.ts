import { callOrg, DATA } from "../page/org-api.ts";
import { toReadOnly } from "../page/read-only.ts";
import { announceRecordChange, onRecordChange } from "../page/record-changes.ts";
import { toWireAdapter } from "../page/wire-adapter.ts";

export type FieldReference = string | Readonly<{ objectApiName: string; fieldApiName?: string }>;

interface FieldValue {
  readonly value: unknown;
  readonly displayValue: string | null;
}

export interface RecordData {
  readonly id: string;
  readonly apiName: string;
  readonly fields: Readonly<Record<string, FieldValue>>;
}

interface RecordInput {
  readonly apiName?: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

interface RecordRequest extends Readonly<Record<string, unknown>> {
  readonly recordId: string;
  readonly query: string;
}

const recordUrl = (id: string): string => `${DATA}/ui-api/records/${encodeURIComponent(id)}`;

const fieldPath = (field: FieldReference): string =>
  typeof field === "string" ? field : [field.objectApiName, field.fieldApiName].filter(Boolean).join(".");

function listed(references: unknown): string[] {
  if (references === undefined || references === null) return [];
  return (Array.isArray(references) ? (references as FieldReference[]) : [references as FieldReference]).map(fieldPath);
}

function toRequest(config: Readonly<Record<string, unknown>>): RecordRequest | undefined {
  const { recordId } = config;
  const parameters = new URLSearchParams();
  for (const name of ["fields", "optionalFields", "layoutTypes", "modes"] as const) {
    const values = listed(config[name]);
    if (values.length > 0) parameters.set(name, values.join(","));
  }
  const isAsked = parameters.has("fields") || parameters.has("optionalFields") || parameters.has("layoutTypes");
  return typeof recordId === "string" && recordId !== "" && isAsked
    ? { recordId, query: parameters.toString() }
    : undefined;
}

/** The wire of one record. It asks again when this page changed the record or was told that somebody did. */
export const getRecord = toWireAdapter<RecordRequest>({
  toConfig: toRequest,
  load: ({ recordId, query }) => callOrg(`${recordUrl(recordId)}?${query}`),
  watch: ({ recordId }, changed) => onRecordChange(recordId, changed),
});

export async function createRecord({ apiName, fields }: RecordInput): Promise<RecordData> {
  const body = { apiName, fields };
  return toReadOnly((await callOrg(`${DATA}/ui-api/records`, { method: "POST", body })) as RecordData);
}

/** `fields` holds the record's `Id` among the values to write. */
export async function updateRecord({ fields }: RecordInput): Promise<RecordData> {
  const { Id, ...values } = fields;
  if (typeof Id !== "string") throw new TypeError("updateRecord needs fields.Id");
  const record = await callOrg(recordUrl(Id), { method: "PATCH", body: { fields: values } });
  announceRecordChange(Id);
  return toReadOnly(record as RecordData);
}

export async function deleteRecord(recordId: string): Promise<void> {
  await callOrg(recordUrl(recordId), { method: "DELETE" });
  announceRecordChange(recordId);
}

/** Resolves when the wires of these records were told; they load on their own. */
export async function notifyRecordUpdateAvailable(changes: readonly { readonly recordId: string }[]): Promise<void> {
  for (const { recordId } of changes) announceRecordChange(recordId);
  return Promise.resolve();
}

/** The older name of {@link notifyRecordUpdateAvailable}. */
export function getRecordNotifyChange(changes: readonly { readonly recordId: string }[]): void {
  void notifyRecordUpdateAvailable(changes);
}

export const getFieldValue = (record: RecordData | undefined, field: FieldReference): unknown =>
  fieldOf(record, field)?.value;

export const getFieldDisplayValue = (record: RecordData | undefined, field: FieldReference): unknown =>
  fieldOf(record, field)?.displayValue;

/** Follows `Case.Contact.Name` through the records nested in the values. */
function fieldOf(record: RecordData | undefined, field: FieldReference): FieldValue | undefined {
  const [, ...steps] = fieldPath(field).split(".");
  let held: FieldValue | undefined = record && { value: record, displayValue: null };
  for (const step of steps) held = (held?.value as RecordData | null | undefined)?.fields[step];
  return held;
}
