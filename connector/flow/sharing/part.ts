import { Taken } from "../../errors.ts";
import type { Share } from "../shares.ts";
import { undefinedIfAway, untilAborted } from "./away.ts";
import { passTo, readShareDocs } from "./documents.ts";
import type { Holdings, Tenancy } from "./holdings.ts";
import { openLife } from "./life.ts";
import type { Life, LifeOptions } from "./life.ts";
import { playRound } from "./round.ts";
import { openWatch } from "./watch.ts";

export interface PartOptions extends LifeOptions {
  readonly shares: readonly Share[];
  readonly holdings: Holdings;
  readonly toId: () => string;
  /** Told how many replicas are there, whenever that or what is held may have changed. */
  readonly onLook: (replicas: number) => void;
  /** Told when all that was held is lost. */
  readonly onLost: (cause: Taken) => void;
}

/** What we hold of what there is. */
export interface Part {
  /** Takes part until aborted; resolves when all work has ended and nothing is held. Throws what is not foreseen. */
  run(stop: AbortSignal): Promise<void>;
  /** Was it certain, less than `ms` ago, that what is held is ours? */
  isFresh(ms: number): boolean;
  /** Looks whether these are still ours; where one is not, all is lost. */
  check(some: readonly Tenancy[]): Promise<void>;
}

/** Of a journal that is not shared. */
export function toWhole({ shares, holdings, onLook }: Pick<PartOptions, "shares" | "holdings" | "onLook">): Part {
  return {
    run: async (stop) => {
      holdings.take(shares.map((share) => ({ share, owner: undefined, epoch: 0, revision: 0 })));
      onLook(1);
      await untilAborted(stop);
      await holdings.letGo(holdings.all());
    },
    isFresh: () => true,
    check: () => Promise.resolve(),
  };
}

export function toPart(options: PartOptions): Part {
  const { journal, clock, heartbeatMs, holdings, onLook, onLost } = options;
  const lettingGo = new Set<Promise<void>>();
  const closing = new AbortController();
  const faults: unknown[] = [];
  let life: Life | undefined;
  let replicas = 1;

  const look = (): void => onLook(replicas);
  const fail = (error: unknown): void => {
    faults.push(error);
    closing.abort();
  };

  /** From life to life: whoever was called dead begins anew. */
  async function run(signal: AbortSignal): Promise<void> {
    const stop = AbortSignal.any([signal, closing.signal]);
    while (!stop.aborted) {
      const current = (life = openLife({ ...options, id: options.toId() }));
      current.over.addEventListener("abort", () => lose(current.over.reason));
      const beating = current.run(stop).catch(fail);
      await live(current, stop).catch(fail);
      current.end();
      await beating;
    }
    if (faults.length > 0) throw faults[0];
  }

  function lose(reason: unknown): void {
    const cause = reason instanceof Taken ? reason : new Taken("Another connector has taken over");
    holdings.loseAll(cause);
    onLost(cause);
    look();
  }

  /** Until it is over or all ends; then no work is left. */
  async function live(current: Life, stop: AbortSignal): Promise<void> {
    try {
      await current.joined(stop);
      await keepDividing(current, AbortSignal.any([stop, current.over]));
    } finally {
      current.leaving();
      startLettingGo(current, holdings.all());
      await Promise.all(lettingGo);
      await holdings.ended();
    }
  }

  async function keepDividing(current: Life, until: AbortSignal): Promise<void> {
    const watch = openWatch(2 * heartbeatMs);
    const letGo = (some: readonly Tenancy[]): void => startLettingGo(current, some);
    while (!until.aborted) {
      try {
        replicas = await playRound({ ...options, life: current, watch, letGo });
        look();
      } catch (error) {
        undefinedIfAway(error);
        watch.interrupted();
      }
      await clock.sleep(heartbeatMs, until);
    }
  }

  function startLettingGo(current: Life, some: readonly Tenancy[]): void {
    const done = Promise.all(some.map((tenancy) => free(current, tenancy))).then(() => undefined, fail);
    lettingGo.add(done);
    void done.then(() => lettingGo.delete(done));
  }

  /** What cannot be made free now is so with the next round, or when our document is gone. */
  async function free(current: Life, tenancy: Tenancy): Promise<void> {
    await holdings.letGo([tenancy]);
    look();
    if (!current.over.aborted) await passTo(journal, tenancy.doc, undefined).catch(undefinedIfAway);
  }

  return {
    run,
    isFresh: (ms) => life?.isFresh(ms) === true,
    check: async (some) => {
      const current = life;
      const shares = some.map(({ share }) => share);
      const docs = await readShareDocs(journal, shares).catch(undefinedIfAway);
      if (docs?.some(({ owner }) => owner !== current?.id) === true) current?.calledDead();
    },
  };
}
