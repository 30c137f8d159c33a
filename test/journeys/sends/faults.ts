import { askJson } from "./ask-json.ts";

/** A step on the way of a reply: a write of the journal, or one request to somebody outside. */
export interface Step {
  readonly on: "journal" | "crm" | "network";
  readonly what: string;
}

/**
 *   "crash before", "crash after"   the process ends, with nothing done or with everything
 *   "late"                          we give up waiting, and 45 seconds later it happens
 *   others                          what the sandboxes do to the request of this step
 */
export type Act =
  "crash before" | "crash after" | "late" | "drop-before" | "drop-after" | "503" | "429" | "401" | "lock" | "expire";

const CRASHES = ["crash before", "crash after"] as const;
const OF_ANY_CALL = [...CRASHES, "drop-before", "drop-after", "503"] as const;

/** What may befall this step. */
export function toActs({ on, what }: Step): readonly Act[] {
  if (on === "journal") return CRASHES;
  if (on === "crm") return [...OF_ANY_CALL, "lock", "expire", "late"];
  const ofNetwork = [...OF_ANY_CALL, "429", "401"] as const;
  return what === "publish" ? [...ofNetwork, "late"] : ofNetwork;
}

/** One more thing that goes wrong, so many steps after the last one. */
export interface Fault {
  readonly after: number;
  readonly act: Act;
}

export interface Sandboxes {
  readonly orgUrl: string;
  readonly networkUrl: string;
}

/** The next request of this kind is struck. */
export async function orderFault({ orgUrl, networkUrl }: Sandboxes, { on, what }: Step, act: Act): Promise<void> {
  const match =
    on === "crm"
      ? { path: "/composite" }
      : what === "publish"
        ? { method: "POST", path: "/api/v1/statuses" }
        : { method: "GET", path: "/api/v1/accounts" };
  await askJson(`${on === "crm" ? orgUrl : networkUrl}/sandbox/faults`, [{ match, act }]);
}
