import type { Clock } from "../clock.ts";
import type { Crm, Gone } from "../crm/crm.ts";
import { Unavailable } from "../errors.ts";
import type { Entry, Journal } from "../journal/journal.ts";
import type { IsoTime, Key } from "../model/glossary.ts";
import { toPostEvent } from "../model/post.ts";
import { isGone, markEmptied } from "../tombstones.ts";
import type { Decided } from "./decided.ts";
import { isDoubtful } from "./doubted.ts";
import { eraseDeletedText, eraseReplacedText, type Dealt } from "./erase-text.ts";
import { keepPrints } from "./former-prints.ts";
import type { HeardDeletion } from "./heard.ts";
import { REPLACED } from "./is-replaced.ts";

export interface Eraser {
  /**
   * Erases what was deleted, here or meanwhile, and in the journal what an edit has replaced. Called after the posts of the
   * batch were written and before positions move. Returns the deletions that have to come again, with the reason.
   */
  erase(
    deletions: readonly HeardDeletion[],
    decided: readonly Decided[],
    signal: AbortSignal,
  ): Promise<ReadonlyMap<Entry, Unavailable>>;
}

export interface EraserParts {
  readonly journal: Journal;
  readonly crm: Pick<Crm, "erase">;
  readonly clock: Clock;
}

export function openEraser({ journal, crm, clock }: EraserParts): Eraser {
  /** From the CRM first: while the journal still has the text, the erasing can be repeated. */
  async function eraseFromCrm(gone: readonly Gone[], signal: AbortSignal): Promise<void> {
    const posts = [...new Map(gone.map(({ key, at }) => [key, { key, at }])).values()];
    if (posts.length > 0) await crm.erase(posts, signal);
  }

  /** Networks also tell of posts that were never ours to hear: their mark waits a while, and costs the CRM nothing. */
  async function toKnown(deletions: readonly HeardDeletion[]): Promise<readonly HeardDeletion[]> {
    const known = await Promise.all(deletions.map(({ key }) => journal.knows("posts", key)));
    return deletions.filter(({ ours }, index) => ours || known[index]);
  }

  async function toGone(decided: readonly Decided[]): Promise<readonly (Gone & { readonly isDropped: boolean })[]> {
    const marks = await Promise.all(decided.map(({ heard }) => isGone(journal, heard.post.key)));
    return decided.flatMap(({ heard, isDropped }, index) => {
      const at = marks[index];
      return at === undefined ? [] : [{ key: heard.post.key, at, isDropped }];
    });
  }

  async function eraseFromJournal(post: Key, dealt: Dealt): Promise<boolean> {
    const held = await eraseDeletedText(journal, post, dealt);
    if (held === "text") await markEmptied(journal, post, clock.now());
    return held !== "in doubt";
  }

  return {
    async erase(deletions, decided, signal) {
      const known = await toKnown(deletions);
      const gone = await toGone(decided);
      await eraseFromCrm([...known, ...gone.filter(({ isDropped }) => !isDropped)], signal);

      const dealt = new Set(decided.filter(isDealt).map(({ heard }) => heard.entry.key));
      const waiting = new Map<Entry, Unavailable>();
      for (const { key, entry } of known) {
        if (!(await eraseFromJournal(key, dealt))) waiting.set(entry, toWait());
      }
      for (const { key } of gone) await eraseFromJournal(key, dealt);

      const isStanding = ({ heard }: Decided): boolean => gone.every(({ key }) => key !== heard.post.key);
      // What follows a version in doubt stands: no call brings that one back.
      const done = decided.filter(isDone);
      const passed = new Set(done.map(({ heard }) => heard.entry.key));
      for (const one of done.filter(isStanding)) await eraseReplaced(journal, one, { dealt: passed, now: clock.now() });
      return waiting;
    },
  };
}

function isDone({ outcome }: Decided): boolean {
  return outcome === undefined;
}

/** No call can bring back what it says. */
function isDealt(one: Decided): boolean {
  return isDone(one) && !isDoubtful(one.heard.isRepeated, one.draft);
}

async function eraseReplaced(
  journal: Journal,
  { draft }: Decided,
  { dealt, now }: { readonly dealt: Dealt; readonly now: IsoTime },
): Promise<void> {
  const { post, memory, ignored } = draft;
  const isShown = ignored === undefined || memory === undefined || memory.post !== undefined;
  if (post.version > 0) await eraseReplacedText(journal, post, { dealt, isShown, now });
  const isReplaced = ignored === REPLACED || (memory?.post?.version ?? 0) > post.version;
  if (!isReplaced) return;
  if (isShown) await keepPrints(journal, post, now);
  await journal.erase(toPostEvent(post).key);
}

function toWait(): Unavailable {
  return new Unavailable(
    "The deleted post was just being recorded: its text goes from the journal when that has ended.",
  );
}
