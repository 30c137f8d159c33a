import type { Answer } from "../route.ts";

interface Locked {
  /** The request without the row that somebody else holds. */
  readonly body: unknown;
  /** Puts the row's failure back where it belongs in the answer. */
  readonly restore: (answer: Answer) => Answer;
}

const failure = {
  success: false,
  errors: [
    {
      statusCode: "UNABLE_TO_LOCK_ROW",
      message: "unable to obtain exclusive access to this record or 1 records: 000000000000000",
      fields: [],
    },
  ],
};

/** Makes the first row of a collection, or of the first collection in a composite, fail as if it were locked. */
export function lockFirstRow(body: unknown): Locked {
  if (!isObject(body)) return { body, restore: (answer) => answer };
  const parts = body["compositeRequest"];
  if (!Array.isArray(parts)) {
    return { body: withoutFirst(body), restore: (answer) => ({ ...answer, body: withFailure(answer.body) }) };
  }
  const at = parts.findIndex((part: unknown) => isObject(part) && isObject(part["body"]) && "records" in part["body"]);
  const changed = (parts as unknown[]).map((part, index) =>
    index === at && isObject(part) ? { ...part, body: withoutFirst(part["body"]) } : part,
  );
  return {
    body: { ...body, compositeRequest: changed },
    restore: (answer) => ({ ...answer, body: withPartFailure(answer.body, at) }),
  };
}

function withoutFirst(body: unknown): unknown {
  if (!isObject(body) || !Array.isArray(body["records"])) return body;
  return { ...body, records: body["records"].slice(1) };
}

function withFailure(body: unknown): unknown {
  return Array.isArray(body) ? [failure, ...(body as unknown[])] : body;
}

function withPartFailure(body: unknown, at: number): unknown {
  if (!isObject(body) || !Array.isArray(body["compositeResponse"])) return body;
  const parts = (body["compositeResponse"] as unknown[]).map((part, index) =>
    index === at && isObject(part) ? { ...part, body: withFailure(part["body"]) } : part,
  );
  return { ...body, compositeResponse: parts };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
