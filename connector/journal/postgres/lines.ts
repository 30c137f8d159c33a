import pg from "pg";
import { Unavailable } from "../../errors.ts";
import type { Address, Host } from "./address.ts";
import { Closed, isFull, isLost, isReadOnly, toJournalError } from "./failure.ts";
import { findPrimary } from "./primary.ts";
import { beginSession, toClientConfig } from "./session.ts";
import { toSlots } from "./slots.ts";

/** As many calls are under way at once; most are gathered, so few suffice. */
const MOST_CONNECTIONS = 8;

/** Connections to the primary, found anew whenever one is lost. */
export interface Lines {
  /** Rejects with a fate where no connection was to be had, and nothing was asked; else as `use` did. */
  use<T>(use: (client: pg.ClientBase) => Promise<T>): Promise<T>;
  /** A connection of its own, which the caller ends. */
  readonly connect: () => Promise<pg.Client>;
  /** Aborted when closing begins. */
  readonly closing: AbortSignal;
  /** Resolves when all that was under way has ended. Safe to repeat. */
  readonly close: () => Promise<void>;
}

export interface LinesOptions {
  readonly address: Address;
  readonly onTrouble?: ((trouble: string | undefined) => void) | undefined;
}

interface Primary {
  readonly host: Host;
  readonly pool: pg.Pool;
}

export function toLines({ address, onTrouble }: LinesOptions): Lines {
  const { label } = address;
  // The pool itself would give up waiting for a free connection, and lose those who wait when it ends.
  const slots = toSlots(MOST_CONNECTIONS);
  const stop = new AbortController();
  const leaving = new Set<Promise<void>>();
  let current: Promise<Primary> | undefined;
  let trouble: string | undefined;

  function tell(now: string | undefined): void {
    if (now !== trouble) onTrouble?.(now);
    trouble = now;
  }

  async function find(): Promise<Primary> {
    try {
      const host = await findPrimary(address);
      tell(undefined);
      return { host, pool: toPool(address, host) };
    } catch (error) {
      if (error instanceof Unavailable) tell(error.message);
      throw error;
    }
  }

  /** What is under way on its other connections ends by itself. */
  function forget(lost: Promise<Primary>): void {
    if (current !== lost) return;
    current = undefined;
    leave(lost);
  }

  function leave(left: Promise<Primary>): void {
    const ended = left.then(({ pool }) => pool.end()).catch(() => undefined);
    leaving.add(ended);
    void ended.then(() => leaving.delete(ended));
  }

  /** The primary as last known may be one no more: then it is looked for once. */
  async function reach<T>(connect: (primary: Primary) => Promise<T>): Promise<readonly [T, Promise<Primary>]> {
    for (let isKnown = current !== undefined; ; isKnown = false) {
      if (stop.signal.aborted) throw new Closed();
      const primary = (current ??= find());
      try {
        return [await connect(await primary), primary];
      } catch (error) {
        if (!isFull(error)) forget(primary);
        if (!isKnown || isFull(error)) throw toJournalError(error, label);
      }
    }
  }

  async function useOne<T>(use: (client: pg.ClientBase) => Promise<T>): Promise<T> {
    const [client, primary] = await reach(({ pool }) => pool.connect());
    try {
      const result = await use(client);
      client.release();
      return result;
    } catch (error) {
      const isOver = isLost(error) || isReadOnly(error);
      client.release(isOver);
      if (isOver) forget(primary);
      throw error;
    }
  }

  return {
    use: (use) => slots(() => useOne(use)),
    connect: async () => (await reach(({ host }) => connectTo(address, host)))[0],
    closing: stop.signal,
    close: async () => {
      stop.abort();
      if (current !== undefined) forget(current);
      await Promise.all(leaving);
    },
  };
}

function toPool(address: Address, host: Host): pg.Pool {
  const pool = new pg.Pool({
    ...toClientConfig(address, host),
    max: MOST_CONNECTIONS,
    idleTimeoutMillis: 60_000,
    // It waits for what this returns, and takes a rejection for a connection that failed.
    onConnect: (client): unknown => beginPrimary(client, address),
  });
  pool.on("error", () => undefined);
  return pool;
}

async function connectTo(address: Address, host: Host): Promise<pg.Client> {
  const client = new pg.Client(toClientConfig(address, host));
  try {
    await client.connect();
    await beginPrimary(client, address);
    return client;
  } catch (error) {
    void client.end().catch(() => undefined);
    throw error;
  }
}

/** What breaks while nobody asks is noticed by who asks next. */
async function beginPrimary(client: pg.ClientBase, { label }: Address): Promise<void> {
  client.on("error", () => undefined);
  const { isPrimary } = await beginSession(client, label);
  if (!isPrimary) throw new Unavailable(`The journal's database ${label} takes no writes now.`);
}
