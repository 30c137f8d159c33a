import { Refusal } from "../refusal.ts";
import type { ObjectType } from "../schema.ts";
import type { Answer } from "../route.ts";
import { readableFields } from "./listed-fields.ts";
import { readRecord, type RecordReader } from "./read-record.ts";

/** Refusals that concern the call, not the values: they keep the REST API's own shape. */
const OF_THE_CALL = new Set(["NOT_FOUND", "INVALID_TYPE", "ENTITY_IS_DELETED", "INSUFFICIENT_ACCESS"]);

/**
 * Runs a write and answers the record as it stands then. What the org refuses about the values comes back sorted by
 * field, in the shape that Lightning Data Service hands to components.
 */
export function answerWrite(reader: RecordReader, status: number, write: () => string): Answer {
  const { store, actor, object } = reader;
  try {
    const id = store.transaction(write);
    return { status, body: readRecord(reader, id, readableFields({ object, access: actor.access })) };
  } catch (error) {
    if (!(error instanceof Refusal) || OF_THE_CALL.has(error.errorCode) || error.status >= 403) throw error;
    return { status: 400, body: [toWriteError(error, object, status === 201 ? "create" : "update")] };
  }
}

function toWriteError({ errorCode, message, fields }: Refusal, object: ObjectType, verb: "create" | "update"): object {
  const toEntry = (field: string | null): object => ({
    constituentField: null,
    duplicateRecordError: null,
    errorCode,
    field,
    fieldLabel: field === null ? null : (object.field(field)?.label ?? field),
    message,
  });
  return {
    statusCode: 400,
    errorCode: "INVALID_INPUT",
    message: `An error occurred while trying to ${verb} the record. Please try again.`,
    enhancedErrorType: "RecordError",
    output: {
      errors: fields.length === 0 ? [toEntry(null)] : [],
      fieldErrors: Object.fromEntries(fields.map((field) => [field, [toEntry(field)]])),
    },
  };
}
