import type { Clock } from "../clock.ts";
import { Unavailable } from "../errors.ts";
import type { Journal } from "../journal/journal.ts";
import { isOpen } from "../model/coverage.ts";
import { filledSchema, toBroken, toFilled } from "./hearing.ts";
import type { Break } from "./hearing.ts";
import { markSchema, toFilledPrefix, toMarkKey } from "./mark.ts";
import type { Mark } from "./mark.ts";
import { openOwnedDocument } from "./owned-document.ts";

/** Older than this at the start, and the connector stood still meanwhile. */
const STOPPED_MS = 60_000;

export interface FeedLedgerOptions {
  readonly journal: Journal;
  readonly clock: Clock;
  /** `<account>/<feed>`: its document is `cursor/<name>`. */
  readonly name: string;
  /** Told of how the feed stands at the opening and after every change. */
  readonly onMark?: ((mark: Mark) => void) | undefined;
}

/** The document of one feed, which one connector alone writes at a time. */
export interface FeedLedger {
  /** As it stands; undefined: nothing was ever heard. */
  readonly mark: Mark | undefined;
  /** Durable on return. Throws `Taken` when another connector hears the feed now, as all of these do. */
  move(next: Mark): Promise<void>;
  /** Opens a gap, or extends the one that is open. What the disk does not take now is written with the next change. */
  broken(cause: Omit<Break, "at">): Promise<void>;
  /** Notes what was brought in another way, and asks for it no more. */
  noteFilled(): Promise<void>;
}

/** Where the connector stood still since the feed was last heard, a gap has been opened, durably, on return. */
export async function openFeedLedger({ journal, clock, name, onMark }: FeedLedgerOptions): Promise<FeedLedger> {
  const document = await openOwnedDocument(journal, toMarkKey(name), (json) => markSchema.parse(json));
  let mark = document.value;

  function show(next: Mark): void {
    mark = next;
    onMark?.(next);
  }

  async function put(next: Mark): Promise<void> {
    await document.put(next);
    show(next);
  }

  async function move(next: Mark): Promise<void> {
    if (JSON.stringify(next) === JSON.stringify(document.value)) show(next);
    else await put(next);
  }

  async function broken(cause: Omit<Break, "at">): Promise<void> {
    if (mark === undefined) return;
    mark = toBroken(mark, { ...cause, at: clock.now() });
    onMark?.(mark);
    try {
      await move(mark);
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error;
    }
  }

  async function noteFilled(): Promise<void> {
    for await (const { key, value, revision } of journal.list(toFilledPrefix(name))) {
      // Put even where it changes nothing: another connector that hears the feed by now may have a gap for it.
      if (mark !== undefined) await put(toFilled(mark, filledSchema.parse(JSON.parse(value)), clock.now()));
      await journal.remove(key, revision);
    }
  }

  const stood = mark && toStoodStill(mark, clock);
  if (stood !== undefined) await move(stood);
  return {
    get mark() {
      return mark;
    },
    move,
    broken,
    noteFilled,
  };
}

/** A gap that was open already goes on as it was: what caused it is not known to have ended. */
export function toStoodStill(mark: Mark, clock: Clock): Mark {
  const at = clock.now();
  if (mark.heardUntil === undefined || Date.parse(at) - Date.parse(mark.heardUntil) <= STOPPED_MS) return mark;
  const open = mark.gaps.find((gap) => isOpen(gap) && gap.cause !== "not given");
  const { cause, detail } = open ?? { cause: "connector stopped", detail: "The connector did not run." };
  return toBroken(mark, { cause, detail, at });
}
