import { Refusal } from "../refusal.ts";
import type { Store } from "../store.ts";

export interface RowResult {
  readonly id?: string;
  readonly success: boolean;
  readonly created?: boolean;
  readonly errors: readonly {
    readonly statusCode: string;
    readonly message: string;
    readonly fields: readonly string[];
  }[];
}

/** Thrown to undo the rows before, and caught here. */
class RolledBack extends Error {
  override readonly name = "RolledBack";
}

/** Saves row by row: each refusal is its row's result alone, or with `allOrNone` undoes the others. */
export function saveRows<T>(
  store: Store,
  records: readonly T[],
  allOrNone: boolean,
  save: (record: T) => { id: string; created?: boolean },
): RowResult[] {
  let results: RowResult[] = [];
  try {
    store.transaction(() => {
      results = records.map((record) => saveRow(record, save));
      if (allOrNone && results.some((result) => !result.success)) throw new RolledBack();
    });
    return results;
  } catch (error) {
    if (error instanceof RolledBack) return results.map((result) => (result.success ? undone : result));
    throw error;
  }
}

function saveRow<T>(record: T, save: (record: T) => { id: string; created?: boolean }): RowResult {
  try {
    const { id, created } = save(record);
    return { id, success: true, errors: [], ...(created !== undefined && { created }) };
  } catch (error) {
    // What is not even readable fails the request, as it does on Salesforce.
    if (!(error instanceof Refusal) || error.errorCode === "JSON_PARSER_ERROR") throw error;
    return { success: false, errors: [toRowError(error)] };
  }
}

function toRowError({ errorCode, message, fields }: Refusal): RowResult["errors"][number] {
  if (errorCode !== "NOT_FOUND") return { statusCode: errorCode, message, fields };
  return { statusCode: "INVALID_CROSS_REFERENCE_KEY", message: "invalid cross reference id", fields };
}

const undone: RowResult = {
  success: false,
  errors: [
    {
      statusCode: "ALL_OR_NONE_OPERATION_ROLLED_BACK",
      message: "Record rolled back because not all records were valid and the request was using AllOrNone header",
      fields: [],
    },
  ],
};
