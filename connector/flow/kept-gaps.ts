import { isOpen } from "../model/coverage.ts";
import type { Gap } from "../model/coverage.ts";

/** A feed that breaks off often must not make its document grow without end. */
const MOST = 100;

/** In the order in which they began: all that are open, and of the closed ones the latest hundred. */
export function toKept(gaps: readonly Gap[]): readonly Gap[] {
  const closed = gaps.filter((gap) => !isOpen(gap)).sort(byBeginning);
  const open = toFew(gaps.filter(isOpen).sort(byBeginning));
  return [...closed.slice(-MOST), ...open].sort(byBeginning);
}

/** An open gap is never dropped: of too many, the two that lie closest become one that reaches over both. */
function toFew(open: readonly Gap[]): readonly Gap[] {
  if (open.length <= MOST) return open;
  // All but one of so many were given up by the network, and those have an end.
  const pairs = open.slice(1).map((next, index) => ({ next, gap: open[index] ?? next }));
  const { gap, next } = pairs.reduce((best, pair) => (toDistanceMs(pair) < toDistanceMs(best) ? pair : best));
  return toFew(open.filter((other) => other !== next).map((other) => (other === gap ? toJoined(gap, next) : other)));
}

function toDistanceMs({ gap, next }: { readonly gap: Gap; readonly next: Gap }): number {
  if (gap.to === undefined || gap.cause !== next.cause) return Infinity;
  return Date.parse(next.from) - Date.parse(gap.to);
}

function toJoined(gap: Gap, { to = "", brought }: Gap): Gap {
  return { ...gap, to: gap.to !== undefined && gap.to > to ? gap.to : to, brought: gap.brought + brought };
}

function byBeginning(a: Gap, b: Gap): number {
  return a.from < b.from ? -1 : Number(a.from > b.from);
}
