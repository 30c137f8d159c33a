import { z } from "zod";
import type { FieldType, Picklist } from "../schema.ts";
import type { FieldDraft } from "../schema/define.ts";

const flag = z.enum(["true", "false"]).transform((value) => value === "true");
const count = z.string().regex(/^\d+$/).transform(Number);
const value = z.object({ fullName: z.string(), default: flag.optional(), label: z.string().optional() });

export const customField = z.object({
  fullName: z.string(),
  label: z.string().optional(),
  type: z.string().optional(),
  inlineHelpText: z.string().optional(),
  length: count.optional(),
  precision: count.optional(),
  scale: count.optional(),
  required: flag.optional(),
  unique: flag.optional(),
  caseSensitive: flag.optional(),
  externalId: flag.optional(),
  defaultValue: z.string().optional(),
  displayFormat: z.string().optional(),
  trackHistory: flag.optional(),
  formula: z.string().optional(),
  referenceTo: z.array(z.string()).optional(),
  relationshipName: z.string().optional(),
  valueSet: z
    .object({
      restricted: flag.optional(),
      valueSetName: z.string().optional(),
      valueSetDefinition: z.object({ value: z.array(value) }).optional(),
    })
    .optional(),
});

export type CustomField = z.infer<typeof customField>;

/** The values of the global value sets, by name. */
export type ValueSets = ReadonlyMap<string, Picklist["values"]>;

const types: Record<string, FieldType> = {
  Text: "string",
  AutoNumber: "string",
  TextArea: "textarea",
  LongTextArea: "textarea",
  Html: "textarea",
  Picklist: "picklist",
  MultiselectPicklist: "multipicklist",
  Checkbox: "boolean",
  Number: "double",
  Currency: "currency",
  Percent: "percent",
  Date: "date",
  DateTime: "datetime",
  Email: "email",
  Phone: "phone",
  Url: "url",
  Lookup: "reference",
};

/** What a field's metadata says, as a field of ours. Throws on what the sandbox cannot play: formulas, roll-ups, master-detail. */
export function toFieldDraft(field: CustomField, valueSets: ValueSets): FieldDraft {
  const type = types[field.type ?? ""];
  if (type === undefined) throw new Error(`${field.fullName}: the sandbox has no fields of type ${String(field.type)}`);
  if (field.formula !== undefined) throw new Error(`${field.fullName}: the sandbox has no formula fields`);
  const values = toValues(field, valueSets);
  const defaultValue = toDefault(field, values);
  return {
    name: field.fullName,
    label: field.label ?? field.fullName,
    type,
    custom: true,
    long: field.type === "LongTextArea" || field.type === "Html",
    required: field.required ?? false,
    unique: field.unique ?? false,
    caseSensitive: field.caseSensitive ?? false,
    externalId: field.externalId ?? false,
    ...toSize(field),
    ...(field.trackHistory === true && { tracked: true }),
    ...(field.inlineHelpText !== undefined && { help: field.inlineHelpText }),
    ...(field.type === "AutoNumber" && { autoNumber: field.displayFormat ?? "{0}", length: 30 }),
    ...(type === "reference" && { reference: toReference(field) }),
    ...(values && { picklist: { values, restricted: field.valueSet?.restricted ?? false } }),
    ...(defaultValue !== undefined && { defaultValue }),
  };
}

function toSize(field: CustomField): Pick<FieldDraft, "length" | "precision" | "scale"> {
  return {
    ...(field.type === "TextArea" && { length: 255 }),
    ...(field.length !== undefined && { length: field.length }),
    ...(field.precision !== undefined && { precision: field.precision, scale: field.scale ?? 0 }),
  };
}

function toReference(field: CustomField): NonNullable<FieldDraft["reference"]> {
  return { to: field.referenceTo ?? [], relationship: field.fullName.replace(/__c$/, "__r") };
}

function toValues(field: CustomField, valueSets: ValueSets): Picklist["values"] | undefined {
  const { valueSetName, valueSetDefinition } = field.valueSet ?? {};
  if (valueSetName === undefined) return valueSetDefinition && toPicklistValues(valueSetDefinition.value);
  const named = valueSets.get(valueSetName);
  if (!named) throw new Error(`${field.fullName}: there is no global value set ${valueSetName}`);
  return named;
}

export function toPicklistValues(values: readonly z.infer<typeof value>[]): Picklist["values"] {
  return values.map((each) => ({
    value: each.fullName,
    label: each.label ?? each.fullName,
    isDefault: each.default ?? false,
  }));
}

/** Only literals are understood as defaults: `true`, `0`, `"text"`. A picklist's default stands among its values. */
function toDefault(field: CustomField, values: Picklist["values"] | undefined): string | number | boolean | undefined {
  const marked = values?.find((each) => each.isDefault)?.value;
  if (marked !== undefined) return marked;
  if (field.type === "Checkbox") return field.defaultValue === "true";
  if (field.defaultValue === undefined) return undefined;
  const literal = z.union([z.string(), z.number()]).safeParse(parseJson(field.defaultValue));
  if (!literal.success) throw new Error(`${field.fullName}: the default ${field.defaultValue} is not a literal`);
  return literal.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
