import type { Feed } from "../../../flow/feed.ts";
import { toDelayMs } from "../../../flow/retry.ts";
import type { IsoTime } from "../../../model/glossary.ts";
import type { PostEvent } from "../../../model/post.ts";
import { toStopped } from "../../asking/ask-for.ts";
import { Declined } from "../../asking/declined.ts";
import { backfill } from "../backfill.ts";
import { POSTS } from "../uri.ts";
import { Elsewhere } from "./elsewhere.ts";
import { hear } from "./hear.ts";
import { toCursor, toMark, toStreamAddress, toTimed } from "./mark.ts";
import type { Mark } from "./mark.ts";
import { toSift } from "./sift.ts";
import { openStream } from "./socket.ts";
import type { Stream } from "./socket.ts";
import type { TellOptions } from "./to-events.ts";

/** A connection that lived this long was a good one: the next pause is short again. */
const GOOD_MS = 10_000;
const DROPPED = {
  cause: "stream dropped",
  detail: "The network's live stream is down: answers and mentions are asked for every minute until it stands again.",
} as const;
const STREAM = {
  name: "jetstream",
  remedy: "Set the account's `jetstream` to a Jetstream of version 2, or leave it out.",
};
export interface JetstreamOptions extends TellOptions {
  /** `wss://…` */
  readonly jetstream: string;
  readonly words: readonly string[];
}

/**
 * The network's public stream of posts. It is taken up again where it was left, the last frame included, so that nothing is
 * missed while we are away, deletions neither. Where it no longer reaches back it begins with the oldest that it has.
 */
export function toJetstream(options: JetstreamOptions): Feed<PostEvent> {
  const { clock } = options;
  return async function* (cursor, signal) {
    let mark: Mark = cursor === undefined ? { at: clock.now() } : toMark(cursor);
    if (cursor === undefined) yield { items: [], cursor: toCursor(mark), heardUntil: mark.at };
    let lostFrom: IsoTime | undefined;
    for (let failures = 1; ; failures++) {
      const start = clock.monotonicMs();
      const stream = await connect(options, mark, signal);
      if (stream === "too old") {
        for await (const items of backfill({ from: mark.at, to: clock.now() }, options, signal))
          yield { items, cursor: toCursor(mark) };
        lostFrom = mark.at;
        mark = { at: mark.at };
        continue;
      }
      if (stream === undefined) return;
      using open = stream;
      const begun = mark;
      try {
        for await (const { page, reached } of hear(open, { options, mark, lostFrom }, signal)) {
          mark = reached;
          if (page.lost !== undefined) lostFrom = undefined;
          yield page;
        }
      } catch (error) {
        if (!(error instanceof Elsewhere)) throw error;
        mark = toTimed(begun);
        continue;
      }
      if (signal.aborted) return;
      yield { items: [], cursor: toCursor(mark), interrupted: DROPPED };
      if (clock.monotonicMs() - start > GOOD_MS) failures = 1;
      await clock.sleep(toDelayMs(failures), signal);
      signal.throwIfAborted();
    }
  };
}

/** undefined: we were asked to end. */
async function connect(
  options: JetstreamOptions,
  mark: Mark,
  signal: AbortSignal,
): Promise<Stream | "too old" | undefined> {
  const address = toStreamAddress({ jetstream: options.jetstream, collections: [POSTS] }, mark);
  const sift = toSift(options.us, options.words.length > 0);
  try {
    return await openStream({ address, sift, clock: options.clock }, signal);
  } catch (error) {
    if (signal.aborted) return undefined;
    if (!(error instanceof Declined)) throw error;
    if (error.error === "CursorTooOld" && mark.seq !== undefined) return "too old";
    throw toStopped(STREAM, error);
  }
}
