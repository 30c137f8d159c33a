import type { Field, FieldType, ObjectType, Picklist } from "../schema.ts";

/** A field as it is written down: its type and whatever is not usual about it. */
export type FieldDraft = Partial<Omit<Field, "name" | "type">> & { readonly name: string; readonly type: FieldType };

/** An object as it is written down; fields may still be added to it by metadata. */
export interface ObjectDraft extends Pick<ObjectType, "name" | "label" | "labelPlural" | "keyPrefix" | "sharing"> {
  readonly custom: boolean;
  readonly setup: boolean;
  readonly historyOf?: string;
  /** Left out: as standard objects that people work with are, yes. */
  readonly searchable?: boolean;
  /** Changes of its tracked fields are kept. */
  readonly keepsHistory?: boolean;
  readonly fields: FieldDraft[];
  readonly rules: ObjectType["rules"][number][];
  /** Names of the child relationships that lookups to this object make, by `Object.Field`. */
  readonly children: Record<string, string>;
}

const lengths: Partial<Record<FieldType, number>> = { id: 18, reference: 18, email: 80, phone: 40, url: 255 };

export function toField(draft: FieldDraft): Field {
  const computed = draft.path !== undefined || draft.perUser === true || draft.autoNumber !== undefined;
  const length = draft.length ?? lengths[draft.type] ?? (draft.type === "picklist" ? 255 : undefined);
  return {
    label: toLabel(draft.name),
    custom: false,
    long: false,
    required: false,
    unique: false,
    caseSensitive: false,
    externalId: false,
    createable: !computed,
    updateable: !computed,
    permissionable: !draft.required && !computed,
    nameField: false,
    perUser: false,
    ...draft,
    ...(length !== undefined && { length }),
  };
}

/** A field that only the org itself writes. */
export function system(name: string, type: FieldType, more: Partial<FieldDraft> = {}): FieldDraft {
  return { name, type, createable: false, updateable: false, permissionable: false, ...more };
}

export function text(name: string, length: number, more: Partial<FieldDraft> = {}): FieldDraft {
  return { name, type: "string", length, ...more };
}

export function longText(name: string, length: number, more: Partial<FieldDraft> = {}): FieldDraft {
  return { name, type: "textarea", length, long: true, ...more };
}

/** A lookup. The relationship of `ContactId` is `Contact`. */
export function lookup(name: string, to: readonly string[], more: Partial<FieldDraft> = {}): FieldDraft {
  return { name, type: "reference", reference: { to, relationship: name.replace(/Id$/, "") }, ...more };
}

/** A picklist that takes any value, as most standard ones do; the default is marked with a star. */
export function picklist(name: string, values: readonly string[], more: Partial<FieldDraft> = {}): FieldDraft {
  const marked = values.find((value) => value.endsWith("*"))?.slice(0, -1);
  return {
    name,
    type: "picklist",
    picklist: toPicklist(values, false),
    ...(marked !== undefined && { defaultValue: marked }),
    ...more,
  };
}

export function toPicklist(values: readonly string[], restricted: boolean): Picklist {
  const plain = (value: string): string => value.replace(/\*$/, "");
  return {
    restricted,
    values: values.map((value) => ({ value: plain(value), label: plain(value), isDefault: value.endsWith("*") })),
  };
}

/** `LastModifiedDate` → `Last Modified Date`; `AccountId` → `Account ID`. */
function toLabel(name: string): string {
  return name.replace(/([a-z])([A-Z])/g, "$1 $2").replace(/\bId$/, "ID");
}
