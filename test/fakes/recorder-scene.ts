import type { Crm, Recorded } from "../../connector/crm/crm.ts";
import type { Attempt, Outcome } from "../../connector/flow/consume.ts";
import type { Entry } from "../../connector/journal/journal.ts";
import type { Draft } from "../../connector/model/draft.ts";
import type { Key } from "../../connector/model/glossary.ts";
import { PARTITIONS, toPostPartition } from "../../connector/model/partition.ts";
import { toPostEvent, type Post, type PostEvent } from "../../connector/model/post.ts";
import type { Stage } from "../../connector/pipeline/stage.ts";
import { openRecorder } from "../../connector/recorder.ts";
import { manualClock } from "./manual-clock.ts";
import { openScratchJournal } from "./scratch-journal.ts";

/** A CRM that holds texts, as far as the recorder can tell. */
export interface Kept {
  readonly texts: Map<Key, string>;
  readonly erased: Key[];
  readonly batches: Key[][];
  readonly drafts: Draft[];
  /** What it says to a draft; undefined: recorded. */
  answer: (draft: Draft) => Recorded["outcomes"][number];
  duringRecord: () => Promise<void>;
}

export function toKept(): Kept {
  return {
    texts: new Map(),
    erased: [],
    batches: [],
    drafts: [],
    answer: () => undefined,
    duringRecord: () => Promise.resolve(),
  };
}

/** Nothing of it was tried before. */
export const firstAttempt: Attempt = { isRepeated: () => false, begin: () => Promise.resolve() };
/** A process died, or a call was given up, after the attempt had begun. */
export const repeatedAttempt: Attempt = { isRepeated: () => true, begin: () => Promise.resolve() };

/** A recorder between a real journal and a CRM of the test's. */
export async function openRecorderScene() {
  const clock = manualClock();
  const scratch = await openScratchJournal(clock);
  const decided: [Key, string][] = [];

  function toRecorder(kept: Kept, stages: readonly Stage[] = []) {
    const record = openRecorder({
      journal: scratch.journal,
      crm: toCrm(kept),
      stages,
      clock,
      onDecided: ({ post }, outcome) => decided.push([post.key, outcome]),
    });
    return (entries: readonly Entry[], signal: AbortSignal, attempt = firstAttempt): Promise<readonly Outcome[]> =>
      record(entries, signal, attempt);
  }

  /** Puts the events into the log, as a source would, and gives the entries as the consumer would hand them over. */
  async function toEntries(events: readonly PostEvent[]): Promise<readonly Entry[]> {
    const items = events.map((event) => ({
      key: event.key,
      partition: toPostPartition(event, true, PARTITIONS),
      value: JSON.stringify(event),
    }));
    await scratch.journal.append("posts", items);
    const found = await Promise.all(items.map(({ key }) => scratch.journal.find("posts", key)));
    return found.filter((entry) => entry !== undefined);
  }

  return {
    clock,
    journal: scratch.journal,
    decided,
    toRecorder,
    toEntries,
    journaled: async (post: Post): Promise<string | undefined> =>
      (await scratch.journal.find("posts", toPostEvent(post).key))?.value,
    [Symbol.asyncDispose]: async (): Promise<void> => await scratch[Symbol.asyncDispose](),
  };
}

function toCrm(kept: Kept): Pick<Crm, "record" | "erase"> {
  return {
    async record(drafts) {
      kept.batches.push(drafts.map(({ post }) => post.key));
      kept.drafts.push(...drafts);
      await kept.duringRecord();
      const outcomes = drafts.map(kept.answer);
      drafts.forEach(({ post }, index) => {
        if (outcomes[index] === undefined) kept.texts.set(post.key, post.text);
      });
      return { outcomes };
    },
    erase(posts) {
      for (const { key } of posts) {
        kept.texts.delete(key);
        kept.erased.push(key);
      }
      return Promise.resolve();
    },
  };
}
