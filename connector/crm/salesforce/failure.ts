import { z } from "zod";
import { Unavailable } from "../../errors.ts";

const WithCode = z.object({ errorCode: z.string() });

/** Codes by which Salesforce says "not now": the same call may succeed later. */
const NOT_NOW = new Set([
  "SERVER_UNAVAILABLE",
  "REQUEST_RUNNING_TOO_LONG",
  "CONCURRENT_REQUESTS_LIMIT_EXCEEDED",
  "UNKNOWN_EXCEPTION",
  "QUERY_TIMEOUT",
  "ERROR_HTTP_408",
  "ERROR_HTTP_420",
  "ERROR_HTTP_429",
]);

export function toErrorCode(error: unknown): string | undefined {
  const parsed = WithCode.safeParse(error);
  return parsed.success ? parsed.data.errorCode : undefined;
}

export function isSessionExpired(error: unknown): boolean {
  const code = toErrorCode(error);
  return code === "INVALID_SESSION_ID" || code === "ERROR_HTTP_401";
}

/** Is it about no call in particular: nobody answers, or nobody can be served? */
export function isOutage(error: unknown): error is Unavailable {
  if (!(error instanceof Unavailable)) return false;
  const code = toErrorCode(error.cause);
  return code === undefined || code === "SERVER_UNAVAILABLE" || /^ERROR_HTTP_5\d\d$/.test(code);
}

export function isLimitExceeded(error: unknown): boolean {
  return toErrorCode(error) === "REQUEST_LIMIT_EXCEEDED";
}

/** Turns what a call throws into `Unavailable` where waiting helps; anything else stays what it is, a bug or a refusal. */
export function toFailure(error: unknown): Error {
  const code = toErrorCode(error);
  // How long to wait is the budget's to say: it holds the next call.
  if (isLimitExceeded(error)) {
    return new Unavailable("The org's daily limit of API calls is used up: calls are held until it has some again", {
      cause: error,
    });
  }
  if (code !== undefined && (NOT_NOW.has(code) || /^ERROR_HTTP_5\d\d$/.test(code))) {
    return new Unavailable(`Salesforce cannot serve us now (${code})`, { cause: error });
  }
  return error instanceof Error ? error : new Error(String(error));
}
