import type { Actor } from "../../org/access.ts";
import type { Field, ObjectType, Schema } from "../../org/schema.ts";
import type { FieldDescription } from "../contract.ts";

/** How a field is labelled on a page: a lookup by its parent's name, `Contact ID` as `Contact`. */
export const fieldLabel = ({ label, type }: Field): string =>
  type === "reference" ? label.replace(/ ID$/, "") : label;

/** Where a lookup's parent keeps its name: `Contact.Name`. Owners and the like are people or queues: both have Name. */
export function parentName({ reference }: Field, schema: Schema): string | undefined {
  if (reference === undefined) return undefined;
  const [only, ...others] = reference.to;
  const type = only === undefined || others.length > 0 ? undefined : schema.object(only);
  return `${reference.relationship}.${type?.fields.find(({ nameField }) => nameField)?.name ?? "Name"}`;
}

/** The field for this user's page. The layout may forbid an edit that the user's rights allow. */
export function toFieldDescription(
  field: Field,
  { object, schema, actor, isReadOnly }: { object: ObjectType; schema: Schema; actor: Actor; isReadOnly: boolean },
): FieldDescription {
  const access = actor.access.field(object, field);
  const parent = parentName(field, schema);
  const isOpen = !isReadOnly && access.edit;
  const { create, edit } = actor.access.object(object);
  return {
    name: field.name,
    label: fieldLabel(field),
    type: field.type,
    isEditable: isOpen && field.updateable && edit,
    isCreateable: isOpen && field.createable && create,
    isRequired: field.required || (field.nameField && object.custom && field.createable),
    ...(field.help === undefined ? {} : { help: field.help }),
    ...(field.length === undefined || field.type === "picklist" ? {} : { length: field.length }),
    ...(field.picklist === undefined
      ? {}
      : { values: field.picklist.values.map(({ value, label }) => ({ value, label })) }),
    ...(parent === undefined ? {} : { parentName: parent }),
    ...(field.reference?.to.length === 1 ? { parentObject: field.reference.to[0] ?? "" } : {}),
  };
}
