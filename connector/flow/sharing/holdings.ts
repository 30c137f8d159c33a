import type { Taken } from "../../errors.ts";
import type { Share } from "../shares.ts";
import type { ShareDoc } from "./documents.ts";

/** A share from when it is ours until all work on it has ended. */
export interface Tenancy {
  readonly share: Share;
  readonly doc: ShareDoc;
  /** Aborted when it is let go, and with `Taken` when it is lost. */
  readonly held: AbortSignal;
}

/** The shares that are ours, and the work on them. */
export interface Holdings {
  /** In their order; those that are being let go too. */
  all(): readonly Tenancy[];
  /** Is the share held, or still being let go? */
  has(share: Share): boolean;
  /** All at once, so that work on several begins anew only once. */
  take(docs: readonly ShareDoc[]): void;
  /** Aborts their work, and resolves when it has ended: only then are they held no more. */
  letGo(some: readonly Tenancy[]): Promise<void>;
  /** All are held no more, at once. */
  loseAll(cause: Taken): void;
  /** Resolves when nothing works any more on what was lost or let go. */
  ended(): Promise<void>;
  /** Notes work on these, that does not reject. */
  occupy(some: readonly Tenancy[], work: Promise<void>): void;
  /** Resolves at the next change. */
  changed(): Promise<void>;
}

interface Held extends Tenancy {
  readonly end: AbortController;
}

/** `order`: all shares there are. */
export function openHoldings(order: readonly Share[]): Holdings {
  const tenancies = new Map<Share, Held>();
  const works = new Map<Tenancy, Set<Promise<void>>>();
  let waiting: readonly (() => void)[] = [];

  function tell(): void {
    const told = waiting;
    waiting = [];
    for (const wake of told) wake();
  }

  /** What begins meanwhile is waited for too. */
  async function untilIdle(some: Iterable<Tenancy>): Promise<void> {
    const pending = [...some].flatMap((tenancy) => [...(works.get(tenancy) ?? [])]);
    if (pending.length === 0) return;
    await Promise.all(pending);
    await untilIdle(some);
  }

  return {
    all: () => order.map((share) => tenancies.get(share)).filter((tenancy) => tenancy !== undefined),
    has: (share) => tenancies.has(share),
    take: (docs) => {
      for (const doc of docs) {
        const end = new AbortController();
        tenancies.set(doc.share, { share: doc.share, doc, end, held: end.signal });
      }
      if (docs.length > 0) tell();
    },
    letGo: async (some) => {
      for (const { share } of some) tenancies.get(share)?.end.abort();
      tell();
      await untilIdle(some);
      for (const tenancy of some) if (tenancies.get(tenancy.share) === tenancy) tenancies.delete(tenancy.share);
      tell();
    },
    loseAll: (cause) => {
      const lost = [...tenancies.values()];
      tenancies.clear();
      for (const { end } of lost) end.abort(cause);
      tell();
    },
    ended: () => untilIdle([...works.keys()].filter(({ held }) => held.aborted)),
    occupy: (some, work) => {
      for (const tenancy of some) {
        const ofIt = works.get(tenancy) ?? new Set();
        works.set(tenancy, ofIt.add(work));
        void work.then(() => {
          ofIt.delete(work);
          if (ofIt.size === 0) works.delete(tenancy);
        });
      }
    },
    changed: () => new Promise((resolve) => (waiting = [...waiting, resolve])),
  };
}
