import { readWhy } from "../asking/failure.ts";
import type { Answer } from "../asking/request.ts";

const NOT_LET_IN: ReadonlySet<string> = new Set([
  "AccountTakedown",
  "AccountSuspended",
  "AccountDeactivated",
  "AccountNotFound",
]);
/** What this kind of app password may never ask. Another session would not help. */
const OUT_OF_SCOPE = /^Bad token (method|scope)/;

/** "session": another one may be let in. "account": our account is not, whatever the session. undefined: neither. */
export function toShutOut({ status, body }: Pick<Answer, "status" | "body">): "session" | "account" | undefined {
  const { error = "", message = "" } = readWhy(body);
  if (status < 400 || status > 403) return undefined;
  if (NOT_LET_IN.has(error)) return "account";
  if (error === "InvalidToken" && OUT_OF_SCOPE.test(message)) return undefined;
  return status === 401 || error === "ExpiredToken" || error === "InvalidToken" ? "session" : undefined;
}
