import type { Client, ClientBase } from "pg";
import { z } from "zod";
import type { Clock } from "../../clock.ts";
import { Unavailable } from "../../errors.ts";
import type { Address } from "./address.ts";
import { isLost, isReadOnly, isUndone, toJournalError } from "./failure.ts";
import { toLines } from "./lines.ts";

/** For so long a write is repeated whose answer was lost: a fail-over takes some ten seconds. */
const INSIST_MS = 15_000;
const INSIST_EVERY_MS = 250;

/** A statement: `name` is its own, so that the server plans it once per connection. */
export interface Query<Row> {
  readonly name?: string;
  readonly text: string;
  readonly row: z.ZodType<Row>;
}

/** The database, wherever its primary is just now. Calls reject with one of the fates. */
export interface Server {
  readonly label: string;
  /** Repeated once, at once, when the connection broke: only for what is safe to repeat. */
  ask<Row>(query: Query<Row>, values: readonly unknown[]): Promise<readonly Row[]>;
  /** Repeated for some seconds where its connection broke and nobody knows whether it was done. */
  insist<Row>(query: Query<Row>, values: readonly unknown[]): Promise<readonly Row[]>;
  /** A connection of its own, which the caller ends. */
  connect(): Promise<Client>;
  /** Several statements on one connection. Never repeated. */
  withClient<T>(use: (client: ClientBase) => Promise<T>): Promise<T>;
  /** Refuses further calls, and resolves when those under way have ended. Safe to repeat. */
  close(): Promise<void>;
}

export interface ServerOptions {
  readonly address: Address;
  readonly clock: Clock;
  /** Told when no server can be reached that takes writes, as a sentence, and when there is one again. */
  readonly onTrouble?: ((trouble: string | undefined) => void) | undefined;
}

/** Nothing is connected until the first call. */
export function toServer(options: ServerOptions): Server {
  const { address, clock } = options;
  const { label } = address;
  const lines = toLines(options);

  async function run<Row>({ row, ...query }: Query<Row>, values: readonly unknown[]): Promise<readonly Row[]> {
    const { rows } = await lines.use((client) => client.query({ ...query, values: [...values] }));
    return z.array(row).parse(rows);
  }

  return {
    label,
    ask: async (query, values) => {
      try {
        return await run(query, values).catch((error: unknown) => {
          if (isRepeatable(error)) return run(query, values);
          throw error;
        });
      } catch (error) {
        throw toJournalError(error, label);
      }
    },
    insist: async (query, values) => {
      let givesUpMs: number | undefined;
      for (let isFirst = true; ; isFirst = false) {
        try {
          return await run(query, values);
        } catch (error) {
          if (isLost(error)) givesUpMs ??= clock.monotonicMs() + INSIST_MS;
          const fate = toJournalError(error, label);
          const isOver = givesUpMs === undefined ? !(isFirst && isRepeatable(error)) : clock.monotonicMs() >= givesUpMs;
          if (isOver || !(fate instanceof Unavailable)) throw fate;
        }
        if (!isFirst) await clock.sleep(INSIST_EVERY_MS, lines.closing);
      }
    },
    connect: lines.connect,
    withClient: (use) =>
      lines.use(use).catch((error: unknown) => {
        throw toJournalError(error, label);
      }),
    close: lines.close,
  };
}

/** May the same go well at once, on a new connection or this one? */
function isRepeatable(error: unknown): boolean {
  return isLost(error) || isReadOnly(error) || isUndone(error);
}
