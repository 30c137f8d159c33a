import type { Actor } from "../access.ts";
import type { ObjectType } from "../schema.ts";
import type { Database } from "../store/database.ts";
import { BusRefusal } from "./bus-refusal.ts";
import type { EventLog } from "./event-log.ts";
import type { FetchRequest, FetchResponse } from "./messages.ts";
import { openSubscription } from "./subscription.ts";
import { toTopics, type Topics } from "./topics.ts";
import type { Usage } from "../usage.ts";

/** Where a stream's answers go. */
export interface Outlet {
  readonly send: (response: FetchResponse) => void;
  /** Ends it. */
  refuse(refusal: BusRefusal): void;
}

export interface Stream {
  request(request: FetchRequest): void;
  close(): void;
}

/** The open streams, whatever carries them. */
export interface EventBus {
  readonly topics: Topics;
  /** Who a token is. */
  readonly actor: (token: string) => Actor | undefined;
  open(token: string, outlet: Outlet): Stream;
  readonly streams: number;
  /** Every stream says that all is well. */
  keepAlive(): void;
  /** Looks whether those who listen still may. */
  readonly check: () => void;
  /** Ends every stream with this. */
  end(refusal: BusRefusal): void;
  /** Streams stay open and say nothing more, until they may again. */
  mute(silent: boolean): void;
}

interface BusParts {
  readonly database: Database;
  readonly log: EventLog;
  readonly objects: ReadonlySet<ObjectType>;
  readonly actor: (token: string) => Actor | undefined;
  readonly deliveries: Usage;
}

type Act = "pump" | "keepAlive" | "check";

interface Open {
  readonly turn: (act: Act) => void;
  readonly refuse: (refusal: BusRefusal) => void;
}

export function openEventBus({ database, log, objects, actor, deliveries }: BusParts): EventBus {
  const topics = toTopics(objects);
  const streams = new Set<Open>();
  let muted = false;
  const allocation = {
    left: () => deliveries.max - deliveries.used(),
    take: (events: number) => {
      for (let n = 0; n < events; n += 1) deliveries.count("event", true);
    },
  };

  function turn(act: Act): void {
    if (!muted || act === "check") for (const stream of [...streams]) stream.turn(act);
  }

  // Later than the answer to the call that wrote: a subscriber is never told within it.
  database.onCommit(() => {
    if (streams.size > 0) setImmediate(turn, "pump");
  });

  return {
    topics,
    actor,
    open: (token, outlet) => {
      const subscription = openSubscription({ log, topics, actor: () => actor(token), allocation, send: outlet.send });
      const guarded = (work: () => void): void => {
        try {
          if (streams.has(self)) work();
        } catch (error) {
          self.refuse(error instanceof BusRefusal ? error : toInternal(error));
        }
      };
      const self: Open = {
        turn: (act) => guarded(() => subscription[act]()),
        refuse: (refusal) => {
          if (streams.delete(self)) outlet.refuse(refusal);
        },
      };
      streams.add(self);
      return {
        request: (request) => guarded(() => subscription.request(request)),
        close: () => void streams.delete(self),
      };
    },
    get streams() {
      return streams.size;
    },
    keepAlive: () => turn("keepAlive"),
    check: () => turn("check"),
    end: (refusal) => {
      for (const stream of [...streams]) stream.refuse(refusal);
    },
    mute: (silent) => {
      muted = silent;
      turn("pump");
    },
  };
}

function toInternal(error: unknown): BusRefusal {
  const reason = error instanceof Error ? error.message : String(error);
  return new BusRefusal("INTERNAL", "subscription.internal.error", reason);
}
