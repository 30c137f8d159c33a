/** What is counted from the start of a connector. */
export const COUNTED = ["journal write", "CRM request", "network request"] as const;
export type Counted = (typeof COUNTED)[number];

/** Where a connector dies: before its n-th write or request happens, or after it did and before it knows. */
export interface KillPoint {
  readonly what: Counted;
  readonly n: number;
  readonly when: "before" | "after";
}

/** For people: "after the 12th …" without the grammar. */
export function toName({ what, n, when }: KillPoint): string {
  return `${when} ${what} ${n}`;
}

export type Counts = Readonly<Record<Counted, number>>;

/** Every point that so many writes and requests give, spread evenly when there are more than `most`. */
export function toPoints(counts: Counts, most = Infinity): readonly KillPoint[] {
  const all = COUNTED.flatMap((what) =>
    Array.from({ length: counts[what] }, (_, index) => index + 1).flatMap((n): KillPoint[] => [
      { what, n, when: "before" },
      { what, n, when: "after" },
    ]),
  );
  if (all.length <= most) return all;
  return Array.from({ length: most }, (_, index) => all[Math.floor((index * all.length) / most)]).filter(
    (point) => point !== undefined,
  );
}
