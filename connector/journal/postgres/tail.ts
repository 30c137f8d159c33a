import { z } from "zod";
import type { Entry, Journal, LogName } from "../journal.ts";
import { gather } from "./gather.ts";
import { entrySchema, ENTRY_COLUMNS } from "./log.ts";
import { quote } from "./schema.ts";
import type { Query, Server } from "./server.ts";

export interface Tail {
  readonly pages: Journal["tail"];
  /** Wakes who waits for news of these partitions. */
  readonly wake: (log: LogName, partitions: ReadonlySet<number>) => void;
  /** Wakes all: they look together, in one query. */
  readonly wakeAll: () => void;
  /** Ends every tail, and resolves when none reads any more. */
  readonly close: () => Promise<void>;
}

interface Place {
  readonly log: LogName;
  readonly partition: number;
  readonly seq: number;
  readonly max: number;
}

interface Waiter {
  readonly log: LogName;
  readonly partition: number;
  readonly wake: () => void;
}

interface News {
  /** Resolves when there may be some, or when it is of no use to wait. */
  readonly come: Promise<void>;
  readonly forget: () => void;
}

/** As many entries are read at once, for one tail or many. */
const MOST_ENTRIES = 5000;

/**
 * Reading partitions and waiting for more. The seqs of a partition are committed in their order (see `append`), so whoever has
 * read one has read all before it.
 */
export function toTail(server: Server, schema: string): Tail {
  const waiters = new Set<Waiter>();
  let closed = false;
  const query = toQuery(quote(schema));
  const reads = gather<Place, readonly Entry[]>({
    weigh: ({ max }) => max,
    most: MOST_ENTRIES,
    run: async (places) => {
      const rows = await server.ask(query, [
        places.map(({ log }) => log),
        places.map(({ partition }) => partition),
        places.map(({ seq }) => seq),
        places.map(({ max }) => max),
      ]);
      const pages = Map.groupBy(rows, ({ reader }) => reader);
      return places.map((_, index) =>
        (pages.get(index + 1) ?? []).map(({ entry }) => entry).sort((a, b) => a.seq - b.seq),
      );
    },
  });

  async function* follow({ log, partition, seq, max }: Place, signal: AbortSignal): AsyncGenerator<readonly Entry[]> {
    let passed = seq;
    while (!closed && !signal.aborted) {
      const news = expectNews(log, partition, signal);
      try {
        const page = await reads.ask({ log, partition, seq: passed, max });
        passed = page.at(-1)?.seq ?? passed;
        if (page.length > 0) yield page;
        else await news.come;
      } finally {
        news.forget();
      }
    }
  }

  /** From now on, so that nothing is missed that comes while the partition is read. */
  function expectNews(log: LogName, partition: number, signal: AbortSignal): News {
    let wake: () => void = () => undefined;
    const come = new Promise<void>((resolve) => (wake = resolve));
    const waiter: Waiter = { log, partition, wake };
    waiters.add(waiter);
    signal.addEventListener("abort", wake);
    return {
      come,
      forget: () => {
        waiters.delete(waiter);
        signal.removeEventListener("abort", wake);
      },
    };
  }

  function wakeAll(): void {
    for (const waiter of waiters) waiter.wake();
  }

  return {
    pages: (log, partition, seq, max, signal) => follow({ log, partition, seq, max }, signal),
    wake: (log, partitions) => {
      for (const waiter of waiters) if (waiter.log === log && partitions.has(waiter.partition)) waiter.wake();
    },
    wakeAll,
    close: async () => {
      closed = true;
      wakeAll();
      await reads.close();
    },
  };
}

function toQuery(s: string) {
  return {
    name: "tail",
    text: `
      SELECT t.reader, e.* FROM unnest($1::text[], $2::integer[], $3::bigint[], $4::integer[]) WITH ORDINALITY
        AS t (log, partition, seq, max, reader)
      CROSS JOIN LATERAL (
        SELECT ${ENTRY_COLUMNS} FROM ${s}.entry AS e
        WHERE e.log = t.log AND e.partition = t.partition AND e.seq > t.seq ORDER BY e.seq LIMIT t.max
      ) AS e`,
    row: entrySchema.extend({ reader: z.coerce.number() }).transform(({ reader, ...entry }) => ({ reader, entry })),
  } satisfies Query<{ reader: number; entry: Entry }>;
}
