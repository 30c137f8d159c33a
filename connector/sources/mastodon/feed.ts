import type { Clock } from "../../clock.ts";
import type { Feed } from "../../flow/feed.ts";
import type { PostEvent } from "../../model/post.ts";
import { catchUp, hasGrown } from "./catch-up.ts";
import type { Catalogue } from "./catch-up.ts";
import { openInbox } from "./inbox.ts";
import { watchLine } from "./line.ts";
import { listen } from "./socket.ts";
import type { StreamEvent } from "./socket.ts";

const CATCH_UP_EVERY_MS = 60_000;

/** One thing to listen for: the stream that tells it at once, and the list that has it all. */
export interface Lane extends Catalogue {
  readonly stream: "user" | "public";
  fromStream(event: StreamEvent): PostEvent | undefined;
}

export interface FeedOptions {
  readonly streamingUrl: string;
  readonly token: string;
  readonly clock: Clock;
}

/**
 * The stream makes it fast, the list makes it complete. What the stream says is passed on without moving the cursor; the
 * list is read at the start, whenever the socket falls or stands again, and every minute, and moves it. No list tells of a deletion:
 * what the stream has said is passed on before anything else, also when the feed ends.
 */
export function toFeed(lane: Lane, options: FeedOptions): Feed<PostEvent> {
  const { clock } = options;
  return async function* (cursor, signal) {
    const closing = new AbortController();
    const ending = AbortSignal.any([signal, closing.signal]);
    const inbox = openInbox<PostEvent>(clock);
    const line = watchLine();
    let isDue = true;
    ending.addEventListener("abort", () => inbox.wake(), { once: true });
    const catchUpNow = () => {
      isDue = true;
      inbox.wake();
    };
    const opened = (hangUp: () => void) => {
      line.opened(hangUp);
      catchUpNow();
    };
    const heard = (event: StreamEvent) => {
      line.heard();
      const told = lane.fromStream(event);
      if (told !== undefined) inbox.put(told);
    };
    const listening = listen({ ...options, stream: lane.stream }, { opened, heard, closed: catchUpNow }, ending);
    let reached = cursor;
    let dueMs = 0;
    try {
      for (;;) {
        if (reached !== undefined && inbox.hasAny()) yield { items: inbox.take(), cursor: reached };
        else if (signal.aborted) return;
        else if (isDue || clock.monotonicMs() >= dueMs) {
          const before = isDue ? undefined : reached;
          isDue = false;
          for await (const page of catchUp(lane, reached, clock, signal)) {
            reached = page.cursor;
            yield page;
          }
          line.read(before !== undefined && hasGrown(before, reached));
          dueMs = clock.monotonicMs() + CATCH_UP_EVERY_MS;
        } else await inbox.wait(dueMs - clock.monotonicMs());
      }
    } catch (error) {
      if (reached !== undefined && inbox.hasAny()) yield { items: inbox.take(), cursor: reached };
      if (!signal.aborted) throw error;
    } finally {
      closing.abort();
      await listening;
    }
  };
}
