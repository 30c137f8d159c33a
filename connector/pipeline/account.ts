import { Unavailable } from "../errors.ts";
import type { Draft } from "../model/draft.ts";
import { mapLive } from "./live.ts";
import type { Stage } from "./stage.ts";
import type { ThreadSources } from "./thread.ts";

/** What is addressed to an account of ours that is not connected waits: what may be answered there, only the account knows. */
export function toAccount(sources: ThreadSources): Stage {
  return {
    name: "account",
    apply: (drafts) => Promise.resolve(mapLive(drafts, (draft) => toReachable(draft, sources))),
  };
}

/** A tombstone offers no answers. */
function toReachable(draft: Draft, sources: ThreadSources): Draft {
  if (draft.gone !== undefined) return draft;
  try {
    sources.get(draft.post.account);
    return draft;
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error;
    return { ...draft, waits: error };
  }
}
