import { randomUUID } from "node:crypto";
import { Misconfigured } from "../../errors.ts";
import type { Taken } from "../../errors.ts";
import type { Share, Shares } from "../shares.ts";
import { toShares } from "./documents.ts";
import { openHoldings } from "./holdings.ts";
import type { Tenancy } from "./holdings.ts";
import type { LifeOptions } from "./life.ts";
import { toPart, toWhole } from "./part.ts";
import { toEach, toTogether } from "./work.ts";

export interface SharesOptions extends Omit<LifeOptions, "leaseMs" | "heartbeatMs"> {
  readonly partitions: number;
  /** A connector whose document stood still for so long, by the watcher's own clock, is dead. */
  readonly leaseMs?: number;
  readonly heartbeatMs?: number;
  /** Told at the start and after every change. */
  readonly onChange?: (division: Division) => void;
  /** Told when work was ended because another connector had taken over, before it is begun anew as far as it is ours. */
  readonly onTaken?: (cause: Taken) => void;
  /** Another one at every call. */
  readonly toId?: () => string;
}

/** How the work is divided now. */
export interface Division {
  readonly replicas: number;
  readonly shares: number;
  readonly held: number;
}

/** For people. */
export function toDivisionLine({ replicas, shares, held }: Division): string {
  return `${replicas} ${replicas === 1 ? "replica" : "replicas"}, ${held} of ${shares} shares here`;
}

/**
 * Takes part in what is to be done until `signal` is aborted or it is disposed of, which waits until all work has ended and
 * nothing is held any more: dispose of it before the journal. A journal that is not shared is all ours at once.
 */
export function openShares(options: SharesOptions, signal: AbortSignal): Shares & AsyncDisposable {
  const { journal, leaseMs = 15_000, heartbeatMs = 3_000, toId = randomUUID } = options;
  const shares = toShares(options.partitions);
  const holdings = openHoldings(shares);
  const closing = new AbortController();
  const stop = AbortSignal.any([signal, closing.signal]);
  const faults: unknown[] = [];
  let told = "";

  function onLook(replicas: number): void {
    const division = { replicas, shares: shares.length, held: holdings.all().length };
    if (told === toDivisionLine(division)) return;
    told = toDivisionLine(division);
    options.onChange?.(division);
  }

  const onLost = (cause: Taken): void => options.onTaken?.(cause);
  const partOptions = { ...options, leaseMs, heartbeatMs, toId, shares, holdings, onLook, onLost };
  const part = journal.isShared ? toPart(partOptions) : toWhole(partOptions);

  async function check(some: readonly Tenancy[], cause: Taken): Promise<void> {
    if (!journal.isShared) throw new Misconfigured(`${cause.message}: run one connector per journal`, { cause });
    options.onTaken?.(cause);
    await part.check(some);
  }

  const running = part.run(stop).catch((error: unknown) => {
    faults.push(error);
    closing.abort();
  });
  const parts = { clock: options.clock, holdings, check, stop };
  const [each, together] = [toEach(parts), toTogether(parts)];

  async function orFault(work: Promise<void>): Promise<void> {
    await work;
    if (faults.length > 0) throw faults[0];
  }

  return {
    get held(): ReadonlySet<Share> {
      return new Set(holdings.all().map(({ share }) => share));
    },
    stillOurs: (share) => holdings.has(share) && part.isFresh(leaseMs / 2),
    each: (work, until) => orFault(each(work, until)),
    together: (work) => orFault(together(work)),
    [Symbol.asyncDispose]: async () => {
      closing.abort();
      await running;
    },
  };
}
