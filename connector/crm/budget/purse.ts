import { randomUUID } from "node:crypto";
import type { Clock } from "../../clock.ts";
import type { Journal } from "../../journal/journal.ts";
import { toAllowance, type Allowance } from "./allowance.ts";
import { parseStored, toDrawn, toOthers, toRefill, type Holders, type Stored } from "./stored.ts";

const KEY = "budget/calls";
const HOUR_MS = 3_600_000;
/** What is drawn and not spent is lost in a crash: so little at first, and all holders together at most this share of the bucket. */
const FIRST_DRAW = 4;
const MOST_DRAWN = 0.05;
/** A draw that lasts less is doubled, one that lasts six times as long halved: the journal is seldom written to. */
const DRAW_LASTS_MS = 10_000;
/** What is not spent by then is given back: the others believe that its holder is dead when it is twice as old. */
const DRAW_HOLDS_MS = HOUR_MS;

/**
 * The bucket of calls, kept in the journal, where any number of connectors draw from it. Calls are drawn in portions: first
 * durable, then spent from memory, so that a crash costs calls and never gives any back. What anybody has drawn and not spent
 * stays owed: so in any 24 hours all together spend at most one full bucket and one day's refill.
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
  const ours = randomUUID();
  let [allowance, limit]: [Allowance, number | undefined] = [toAllowance(undefined, share), undefined];
  let [revision, storedLimit, lookedMs]: [number, number | undefined, number] = [0, undefined, -Infinity];
  let hours: Stored["hours"] = {};
  /** Calls made that the document does not tell yet. */
  const made = new Map<string, number>();
  let others: Holders = {};
  let [debt, untilMs, settledMs] = [0, Date.parse(clock.now()), clock.monotonicMs()];
  let [drawn, drawSize, drawnAtMs] = [0, FIRST_DRAW / 2, clock.monotonicMs()];
  let isHolder = false;

  /** What is drawn stays owed however long it lies: it may be spent at any moment. */
  function settle(): void {
    const passedMs = clock.monotonicMs() - settledMs;
    if (passedMs === 0) return;
    settledMs += passedMs;
    untilMs += passedMs;
    others = toOthers(others, ours, untilMs);
    debt = Math.max(drawn + toDrawn(others), debt - passedMs * allowance.refillPerMs);
  }

  function level(): number {
    settle();
    return allowance.capacity - debt + drawn;
  }

  const toHour = (): number => Math.floor(Date.parse(clock.now()) / HOUR_MS);

  function toHours(): Stored["hours"] {
    const all = new Map(Object.entries(hours));
    for (const [hour, calls] of made) all.set(hour, (all.get(hour) ?? 0) + calls);
    return Object.fromEntries([...all].filter(([hour]) => Number(hour) > toHour() - 24));
  }

  function learn(next: number): void {
    if (next === limit) return;
    settle();
    limit = next;
    allowance = toAllowance(next, share);
  }

  /** What passed before we first looked is told by the wall clock only; one that was set back refills nothing. */
  async function read(): Promise<void> {
    const askedMs = clock.monotonicMs();
    const doc = await journal.get(KEY);
    if (doc === undefined) return;
    const stored = parseStored(doc.value);
    if (stored.limit !== undefined && stored.limit !== storedLimit) learn(stored.limit);
    settle();
    const looked = { atMs: Date.parse(stored.at), nowMs: Date.parse(clock.now()), agoMs: settledMs - lookedMs };
    const refill = toRefill(looked);
    [revision, storedLimit, lookedMs, hours, untilMs] = [
      doc.revision,
      stored.limit,
      askedMs,
      stored.hours,
      refill.untilMs,
    ];
    others = toOthers(stored.holders, ours, untilMs);
    drawn = Math.min(drawn, stored.holders[ours]?.drawn ?? 0);
    debt = Math.max(drawn + toDrawn(others), stored.debt - refill.refillMs * allowance.refillPerMs);
  }

  /** False: another holder wrote meanwhile. */
  async function write(owed: number, portion: number): Promise<boolean> {
    const at = new Date(untilMs).toISOString();
    const [askedMs, told] = [clock.monotonicMs(), new Map(made)];
    const holders = portion > 0 ? { ...others, [ours]: { drawn: portion, at } } : others;
    const stored: Stored = { debt: owed, holders, at, limit, hours: toHours() };
    const written = await journal.put(KEY, JSON.stringify(stored), revision);
    if (written === undefined) return false;
    [revision, storedLimit, lookedMs, hours] = [written, stored.limit, askedMs, stored.hours];
    for (const [hour, calls] of told) made.set(hour, (made.get(hour) ?? 0) - calls);
    return true;
  }

  /** The more holders, the less each: together they leave most of it in the bucket. */
  function growDraw(): void {
    const lastedMs = clock.monotonicMs() - drawnAtMs;
    if (lastedMs < DRAW_LASTS_MS) drawSize *= 2;
    else if (lastedMs > 6 * DRAW_LASTS_MS) drawSize /= 2;
    const holders = 1 + Object.keys(others).length;
    const most = Math.floor((allowance.capacity * MOST_DRAWN) / holders);
    drawSize = Math.max(1, Math.floor(FIRST_DRAW / holders), Math.min(drawSize, most));
  }

  await read();
  return {
    get allowance() {
      return allowance;
    },
    level,
    used: () => Object.values(toHours()).reduce((sum, calls) => sum + calls, 0),
    learn,
    spend() {
      if (drawn < 1 || clock.monotonicMs() - drawnAtMs > DRAW_HOLDS_MS) return false;
      settle();
      drawn -= 1;
      const hour = String(toHour());
      made.set(hour, (made.get(hour) ?? 0) + 1);
      return true;
    },
    async draw() {
      growDraw();
      for (;;) {
        const portion = Math.min(drawSize, Math.floor(level()));
        if (portion < 1) return;
        const atMs = clock.monotonicMs();
        if (!(await write(debt - drawn + portion, portion))) {
          await read();
          continue;
        }
        settle();
        debt += portion - drawn;
        [drawn, drawnAtMs, isHolder] = [portion, atMs, true];
        return;
      }
    },
    async close() {
      while (isHolder) {
        settle();
        if (await write(debt - drawn, 0)) [drawn, isHolder] = [0, false];
        else await read();
      }
    },
  };
}
