import type { Clock } from "../clock.ts";
import { PARTITIONS } from "../model/partition.ts";
import type { Journal } from "./journal.ts";
import { toAddress } from "./postgres/address.ts";
import { hangBell } from "./postgres/bell.ts";
import { toDocuments } from "./postgres/documents.ts";
import { foundJournal } from "./postgres/found.ts";
import { toLog } from "./postgres/log.ts";
import { toServer } from "./postgres/server.ts";
import type { Server } from "./postgres/server.ts";
import { toSince } from "./postgres/since.ts";
import { toTail } from "./postgres/tail.ts";
import { toTrim } from "./postgres/trim.ts";
import { watchClock } from "./postgres/watch.ts";

export interface PostgresJournalOptions {
  /** `postgres://user:password@host:5432,host2/database?schema=earshot&sslmode=verify-full`: see `toAddress`. */
  readonly url: string;
  /** Stands in where the URL has none. */
  readonly password?: string | undefined;
  readonly clock: Clock;
  /** For a journal that is made now. */
  readonly partitions?: number;
  /** A command beside the connectors: makes no journal where there is none, and is heard of by the others within a second. */
  readonly visitor?: boolean;
  /** Told after every append how long it took to be durable. */
  readonly onAppend?: (seconds: number) => void;
  /** Told when no server takes writes, as a sentence without the password, and when one does again. */
  readonly onTrouble?: (trouble: string | undefined) => void;
}

/**
 * The journal in a PostgreSQL database, for several connectors at once. Every write is committed, and on the synchronous standby
 * where there is one, before its promise resolves. Throws `Misconfigured` where the place is wrong, refused or another program's,
 * `Unavailable` where no server can be reached or takes writes now.
 */
export async function openPostgresJournal(options: PostgresJournalOptions): Promise<Journal> {
  const { clock, visitor = false, onTrouble } = options;
  const address = toAddress(options.url, options.password);
  const server = toServer({ address, clock, onTrouble });
  try {
    const { schema } = address;
    const partitions = await foundJournal(server, { schema, partitions: options.partitions ?? PARTITIONS, visitor });
    return join(server, { ...options, visitor, schema, partitions });
  } catch (error) {
    await server.close();
    throw error;
  }
}

type Parts = Pick<PostgresJournalOptions, "clock" | "onAppend"> & {
  readonly schema: string;
  readonly partitions: number;
  readonly visitor: boolean;
};

function join(server: Server, { clock, onAppend, schema, partitions, visitor }: Parts): Journal {
  const tail = toTail(server, schema);
  const bell = visitor ? undefined : hangBell({ server, schema, clock, onNews: tail.wake, onDoubt: tail.wakeAll });
  const onAppended: typeof tail.wake = (log, news) => {
    tail.wake(log, news);
    bell?.ring(log, news);
  };
  const { close: closeLog, ...log } = toLog({ server, schema, clock, partitions, onAppended, onAppend });
  const { close: closeDocuments, ...documents } = toDocuments(server, schema);
  const watch = watchClock(clock, tail.wakeAll);

  async function close(): Promise<void> {
    watch.close();
    await Promise.all([closeLog(), closeDocuments(), tail.close()]);
    await bell?.close();
    await server.close();
  }

  let closing: Promise<void> | undefined;
  return {
    partitions,
    isShared: true,
    ...log,
    ...documents,
    ...toSince(server, schema),
    ...toTrim(server, schema),
    tail: tail.pages,
    [Symbol.asyncDispose]: () => (closing ??= close()),
  };
}
