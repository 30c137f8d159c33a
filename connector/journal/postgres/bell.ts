import { randomUUID } from "node:crypto";
import type { Client, Notification } from "pg";
import { z } from "zod";
import type { Clock } from "../../clock.ts";
import type { LogName } from "../journal.ts";
import type { Server } from "./server.ts";

/** Notifying takes a lock that commits of the whole database cluster wait for: so news are told together. */
const NOTIFY_EVERY_MS = 25;
const CONNECT_EVERY_MS = 1000;
/** A notification holds 8000 bytes at most. */
const MOST_CHARACTERS = 7900;

const newsSchema = z.object({
  /** Who tells it. */
  from: z.string(),
  /** Empty: there was too much to tell; look everywhere. */
  news: z.array(z.tuple([z.enum(["posts", "replies", "changes", "decisions"]), z.array(z.number())])),
});

type News = z.infer<typeof newsSchema>["news"];

export interface Bell {
  /** Tells the other connectors, soon. */
  ring(log: LogName, partitions: ReadonlySet<number>): void;
  close(): Promise<void>;
}

export interface BellOptions {
  readonly server: Server;
  readonly schema: string;
  readonly clock: Clock;
  /** Another connector has appended there. */
  readonly onNews: (log: LogName, partitions: ReadonlySet<number>) => void;
  /** News may have been missed. */
  readonly onDoubt: () => void;
}

/** News between the connectors on one journal, on a connection of its own. It may fail: everybody also looks each second. */
export function hangBell({ server, schema, clock, onNews, onDoubt }: BellOptions): Bell {
  const channel = `earshot/${schema}`;
  const ownId = randomUUID();
  const stop = new AbortController();
  const pending = new Map<LogName, Set<number>>();
  let line: Client | undefined;
  let telling: Promise<void> | undefined;

  function hear({ payload = "" }: Notification): void {
    const heard = newsSchema.safeParse(parseJson(payload));
    if (!heard.success) onDoubt();
    else if (heard.data.from !== ownId) {
      if (heard.data.news.length === 0) onDoubt();
      for (const [log, partitions] of heard.data.news) onNews(log, new Set(partitions));
    }
  }

  async function listen(): Promise<void> {
    const client = await server.connect();
    const ended = new Promise<void>((resolve) => client.once("end", () => resolve()));
    const hangUp = (): void => void client.end().catch(() => undefined);
    stop.signal.addEventListener("abort", hangUp);
    try {
      client.on("notification", hear);
      // Who loses a notification in a crash looks within a second.
      await client.query("SET synchronous_commit = off");
      await client.query(`LISTEN ${client.escapeIdentifier(channel)}`);
      onDoubt();
      line = client;
      if (stop.signal.aborted) hangUp();
      await ended;
    } finally {
      line = undefined;
      stop.signal.removeEventListener("abort", hangUp);
      hangUp();
    }
  }

  async function keepListening(): Promise<void> {
    while (!stop.signal.aborted) {
      // Who asks something meanwhile is told what is wrong.
      await listen().catch(() => undefined);
      await clock.sleep(CONNECT_EVERY_MS, stop.signal);
    }
  }

  async function tell(): Promise<void> {
    while (pending.size > 0 && !stop.signal.aborted) {
      const news = [...pending].map(([log, partitions]) => [log, [...partitions]] as const);
      pending.clear();
      await line?.query("SELECT pg_notify($1, $2)", [channel, toPayload(ownId, news)]).catch(() => undefined);
      await clock.sleep(NOTIFY_EVERY_MS, stop.signal);
    }
    telling = undefined;
  }

  const listening = keepListening();
  return {
    ring: (log, partitions) => {
      pending.set(log, (pending.get(log) ?? new Set()).union(partitions));
      telling ??= tell();
    },
    close: async () => {
      stop.abort();
      await Promise.all([listening, telling]);
    },
  };
}

function toPayload(from: string, news: readonly (readonly [LogName, readonly number[]])[]): string {
  const all = JSON.stringify({ from, news });
  return all.length <= MOST_CHARACTERS ? all : JSON.stringify({ from, news: [] satisfies News });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
