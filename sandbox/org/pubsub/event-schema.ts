import { createHash } from "node:crypto";
import avro from "avsc";
import type { Field, FieldType, ObjectType } from "../schema.ts";
import { isCaptured } from "../store/capture.ts";

/** How the change events of one object look on the wire. */
export interface EventSchema {
  /** A fingerprint: another one when the object's fields have changed. */
  readonly id: string;
  readonly json: string;
  readonly type: avro.Type;
  /** As they stand in the schema, behind the header. */
  readonly fields: readonly Field[];
}

const text = "string";
const texts = { type: "array", items: text };
const kinds = ["CREATE", "UPDATE", "DELETE", "UNDELETE"];

const header = {
  type: "record",
  name: "ChangeEventHeader",
  fields: [
    { name: "entityName", type: text },
    { name: "recordIds", type: texts },
    {
      name: "changeType",
      type: {
        type: "enum",
        name: "ChangeType",
        symbols: [...kinds, ...kinds.map((kind) => `GAP_${kind}`), "GAP_OVERFLOW", "SNAPSHOT"],
      },
    },
    { name: "changeOrigin", type: text },
    { name: "transactionKey", type: text },
    { name: "sequenceNumber", type: "int" },
    { name: "commitTimestamp", type: "long" },
    { name: "commitNumber", type: "long" },
    { name: "commitUser", type: text },
    { name: "nulledFields", type: texts },
    { name: "diffFields", type: texts },
    { name: "changedFields", type: texts },
  ],
};

/** `Social_Reply__ChangeEvent` for `Social_Reply__c`, `CaseChangeEvent` for `Case`. */
export function toEventName(object: ObjectType): string {
  return object.custom ? object.name.replace(/c$/, "ChangeEvent") : `${object.name}ChangeEvent`;
}

/** All fields of the object, also those that some may not see: they differ in what is delivered. */
export function toEventSchema(object: ObjectType): EventSchema {
  const fields = object.fields.filter(isCaptured);
  const shape = {
    type: "record",
    name: toEventName(object),
    namespace: "com.sforce.eventbus",
    fields: [
      { name: "ChangeEventHeader", type: header },
      ...fields.map((field) => ({ name: field.name, type: ["null", toAvroType(field.type)], default: null })),
    ],
  };
  const json = JSON.stringify(shape);
  const id = createHash("sha256").update(json).digest().subarray(0, 16).toString("base64url");
  return { id, json, type: avro.Type.forSchema(JSON.parse(json) as Parameters<typeof avro.Type.forSchema>[0]), fields };
}

/** Dates and times are milliseconds since 1970. */
function toAvroType(type: FieldType): string {
  switch (type) {
    case "boolean":
      return "boolean";
    case "int":
      return "int";
    case "double":
    case "currency":
    case "percent":
      return "double";
    case "date":
    case "datetime":
      return "long";
    default:
      return text;
  }
}
