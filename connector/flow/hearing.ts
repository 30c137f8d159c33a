import { z } from "zod";
import { GAP_CAUSES, isOpen } from "../model/coverage.ts";
import type { Gap, GapCause } from "../model/coverage.ts";
import type { IsoTime } from "../model/glossary.ts";
import type { Lost } from "./feed.ts";
import { toKept } from "./kept-gaps.ts";

const gapSchema = z.object({
  from: z.string(),
  to: z.string().exactOptional(),
  cause: z.enum(GAP_CAUSES),
  detail: z.string(),
  openedAt: z.string(),
  closedAt: z.string().exactOptional(),
  brought: z.number(),
});

/** How far a feed has been heard and what it has missed: a part of its document `cursor/<account>/<feed>`. */
export const hearingSchema = z.object({
  /** Where hearing began. */
  since: z.string().exactOptional(),
  heardUntil: z.string().exactOptional(),
  /** Oldest first. */
  gaps: z.array(gapSchema).readonly(),
});

export type Hearing = Readonly<z.infer<typeof hearingSchema>>;

export interface Break {
  readonly at: IsoTime;
  readonly cause: GapCause;
  readonly detail: string;
  /**
   * From when on nothing was heard; by default from where hearing stood. A gap that ended before is another one.
   */
  readonly from?: IsoTime;
}

/** A stretch that was brought in another way: by an import, say. */
export const filledSchema = z.object({ from: z.string(), to: z.string() });

export type Filled = Readonly<z.infer<typeof filledSchema>>;

/** Open, and hearing on will fill it. What the network no longer gives it will never give. */
const isFillable = (gap: Gap): boolean => isOpen(gap) && gap.cause !== "not given";

/** A gap opens. While one is open that reaches so far it is the same: it keeps its beginning, grows again, tells the latest cause. */
export function toBroken<T extends Hearing>(hearing: T, { at, cause, detail, ...stood }: Break): T {
  const from = stood.from ?? hearing.heardUntil ?? hearing.since;
  if (from === undefined) return hearing;
  const isSame = (gap: Gap): boolean =>
    isFillable(gap) && !(stood.from !== undefined && gap.to !== undefined && gap.to < stood.from);
  if (!hearing.gaps.some(isSame))
    return withGaps(hearing, [...hearing.gaps, { from, cause, detail, openedAt: at, brought: 0 }]);
  return changeGaps(hearing, isSame, ({ to: _, ...gap }) => {
    const before = gap.cause === cause ? "" : ` (Before that: ${gap.cause}.)`;
    return { ...gap, cause, detail: `${detail}${before}` };
  });
}

/** What the network no longer gives. Told again it is the same gap. */
export function toLost<T extends Hearing>(hearing: T, { from, to, detail }: Lost, at: IsoTime): T {
  const isKnown = hearing.gaps.some((gap) => gap.cause === "not given" && gap.from <= from && to <= (gap.to ?? ""));
  if (isKnown) return hearing;
  return withGaps(hearing, [...hearing.gaps, { from, to, cause: "not given", detail, openedAt: at, brought: 0 }]);
}

/** Entries came: they count for the gaps that are being filled. */
export function toBrought<T extends Hearing>(hearing: T, count: number): T {
  return changeGaps(hearing, isFillable, (gap) => ({ ...gap, brought: gap.brought + count }));
}

/** It works again, and has since `worksSince`: so far the gap reaches. */
export function toResumed<T extends Hearing>(hearing: T, worksSince: IsoTime): T {
  const isGrowing = (gap: Gap): boolean => isFillable(gap) && gap.to === undefined;
  return changeGaps(hearing, isGrowing, (gap) => ({ ...gap, to: later(worksSince, gap.from) }));
}

/** All up to `heardUntil` was asked for and is durable: a gap that ends before it is filled. */
export function toHeard<T extends Hearing>(hearing: T, heardUntil: IsoTime, at: IsoTime): T {
  const isPassed = (gap: Gap): boolean => isFillable(gap) && gap.to !== undefined && gap.to <= heardUntil;
  const heard = { ...hearing, since: hearing.since ?? heardUntil, heardUntil: later(heardUntil, hearing.heardUntil) };
  return changeGaps(heard, isPassed, (gap) => ({ ...gap, closedAt: at }));
}

/** Brought in another way. Of a gap that is not covered to its end, the rest stays open. */
export function toFilled<T extends Hearing>(hearing: T, { from, to }: Filled, at: IsoTime): T {
  const isCovered = (gap: Gap): boolean => isOpen(gap) && from <= gap.from && gap.from < to;
  return changeGaps(hearing, isCovered, (gap) =>
    gap.to !== undefined && gap.to <= to ? { ...gap, closedAt: at } : { ...gap, from: to < at ? to : at },
  );
}

function changeGaps<T extends Hearing>(hearing: T, isMeant: (gap: Gap) => boolean, change: (gap: Gap) => Gap): T {
  return withGaps(
    hearing,
    hearing.gaps.map((gap) => (isMeant(gap) ? change(gap) : gap)),
  );
}

function withGaps<T extends Hearing>(hearing: T, gaps: readonly Gap[]): T {
  return { ...hearing, gaps: toKept(gaps) };
}

function later(one: IsoTime, other: IsoTime | undefined): IsoTime {
  return other === undefined || one > other ? one : other;
}
