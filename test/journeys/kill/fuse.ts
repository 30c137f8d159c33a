import type { Counted, Counts, KillPoint } from "./point.ts";

/** Counts what one connector does, and says when it dies. */
export interface Fuse {
  /** The next one is about to happen: its number; undefined: it must not, the connector is dead. */
  begin(what: Counted): number | undefined;
  /** This one has happened; false: the connector is dead and must not learn of it. */
  happened(what: Counted, n: number): boolean;
  /** Burns now, whatever the point. */
  blow(): void;
  readonly isBlown: boolean;
  readonly counts: Counts;
}

/** `onBlown` is called once, at the point. */
export function toFuse(point: KillPoint | undefined, onBlown: () => void): Fuse {
  const counts: Record<Counted, number> = { "journal write": 0, "CRM request": 0, "network request": 0 };
  let isBlown = false;

  function blow(): void {
    if (isBlown) return;
    isBlown = true;
    onBlown();
  }

  function isAt(what: Counted, n: number, when: KillPoint["when"]): boolean {
    return point?.what === what && point.n === n && point.when === when;
  }

  return {
    begin(what) {
      if (isBlown) return undefined;
      counts[what] += 1;
      const n = counts[what];
      if (!isAt(what, n, "before")) return n;
      blow();
      return undefined;
    },
    happened(what, n) {
      if (isAt(what, n, "after")) blow();
      return !isBlown;
    },
    blow,
    get isBlown() {
      return isBlown;
    },
    counts,
  };
}
