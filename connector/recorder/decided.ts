import type { Outcome } from "../flow/consume.ts";
import type { Draft } from "../model/draft.ts";
import type { Rejection } from "../model/glossary.ts";
import type { HeardPost } from "./heard.ts";
import type { Tried } from "./record-round.ts";

/** What became of a post in this batch. An outcome that is `Unavailable`: it waits, and its fate is open. */
export interface Decided {
  readonly heard: HeardPost;
  readonly draft: Draft;
  /** It was deleted before anybody tried to record it. */
  readonly isDropped: boolean;
  readonly outcome: Outcome;
}

/** One row must not hold up everybody else's posts. */
const LOCKED: Rejection = {
  reason: "locked",
  detail: "A row that this post needs stayed locked in the CRM, or automation on it failed, again and again.",
};

/** `again` after the last round is a rejection. */
export function toDecided({ heard, draft, outcome }: Tried): Decided {
  if (outcome === "dropped") return { heard, draft, isDropped: true, outcome: undefined };
  return { heard, draft, isDropped: false, outcome: outcome === "again" ? LOCKED : outcome };
}
