import type { Clock } from "../../clock.ts";
import { Taken } from "../../errors.ts";
import type { Shares } from "../shares.ts";
import type { Holdings, Tenancy } from "./holdings.ts";

export interface WorkParts {
  readonly clock: Clock;
  readonly holdings: Holdings;
  /** Called when work on these met `Taken`: ends what is not ours any more. */
  readonly check: (some: readonly Tenancy[], cause: Taken) => Promise<void>;
  /** Aborted when all work ends. */
  readonly stop: AbortSignal;
}

type Run = (some: readonly Tenancy[], work: (held: AbortSignal) => Promise<void>, until: AbortSignal) => Promise<void>;

/** A share that is ours although its work met another's writing is not worth more haste: that was a latecomer's. */
const ANEW_MS = 1000;

/**
 * Does the work once, as long as all of these are held, and anew whenever it met `Taken` and they still are. Ends when it has
 * ended; throws what it throws, but nothing when it was ended from outside.
 */
async function perform(
  { clock, check }: WorkParts,
  { some, held }: { readonly some: readonly Tenancy[]; readonly held: AbortSignal },
  work: (held: AbortSignal) => Promise<void>,
): Promise<void> {
  const isOver = (): boolean => held.aborted;
  while (!isOver()) {
    try {
      await work(held);
      return;
    } catch (error) {
      if (isOver()) return;
      if (!(error instanceof Taken)) throw error;
      await check(some, error);
      await clock.sleep(ANEW_MS, held);
    }
  }
}

/** Runs pieces of work and notes them with their shares. The first that fails ends the others, and is thrown at the end. */
function openRuns(parts: WorkParts) {
  const fault = new AbortController();
  const faults: unknown[] = [];
  const running = new Set<Promise<void>>();

  const run: Run = async (some, work, until) => {
    const held = AbortSignal.any([...some.map((tenancy) => tenancy.held), parts.stop, until, fault.signal]);
    const done = perform(parts, { some, held }, work).catch((error: unknown) => {
      faults.push(error);
      fault.abort();
    });
    running.add(done);
    parts.holdings.occupy(some, done);
    await done;
    running.delete(done);
  };

  return {
    run,
    failed: fault.signal,
    ended: async (): Promise<void> => {
      await Promise.all(running);
      if (faults.length > 0) throw faults[0];
    },
  };
}

const NEVER = new AbortController().signal;

/** The next change of what is held, or one of these. */
async function changed(holdings: Holdings, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  const over = Promise.withResolvers<undefined>();
  const wake = (): void => over.resolve(undefined);
  signal.addEventListener("abort", wake);
  await Promise.race([holdings.changed(), over.promise]);
  signal.removeEventListener("abort", wake);
}

/** Runs the work of each share by itself. */
export function toEach(parts: WorkParts): Shares["each"] {
  const { holdings, stop } = parts;
  return async (work, until = NEVER) => {
    const runs = openRuns(parts);
    const begun = new WeakSet<Tenancy>();
    const over = AbortSignal.any([stop, until, runs.failed]);
    while (!over.aborted) {
      for (const tenancy of holdings.all().filter((one) => !begun.has(one) && !one.held.aborted)) {
        begun.add(tenancy);
        void runs.run([tenancy], (held) => work(tenancy.share, held), until);
      }
      await changed(holdings, over);
    }
    await runs.ended();
  };
}

/** Runs one work for all partitions that are held, and anew for others when they change. */
export function toTogether(parts: WorkParts): Shares["together"] {
  const { holdings, stop } = parts;
  const toPartitions = (): readonly Tenancy[] =>
    holdings.all().filter(({ share, held }) => share !== "crm" && !held.aborted);

  return async (work) => {
    const runs = openRuns(parts);
    const over = AbortSignal.any([stop, runs.failed]);
    const isOver = (): boolean => over.aborted;
    while (!isOver()) {
      const some = toPartitions();
      if (some.length === 0) {
        await changed(holdings, over);
        continue;
      }
      const partitions = some.map(({ share }) => Number(share));
      const round = new AbortController();
      const done = runs.run(some, (held) => work(partitions, held), round.signal);
      const isSame = (): boolean => toPartitions().length === some.length && some.every(({ held }) => !held.aborted);
      while (isSame() && !isOver()) await changed(holdings, over);
      round.abort();
      await done;
    }
    await runs.ended();
  };
}
