import type { Clock } from "../../clock.ts";
import { Taken } from "../../errors.ts";
import type { Journal } from "../../journal/journal.ts";
import { toBell } from "../consuming/bell.ts";
import { undefinedIfAway, untilAborted } from "./away.ts";
import { toReplicaKey } from "./documents.ts";
import type { ReplicaPage } from "./documents.ts";

export interface LifeOptions {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly replica: Pick<ReplicaPage, "host" | "pid">;
  readonly leaseMs: number;
  readonly heartbeatMs: number;
}

/** Our presence among those who share the journal: a document whose revision moves with every beat of the heart. */
export interface Life {
  readonly id: string;
  /** Aborted with `Taken` as soon as others may hold what was ours. */
  readonly over: AbortSignal;
  /** Was the document written by a beat that began less than `ms` ago? */
  isFresh(ms: number): boolean;
  /** Others must have called us dead: that was seen elsewhere. */
  calledDead(): void;
  /** Resolves when the document is there, or the signal is aborted. */
  joined(signal: AbortSignal): Promise<void>;
  /** Tells the others that we take nothing more. The heart beats on. */
  leaving(): void;
  /**
   * Beats until `end`. Then the document goes, and with it all that it held: while the journal is away that is tried until
   * `stop`, and then left to the others. Throws what is not foreseen.
   */
  run(stop: AbortSignal): Promise<void>;
  end(): void;
}

export function openLife({ journal, clock, replica, leaseMs, heartbeatMs, id }: LifeOptions & { id: string }): Life {
  const key = toReplicaKey(id);
  const page: ReplicaPage = { ...replica, since: clock.now() };
  const over = new AbortController();
  const ended = new AbortController();
  const until = AbortSignal.any([over.signal, ended.signal]);
  const isOver = (): boolean => until.aborted;
  const first = new AbortController();
  const bell = toBell(clock);
  let revision = 0;
  let confirmedMs = -Infinity;
  let isLeaving = false;

  const isFresh = (ms: number): boolean => clock.monotonicMs() - confirmedMs < ms;
  const calledDead = (): void => over.abort(new Taken("The other connectors took this one for dead"));

  /** Was it written? Where only the answer to an earlier beat was lost, the next one is. */
  async function beat(): Promise<boolean> {
    const beganMs = clock.monotonicMs();
    const written = await journal.put(key, JSON.stringify(isLeaving ? { ...page, isLeaving } : page), revision);
    if (written === undefined) {
      const found = await journal.get(key);
      if (found === undefined) calledDead();
      else revision = found.revision;
      return false;
    }
    revision = written;
    confirmedMs = beganMs;
    first.abort();
    return true;
  }

  async function keepBeating(): Promise<void> {
    while (!isOver()) {
      const isWritten = await beat().catch(undefinedIfAway);
      if (!isOver()) await bell.wait(isWritten === true ? heartbeatMs : heartbeatMs / 3);
    }
  }

  /** Whatever the journal does meanwhile: after a lease without a beat the others may have called us dead. */
  async function keepCounting(): Promise<void> {
    await untilAborted(AbortSignal.any([first.signal, until]));
    while (!isOver()) {
      await clock.sleep(confirmedMs + leaseMs - clock.monotonicMs(), until);
      if (!isOver() && !isFresh(leaseMs)) calledDead();
    }
  }

  /** Is it gone? */
  async function remove(): Promise<boolean> {
    const found = await journal.get(key);
    return found === undefined || (await journal.remove(key, found.revision));
  }

  until.addEventListener("abort", () => bell.ring());
  return {
    id,
    over: over.signal,
    isFresh: (ms) => !over.signal.aborted && isFresh(ms),
    calledDead,
    joined: (signal) => untilAborted(AbortSignal.any([first.signal, until, signal])),
    leaving: () => {
      isLeaving = true;
      bell.ring();
    },
    run: async (stop) => {
      await Promise.all([keepBeating(), keepCounting()]);
      await untilAborted(ended.signal);
      while ((await remove().catch(undefinedIfAway)) !== true && !stop.aborted)
        await clock.sleep(heartbeatMs / 3, stop);
    },
    end: () => ended.abort(),
  };
}
