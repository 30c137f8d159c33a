import type { Clock } from "../../clock.ts";
import type { Config } from "../../config.ts";
import type { Finding } from "../../crm/crm.ts";
import { toDuration } from "../words.ts";
import { bad, doubtful, good, type Check } from "./check.ts";

/** Due times, the age of posts and the window of signed deliveries are reckoned by our clock. */
const MOST_MS = 60_000;

/** Our clock against that of each network; the CRM's own check compares the org's. */
export function toClockChecks({ accounts }: Config, clock: Clock): readonly Check[] {
  const origins = accounts.flatMap((account) => ("url" in account ? [new URL(account.url).origin] : []));
  return [...new Set(origins)].map((origin) => ({
    what: `Clock of ${origin}`,
    look: async (signal) => [await compare(origin, clock, signal)],
  }));
}

async function compare(origin: string, clock: Clock, signal: AbortSignal): Promise<Finding> {
  const what = `Clock of ${origin}`;
  const asked = Date.parse(clock.now());
  const response = await fetch(origin, { method: "HEAD", redirect: "manual", signal }).catch(() => undefined);
  const answered = Date.parse(clock.now());
  const theirs = Date.parse(response?.headers.get("date") ?? "");
  if (Number.isNaN(theirs)) return doubtful(what, "It was not told", "Compare the machine's clock by another way");
  // Their second may be just over, and the answer was on its way for a while.
  const offMs = Math.max(0, theirs - answered, asked - theirs - 1000);
  if (offMs <= MOST_MS) return good(what, "Ours agrees with it, within a minute");
  const way = theirs > answered ? "behind" : "ahead of";
  const remedy = "Let the machine set its clock by the network (NTP): times by which answers are due depend on it";
  return bad(what, `Ours is ${toDuration(offMs)} ${way} it`, remedy);
}
