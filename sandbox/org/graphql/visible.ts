import type { Access } from "../access.ts";
import type { ChildRelationship, Field, ObjectType, Schema } from "../schema.ts";

export interface ParentField {
  readonly relationship: string;
  readonly field: Field;
  /** The objects it may lead to that the asker may read; more than one field type makes it polymorphic. */
  readonly to: readonly ObjectType[];
  readonly isPolymorphic: boolean;
}

/** What of a schema somebody may see. */
export interface Visible {
  readonly objects: readonly ObjectType[];
  fields(object: ObjectType): readonly Field[];
  parents(object: ObjectType): readonly ParentField[];
  children(object: ObjectType): readonly (ChildRelationship & { readonly type: ObjectType })[];
}

export function visibleTo(schema: Schema, access: Access): Visible {
  const objects = schema.objects.filter((object) => access.object(object).read);
  const readable = (name: string): ObjectType | undefined => objects.find((object) => object.name === name);
  const fields = (object: ObjectType): Field[] => object.fields.filter((field) => access.field(object, field).read);
  return {
    objects,
    fields,
    parents: (object) =>
      fields(object).flatMap((field) => {
        const to = (field.reference?.to ?? []).map(readable).filter((parent) => parent !== undefined);
        if (field.reference === undefined || to.length === 0) return [];
        const { relationship } = field.reference;
        return [{ relationship, field, to, isPolymorphic: field.reference.to.length > 1 }];
      }),
    children: (object) =>
      object.children.flatMap((child) => {
        const type = readable(child.object);
        const field = type?.field(child.field);
        return type && field && access.field(type, field).read ? [{ ...child, type }] : [];
      }),
  };
}
