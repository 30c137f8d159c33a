import type { Clock } from "../../clock.ts";
import type { Feed } from "../../flow/feed.ts";
import type { PostEvent } from "../../model/post.ts";
import type { Token } from "../token.ts";
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
  readonly token: Pick<Token, "current">;
  readonly clock: Clock;
}

/** Without its stream a feed hears all by its list, but late, and hears of no deletion: those are found by reading again. */
const DROPPED = {
  cause: "stream dropped",
  detail: "The network's live stream is down: posts are asked for every minute until it stands again.",
} as const;

/**
 * The stream makes it fast, the list makes it complete. What the stream says is passed on without moving the cursor; the
 * list is read at the start, whenever the socket falls or stands again, and every minute, and moves it. No list tells of a deletion:
 * what the stream has said is passed on before anything else, also when the feed ends. `interrupted`: while no socket stands.
 */
export function toFeed(lane: Lane, options: FeedOptions): Feed<PostEvent> {
  const { clock } = options;
  return async function* (cursor, signal) {
    const closing = new AbortController();
    const { inbox, line, due, listening } = openEar(lane, options, AbortSignal.any([signal, closing.signal]));
    let reached = cursor;
    let dueMs = 0;
    let toldOfFall = 0;
    try {
      for (;;) {
        if (reached !== undefined && inbox.hasAny()) yield { items: inbox.take(), cursor: reached };
        else if (signal.aborted) return;
        else if (reached !== undefined && line.isDown() && toldOfFall !== line.falls()) {
          toldOfFall = line.falls();
          yield { items: [], cursor: reached, interrupted: DROPPED };
        } else if (due.now || clock.monotonicMs() >= dueMs) {
          const before = due.now ? undefined : reached;
          const falls = line.isDown() ? undefined : line.falls();
          due.now = false;
          for await (const page of catchUp(lane, reached, clock, signal)) {
            reached = page.cursor;
            yield line.falls() === falls ? page : { ...page, interrupted: DROPPED };
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

/** Listens to the stream until aborted. `due.now`: the socket fell or stands again, so the list has to be read. */
function openEar(lane: Lane, options: FeedOptions, ending: AbortSignal) {
  const inbox = openInbox<PostEvent>(options.clock);
  const line = watchLine();
  const due = { now: true };
  ending.addEventListener("abort", () => inbox.wake(), { once: true });
  const change = (isDue: boolean) => {
    due.now ||= isDue;
    inbox.wake();
  };
  const listener = {
    opened: (hangUp: () => void) => {
      line.opened(hangUp);
      change(true);
    },
    closed: (stood: boolean) => {
      line.closed();
      change(stood);
    },
    heard: (event: StreamEvent) => {
      line.heard();
      const told = lane.fromStream(event);
      if (told !== undefined) inbox.put(told);
    },
  };
  const listening = listen({ ...options, stream: lane.stream }, listener, ending);
  return { inbox, line, due, listening };
}
