import { z } from "zod";
import type { Clock } from "../../clock.ts";
import type { Journal } from "../../journal/journal.ts";
import { toAllowance, type Allowance } from "./allowance.ts";

const KEY = "budget/calls";
const HOUR_MS = 3_600_000;
/** What is drawn and not spent is lost in a crash: so little at first, and never more than this share of the bucket. */
const FIRST_DRAW = 4;
const MOST_DRAWN = 0.05;
/** A draw that lasts less is doubled, one that lasts six times as long halved: the journal is seldom written to. */
const DRAW_LASTS_MS = 10_000;

const Stored = z.object({
  /** How many calls the bucket lacked at `at`, as if all that was drawn then had been spent. */
  debt: z.number().nonnegative(),
  /** How many of them were drawn then: they may have been spent much later. */
  drawn: z.number().nonnegative(),
  at: z.iso.datetime(),
  limit: z.number().optional(),
  /** Calls made, by the hour since 1970: for people. */
  hours: z.record(z.string(), z.number()),
});

/**
 * The bucket of calls, kept in the journal. Calls are drawn in portions: first durable, then spent from memory, so that a
 * crash costs calls and never gives any back. Commands beside us draw from the same document.
 */
export interface Purse {
  readonly allowance: Allowance;
  /** Calls in the bucket now. Below 0 where the org has lowered its limit. */
  level(): number;
  /** Calls made in the last 24 hours. */
  used(): number;
  /** The org's limit, as it says. */
  learn(limit: number): void;
  /** Spends one call, if one is drawn. */
  spend(): boolean;
  /** Draws as much as is fitting; not twice at once, and only when all is spent. Throws as the journal does. */
  draw(): Promise<void>;
  /** Puts back what is drawn and not spent. */
  close(): Promise<void>;
}

export interface PurseOptions {
  readonly journal: Pick<Journal, "get" | "put">;
  readonly clock: Clock;
  /** Of the org's limit, above 0 and at most 1. */
  readonly share: number;
}

export async function openPurse({ journal, clock, share }: PurseOptions): Promise<Purse> {
  const hours = new Map<number, number>();
  let [allowance, limit]: [Allowance, number | undefined] = [toAllowance(undefined, share), undefined];
  let revision = 0;
  let [debt, settledMs] = [0, clock.monotonicMs()];
  let drawn = 0;
  let [drawSize, drawnAtMs] = [FIRST_DRAW / 2, clock.monotonicMs()];
  let hasDrawn = false;

  /** What is drawn stays owed however long it lies: it may be spent at any moment. */
  function settle(): void {
    const nowMs = clock.monotonicMs();
    debt = Math.max(drawn, debt - (nowMs - settledMs) * allowance.refillPerMs);
    settledMs = nowMs;
  }

  function level(): number {
    settle();
    return allowance.capacity - debt + drawn;
  }

  const toHour = (): number => Math.floor(Date.parse(clock.now()) / HOUR_MS);

  function learn(next: number): void {
    if (next === limit) return;
    settle();
    limit = next;
    allowance = toAllowance(next, share);
  }

  /** What passed between two runs is told by the wall clock only; one that was set back refills nothing. */
  async function read(): Promise<boolean> {
    const doc = await journal.get(KEY);
    if (doc === undefined) return true;
    const stored = Stored.parse(JSON.parse(doc.value));
    revision = doc.revision;
    if (limit === undefined && stored.limit !== undefined) learn(stored.limit);
    const sinceMs = Math.max(0, Date.parse(clock.now()) - Date.parse(stored.at));
    debt = Math.max(stored.drawn, stored.debt - sinceMs * allowance.refillPerMs);
    settledMs = clock.monotonicMs();
    for (const [hour, calls] of Object.entries(stored.hours)) {
      hours.set(Number(hour), Math.max(calls, hours.get(Number(hour)) ?? 0));
    }
    return true;
  }

  /** False: another process wrote meanwhile. */
  async function write(owed: number, portion: number): Promise<boolean> {
    for (const hour of hours.keys()) if (hour <= toHour() - 24) hours.delete(hour);
    const stored = { debt: owed, drawn: portion, at: clock.now(), limit, hours: Object.fromEntries(hours) };
    const written = await journal.put(KEY, JSON.stringify(stored), revision);
    revision = written ?? revision;
    return written !== undefined;
  }

  /** 0: the bucket holds no whole call. */
  function toPortion(): number {
    const lastedMs = clock.monotonicMs() - drawnAtMs;
    if (lastedMs < DRAW_LASTS_MS) drawSize *= 2;
    else if (lastedMs > 6 * DRAW_LASTS_MS) drawSize /= 2;
    drawSize = Math.max(FIRST_DRAW, Math.min(drawSize, Math.floor(allowance.capacity * MOST_DRAWN)));
    return Math.min(drawSize, Math.floor(level()));
  }

  await read();
  return {
    get allowance() {
      return allowance;
    },
    level,
    used: () => [...hours].filter(([hour]) => hour > toHour() - 24).reduce((sum, [, calls]) => sum + calls, 0),
    learn,
    spend() {
      if (drawn < 1) return false;
      settle();
      drawn -= 1;
      hours.set(toHour(), (hours.get(toHour()) ?? 0) + 1);
      return true;
    },
    async draw() {
      let portion: number;
      do {
        portion = toPortion();
        if (portion < 1) return;
      } while (!(await write(debt + portion, portion)) && (await read()));
      settle();
      debt += portion;
      drawn = portion;
      drawnAtMs = settledMs;
      hasDrawn = true;
    },
    async close() {
      if (!hasDrawn) return;
      settle();
      await write(debt - drawn, 0);
      drawn = 0;
    },
  };
}
