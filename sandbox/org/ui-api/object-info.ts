import type { Access } from "../access.ts";
import { noSuchResource, Refusal } from "../refusal.ts";
import type { Route } from "../route.ts";
import type { Field, FieldType, ObjectType, PicklistValue, Schema } from "../schema.ts";
import type { Store } from "../store.ts";

const MASTER_RECORD_TYPE = "012000000000000AAA";

const DATA_TYPES: Readonly<Partial<Record<FieldType, string>>> = {
  id: "Reference",
  string: "String",
  textarea: "TextArea",
  datetime: "DateTime",
  multipicklist: "MultiPicklist",
  combobox: "ComboBox",
};

export const objectInfoRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/ui-api/object-info/:object",
    kind: "ui-api",
    answer({ params, actor }, { store }) {
      const object = readable(store, actor.access, params["object"]);
      return { status: 200, body: toObjectInfo(object, store.schema, actor.access) };
    },
  },
  {
    method: "GET",
    path: "/ui-api/object-info/:object/picklist-values/:recordType/:field",
    kind: "ui-api",
    answer({ params, actor }, { store }) {
      const object = readable(store, actor.access, params["object"]);
      const field = object.field(params["field"] ?? "");
      if (field?.picklist === undefined || !actor.access.field(object, field).read) {
        throw new Refusal("INVALID_FIELD", `${params["field"] ?? ""} is not a picklist of ${object.name}.`);
      }
      const { values } = field.picklist;
      const initial = values.find(({ isDefault }) => isDefault);
      const body = {
        controllerValues: {},
        defaultValue: initial ? toOption(initial) : null,
        values: values.map(toOption),
      };
      return { status: 200, body };
    },
  },
];

function readable({ schema }: Store, access: Access, name = ""): ObjectType {
  const object = schema.object(name);
  if (object === undefined || !access.object(object).read) throw noSuchResource();
  return object;
}

const toOption = ({ value, label }: PicklistValue): object => ({ attributes: null, label, validFor: [], value });

function toObjectInfo(object: ObjectType, schema: Schema, access: Access): object {
  const { read, create, edit, delete: remove } = access.object(object);
  const fields = object.fields.filter((field) => access.field(object, field).read);
  return {
    apiName: object.name,
    label: object.label,
    labelPlural: object.labelPlural,
    keyPrefix: object.keyPrefix,
    custom: object.custom,
    queryable: read,
    createable: create,
    updateable: edit,
    deletable: remove,
    defaultRecordTypeId: MASTER_RECORD_TYPE,
    nameFields: fields.filter(({ nameField }) => nameField).map(({ name }) => name),
    fields: Object.fromEntries(fields.map((field) => [field.name, toFieldInfo(object, field, schema, access)])),
    childRelationships: object.children.map(({ name, object: child, field }) => ({
      childObjectApiName: child,
      fieldName: field,
      relationshipName: name,
    })),
  };
}

function toFieldInfo(object: ObjectType, field: Field, schema: Schema, access: Access): object {
  const { edit } = access.field(object, field);
  const { create, edit: update } = access.object(object);
  return {
    apiName: field.name,
    label: field.label,
    dataType: DATA_TYPES[field.type] ?? `${field.type.charAt(0).toUpperCase()}${field.type.slice(1)}`,
    inlineHelpText: field.help ?? null,
    custom: field.custom,
    createable: field.createable && create && edit,
    updateable: field.updateable && update && edit,
    required: field.required,
    unique: field.unique,
    externalId: field.externalId,
    filterable: !field.long,
    sortable: !field.long,
    length: field.length ?? 0,
    precision: field.precision ?? 0,
    scale: field.scale ?? 0,
    reference: field.reference !== undefined,
    polymorphicForeignKey: (field.reference?.to.length ?? 0) > 1,
    relationshipName: field.reference?.relationship ?? null,
    referenceToInfos: (field.reference?.to ?? []).map((name) => ({
      apiName: name,
      nameFields: (schema.object(name)?.fields ?? []).filter(({ nameField }) => nameField).map((one) => one.name),
    })),
  };
}
