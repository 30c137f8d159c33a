import type { Actor } from "../access.ts";
import type { Call } from "../route.ts";
import type { Field, ObjectType, Schema } from "../schema.ts";
import { requireObject } from "../store/sharing.ts";

export function describeGlobal(call: Call, schema: Schema): unknown {
  const visible = schema.objects.filter((object) => call.actor.access.object(object).read);
  return {
    encoding: "UTF-8",
    maxBatchSize: 200,
    sobjects: visible.map((object) => describeBriefly(call, object)),
  };
}

export function describeObject(call: Call, schema: Schema): unknown {
  const object = requireObject(call.actor, schema.object(call.params["object"] ?? ""));
  const fields = object.fields.filter((field) => call.actor.access.field(object, field).read);
  return {
    ...describeBriefly(call, object),
    fields: fields.map((field) => describeField(call.actor, object, field)),
    childRelationships: object.children.map((child) => ({
      relationshipName: child.name,
      childSObject: child.object,
      field: child.field,
      cascadeDelete: false,
      restrictedDelete: false,
    })),
    recordTypeInfos: [],
  };
}

function describeBriefly(call: Call, object: ObjectType): Record<string, unknown> {
  const access = call.actor.access.object(object);
  const url = `/services/data/v${call.version}/sobjects/${object.name}`;
  return {
    name: object.name,
    label: object.label,
    labelPlural: object.labelPlural,
    keyPrefix: object.keyPrefix,
    custom: object.custom,
    queryable: access.read,
    retrieveable: access.read,
    createable: access.create,
    updateable: access.edit,
    deletable: access.delete,
    urls: { sobject: url, describe: `${url}/describe`, rowTemplate: `${url}/{ID}` },
  };
}

function describeField(actor: Actor, object: ObjectType, field: Field): Record<string, unknown> {
  const access = actor.access.field(object, field);
  const isPicklist = field.picklist !== undefined;
  return {
    name: field.name,
    label: field.label,
    type: field.type,
    inlineHelpText: field.help ?? null,
    length: field.length ?? 0,
    precision: field.precision ?? 0,
    scale: field.scale ?? 0,
    custom: field.custom,
    nameField: field.nameField,
    nillable: !field.required && field.type !== "boolean",
    unique: field.unique,
    caseSensitive: field.caseSensitive,
    externalId: field.externalId,
    idLookup: field.externalId || field.name === "Id",
    autoNumber: field.autoNumber !== undefined,
    calculated: field.path !== undefined,
    createable: field.createable && access.edit,
    updateable: field.updateable && access.edit,
    permissionable: field.permissionable,
    filterable: !field.long,
    sortable: !field.long,
    groupable: !field.long,
    defaultValue: field.defaultValue ?? null,
    defaultedOnCreate: field.defaultValue !== undefined || field.autoNumber !== undefined,
    referenceTo: field.reference?.to ?? [],
    relationshipName: field.reference?.relationship ?? null,
    restrictedPicklist: field.picklist?.restricted ?? false,
    picklistValues: isPicklist
      ? field.picklist.values.map((each) => ({
          active: true,
          defaultValue: each.isDefault,
          label: each.label,
          value: each.value,
        }))
      : [],
  };
}
