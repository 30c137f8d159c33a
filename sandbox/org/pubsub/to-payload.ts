import type { Actor } from "../access.ts";
import type { Field, ObjectType } from "../schema.ts";
import type { SqlValue } from "../store/database.ts";
import type { ChangeEvent } from "./change-event.ts";
import type { EventSchema } from "./event-schema.ts";

/** An event in Avro, as this actor may see it: fields that are hidden from them are as if they had not changed. */
export function toPayload(event: ChangeEvent, object: ObjectType, schema: EventSchema, actor: Actor): Buffer {
  const isTold = (field: Field): boolean => field.name in event.values && actor.access.field(object, field).read;
  const isNulled = (field: Field): boolean => isTold(field) && event.values[field.name] === null;
  // The header itself has the first place.
  const toBits = (isSet: (field: Field) => boolean): string[] =>
    event.type === "UPDATE" ? toBitmap(schema.fields.flatMap((field, at) => (isSet(field) ? [at + 1] : []))) : [];
  return schema.type.toBuffer({
    ChangeEventHeader: {
      entityName: event.entity,
      recordIds: event.ids,
      changeType: event.type,
      changeOrigin: event.origin,
      transactionKey: event.transaction,
      sequenceNumber: event.sequence,
      commitTimestamp: event.at,
      commitNumber: event.commit,
      commitUser: event.user,
      nulledFields: toBits(isNulled),
      diffFields: [],
      changedFields: toBits(isTold),
    },
    ...Object.fromEntries(
      schema.fields.map((field) => [
        field.name,
        isTold(field) ? toWire(field, event.values[field.name] ?? null) : null,
      ]),
    ),
  });
}

/** One text in hexadecimal, the first place being its lowest bit; nothing where none is set. */
export function toBitmap(places: readonly number[]): string[] {
  const bits = places.reduce((sum, place) => sum | (1n << BigInt(place)), 0n);
  if (bits === 0n) return [];
  const digits = bits.toString(16).toUpperCase();
  return [`0x${digits.length % 2 === 0 ? digits : `0${digits}`}`];
}

function toWire(field: Field, value: SqlValue): SqlValue | boolean {
  if (value === null) return null;
  if (field.type === "boolean") return value === 1;
  return field.type === "date" ? Date.parse(String(value)) : value;
}
