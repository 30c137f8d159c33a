import type { Clock } from "./clock.ts";
import type { Crm } from "./crm/crm.ts";
import { askForResponse } from "./follower/ask-for-response.ts";
import { keepCorrection } from "./follower/keep-correction.ts";
import { parseChange } from "./follower/parse-change.ts";
import type { Entry, Journal } from "./journal/journal.ts";
import type { FollowedChange } from "./model/change.ts";
import type { Rejection } from "./model/glossary.ts";

/** What was locked or changed meanwhile is looked at anew this often before it is parked. */
const ROUNDS = 5;
const ROUND_WAIT_MS = 200;

const LOCKED: Rejection = {
  reason: "locked",
  detail: "A row that has to follow what a person did stayed locked in the CRM, or changed again and again.",
};

export interface FollowerParts {
  readonly journal: Journal;
  readonly crm: Pick<Crm, "follow">;
  readonly clock: Clock;
  /** Told of each change when its fate is sealed. */
  readonly onFollowed: (change: FollowedChange, outcome: "followed" | "rejected") => void;
}

type Outcome = undefined | Rejection;

/** Honours what people did in the CRM: the handler of the log "changes". Safe to repeat, whole or in part. */
export function openFollower(parts: FollowerParts) {
  return async (entries: readonly Entry[], signal: AbortSignal): Promise<readonly Outcome[]> => {
    const changes = entries.map(({ value }) => parseChange(value));
    const outcomes = new Map<FollowedChange, Outcome>();
    let waiting: readonly FollowedChange[] = changes;
    for (let round = 1; waiting.length > 0 && round <= ROUNDS; round++) {
      if (round > 1) await parts.clock.sleep(ROUND_WAIT_MS * (round - 1), signal);
      const written = await parts.crm.follow(waiting, signal);
      for (const [index, change] of waiting.entries()) {
        const outcome = written[index];
        if (outcome !== "again") outcomes.set(change, outcome ?? (await seeThrough(parts, change)));
        else if (round === ROUNDS) outcomes.set(change, LOCKED);
      }
      waiting = waiting.filter((change) => !outcomes.has(change));
    }
    for (const [change, outcome] of outcomes) parts.onFollowed(change, outcome === undefined ? "followed" : "rejected");
    return changes.map((change) => outcomes.get(change));
  };
}

/** What the change means beside the CRM. */
async function seeThrough({ journal }: FollowerParts, change: FollowedChange): Promise<Outcome> {
  if (change.type !== "labels") return undefined;
  await keepCorrection(journal, change);
  return await askForResponse(journal, change);
}
