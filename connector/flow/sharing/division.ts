import type { Share } from "../shares.ts";

/** How many shares each replica holds. */
export type Counts = ReadonlyMap<string, number>;

/** How many shares each replica is to hold: all alike, and of those that must hold one more those that hold the most. */
export function toQuotas(shares: number, counts: Counts): Counts {
  const few = Math.floor(shares / counts.size);
  const more = shares % counts.size;
  return new Map(toRanked(counts).map((id, rank) => [id, rank < more ? few + 1 : few]));
}

/** To whom what is free goes: everybody computes the same, so that nobody reaches for what is another's. */
export function deal(free: readonly Share[], counts: Counts, quotas: Counts): ReadonlyMap<Share, string> {
  const needs = toRanked(counts).map((id) => ({ id, need: (quotas.get(id) ?? 0) - (counts.get(id) ?? 0) }));
  const turns: string[] = [];
  for (let turn = 0; turn < free.length && turns.length < free.length; turn += 1)
    turns.push(...needs.filter(({ need }) => need > turn).map(({ id }) => id));
  return new Map(turns.slice(0, free.length).map((id, index) => [free[index] as Share, id]));
}

/** So many of those held, from all over, so that what lies side by side (the first accounts, say) is divided too. */
export function toExcess<T>(held: readonly T[], excess: number): readonly T[] {
  const passed = (index: number): number => Math.floor((index * excess) / held.length);
  return held.filter((_, index) => passed(index + 1) > passed(index));
}

function toRanked(counts: Counts): readonly string[] {
  const ranked = [...counts].sort(([one, ofOne], [other, ofOther]) => ofOther - ofOne || (one < other ? -1 : 1));
  return ranked.map(([id]) => id);
}
