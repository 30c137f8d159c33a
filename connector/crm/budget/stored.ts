import { z } from "zod";

/** Clocks that differ by more than this are wrong. */
const MOST_SKEW_MS = 10 * 60_000;
/** What was drawn so long ago is spent or given back, or its holder is dead. */
const LOST_AFTER_MS = 2 * 3_600_000;

const storedSchema = z.object({
  /** How many calls the bucket lacked at `at`, as if all that was drawn then had been spent. */
  debt: z.number().nonnegative(),
  /** What each holder has drawn and may yet spend, and when it drew. */
  holders: z.record(z.string(), z.object({ drawn: z.number().nonnegative(), at: z.iso.datetime() })).default({}),
  /** Until then the debt has been refilled. Goes back only where a clock is wrong. */
  at: z.iso.datetime(),
  /** The org's, as a holder was told last. */
  limit: z.number().optional(),
  /** Calls made, by the hour since 1970: for people. */
  hours: z.record(z.string(), z.number()),
});

/** The bucket of calls, as all its holders see it: the document `budget/calls`. */
export type Stored = z.infer<typeof storedSchema>;
export type Holders = Stored["holders"];

export function parseStored(value: string): Stored {
  return storedSchema.parse(JSON.parse(value));
}

export interface Looked {
  readonly atMs: number;
  readonly nowMs: number;
  /** When we last looked at the document, before it was as it is: it has been so for less. */
  readonly agoMs: number;
}

/**
 * How much time is to be refilled, and up to when that is. The time of the document goes on with the clock that is furthest
 * ahead, so no time is refilled twice, however the clocks of its holders differ (as long as none is plainly wrong).
 */
export function toRefill({ atMs, nowMs, agoMs }: Looked): { readonly refillMs: number; readonly untilMs: number } {
  const isAhead = atMs > nowMs;
  const untilMs = isAhead && atMs - nowMs <= MOST_SKEW_MS ? atMs : nowMs;
  return { refillMs: isAhead ? 0 : Math.min(nowMs - atMs, agoMs), untilMs };
}

/** What others have drawn; what the dead had comes back by itself. */
export function toOthers(holders: Holders, ours: string, nowMs: number): Holders {
  const isLiving = (at: string): boolean => Math.abs(nowMs - Date.parse(at)) <= LOST_AFTER_MS;
  return Object.fromEntries(Object.entries(holders).filter(([id, { at }]) => id !== ours && isLiving(at)));
}

export function toDrawn(holders: Holders): number {
  return Object.values(holders).reduce((sum, { drawn }) => sum + drawn, 0);
}
