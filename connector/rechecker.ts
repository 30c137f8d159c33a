import { z } from "zod";
import { Misconfigured } from "./errors.ts";
import { untilAvailable } from "./flow/retry.ts";
import type { Journal } from "./journal/journal.ts";
import type { IsoTime, Key } from "./model/glossary.ts";
import { findFrom, findNewest } from "./rechecker/held.ts";
import { recheckAll } from "./rechecker/round.ts";
import type { RoundOptions } from "./rechecker/round.ts";
import type { Source } from "./sources/source.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** How many posts are read again after a gap, and how many in a night. */
const MOST_NEWEST = 2000;
const MOST_NIGHTLY = 5000;

/** The nightly round of an account: when it was last made, and where in the journal it goes on. */
const nightSchema = z.object({ madeAt: z.string(), from: z.string() });
type Night = Readonly<z.infer<typeof nightSchema>>;

/** Reads posts again that were edited or deleted while nobody listened. */
export interface Rechecker {
  /** A gap of this account has closed: its newest posts are due. */
  due(account: Key): void;
  /**
   * Until aborted: reads this account's newest posts again at the start and whenever they are due, and each day some of all
   * that the journal holds. What the network cannot tell now is waited for. A round that a crash cut short is made again.
   */
  run(source: Source, signal: AbortSignal): Promise<void>;
}

export interface RecheckerOptions extends RoundOptions {
  readonly retentionDays: number;
  readonly onBug?: (error: unknown) => void;
}

export function openRechecker(options: RecheckerOptions): Rechecker {
  const { journal, clock } = options;
  const bells = new Map<Key, AbortController>();
  const dueNow = new Set<Key>();

  async function checkNewest(source: Source, signal: AbortSignal): Promise<void> {
    const account = source.account.key;
    dueNow.delete(account);
    await noteDue(journal, account, clock.now());
    const posts = await findNewest(journal, { account, now: clock.now(), most: MOST_NEWEST });
    await recheckAll(options, { source, posts }, signal);
    if (!signal.aborted) await noteDone(journal, account);
  }

  async function checkOldest(source: Source, signal: AbortSignal): Promise<void> {
    const account = source.account.key;
    const { madeAt, from } = (await readNight(journal, account)) ?? { madeAt: "", from: "" };
    if (madeAt !== "" && toMs(clock.now()) - toMs(madeAt) < DAY_MS) return;
    const oldest = new Date(toMs(clock.now()) - options.retentionDays * DAY_MS).toISOString();
    const begin = from > oldest ? from : oldest;
    // The first start has nothing old to read.
    const { posts, until } =
      madeAt === "" ? { posts: [] } : await findFrom(journal, { account, from: begin, most: MOST_NIGHTLY });
    await recheckAll(options, { source, posts }, signal);
    if (!signal.aborted) await writeNight(journal, account, { madeAt: clock.now(), from: toNext(begin, until) });
  }

  /** Whatever a network's answer breaks, hearing goes on. What was due stays so for the next start. */
  async function guard(round: () => Promise<void>, signal: AbortSignal): Promise<void> {
    try {
      await untilAvailable(clock, signal, round, options.onWait);
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof Misconfigured) throw error;
      options.onBug?.(error);
    }
  }

  async function untilDue(account: Key, signal: AbortSignal): Promise<void> {
    const bell = new AbortController();
    bells.set(account, bell);
    if (!dueNow.has(account)) await clock.sleep(HOUR_MS, AbortSignal.any([signal, bell.signal]));
  }

  return {
    due(account) {
      dueNow.add(account);
      bells.get(account)?.abort();
    },
    async run(source, signal) {
      if (source.recheck === undefined) return;
      const { key } = source.account;
      dueNow.add(key);
      while (!signal.aborted) {
        if (dueNow.has(key)) await guard(() => checkNewest(source, signal), signal);
        await guard(() => checkOldest(source, signal), signal);
        await untilDue(key, signal);
      }
    },
  };
}

/** Where the next night begins: not with the same posts, and from the oldest again when all are through. */
function toNext(begin: IsoTime, until: IsoTime | undefined): IsoTime {
  if (until === undefined) return "";
  return until > begin ? until : new Date(toMs(begin) + 1).toISOString();
}

async function noteDue(journal: Journal, account: Key, now: IsoTime): Promise<void> {
  await journal.put(`recheck/${account}`, now, 0);
}

async function noteDone(journal: Journal, account: Key): Promise<void> {
  const due = await journal.get(`recheck/${account}`);
  if (due !== undefined) await journal.remove(due.key, due.revision);
}

async function readNight(journal: Journal, account: Key): Promise<Night | undefined> {
  const found = await journal.get(`rechecked/${account}`);
  return found && nightSchema.parse(JSON.parse(found.value));
}

async function writeNight(journal: Journal, account: Key, night: Night): Promise<void> {
  const key = `rechecked/${account}`;
  await journal.put(key, JSON.stringify(night), (await journal.get(key))?.revision ?? 0);
}

const toMs = Date.parse;
