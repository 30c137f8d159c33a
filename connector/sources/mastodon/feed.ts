import type { Clock } from "../../clock.ts";
import type { Feed } from "../../flow/feed.ts";
import type { PostEvent } from "../../model/post.ts";
import { catchUp } from "./catch-up.ts";
import type { Catalogue } from "./catch-up.ts";
import { openInbox } from "./inbox.ts";
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
 * list is read at the start, whenever the socket stands again, and every minute, and moves it.
 */
export function toFeed(lane: Lane, options: FeedOptions): Feed<PostEvent> {
  const { clock } = options;
  return async function* (cursor, signal) {
    const closing = new AbortController();
    const ending = AbortSignal.any([signal, closing.signal]);
    const inbox = openInbox<PostEvent>(clock);
    let isDue = true;
    const catchUpSoon = () => {
      isDue = true;
      inbox.wake();
    };
    ending.addEventListener("abort", () => inbox.wake(), { once: true });
    const heard = (event: StreamEvent) => {
      const told = lane.fromStream(event);
      if (told !== undefined) inbox.put(told);
    };
    const listening = listen({ ...options, stream: lane.stream }, { opened: catchUpSoon, heard }, ending);
    try {
      let reached = cursor;
      let dueMs = 0;
      while (!signal.aborted) {
        if (isDue || reached === undefined || clock.monotonicMs() >= dueMs) {
          isDue = false;
          for await (const page of catchUp(lane, reached, clock, signal)) {
            reached = page.cursor;
            yield page;
          }
          dueMs = clock.monotonicMs() + CATCH_UP_EVERY_MS;
        } else {
          const items = inbox.take();
          if (items.length > 0) yield { items, cursor: reached };
          else await inbox.wait(dueMs - clock.monotonicMs());
        }
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      closing.abort();
      await listening;
    }
  };
}
