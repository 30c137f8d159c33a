import type { Crm } from "../../../connector/crm/crm.ts";
import { Unavailable } from "../../../connector/errors.ts";
import type { Journal } from "../../../connector/journal/journal.ts";
import type { Source } from "../../../connector/sources/source.ts";
import { Crash } from "../../fakes/crashing-journal.ts";
import { freely } from "../../fakes/leave.ts";
import type { ManualClock } from "../../fakes/manual-clock.ts";
import { orderFault, type Fault, type Sandboxes, type Step } from "./faults.ts";

const LATE_MS = 45_000;
const never = new AbortController().signal;

/** The way of replies, step by step, with faults on it. */
export interface Path {
  /** Steps since `begin`. */
  readonly steps: readonly Step[];
  /** Faults that have come to pass since `begin`. */
  readonly struck: number;
  /** Something is under way in this very moment. */
  readonly isBusy: boolean;
  /** What was given up and has yet to happen. */
  readonly pending: number;
  begin(faults: readonly Fault[]): void;
  /** What one process sees of the outside; after a crash it sees nothing any more. */
  enter(journal: Journal): Entered;
}

export interface Entered {
  readonly journal: Journal;
  readonly crm: Pick<Crm, "claim" | "settle" | "erase">;
  readonly source: Source;
}

interface Outside extends Sandboxes {
  readonly clock: ManualClock;
  readonly crm: Crm;
  readonly source: Source;
}

export function toPath(outside: Outside): Path {
  const { clock, crm, source } = outside;
  let steps: Step[] = [];
  let faults: readonly Fault[] = [];
  let struck = 0;
  let nextAt = Infinity;
  let busy = 0;
  let pending = 0;

  /** The fault whose turn has come with this step. */
  function meet(step: Step): Fault["act"] | undefined {
    steps.push(step);
    if (steps.length !== nextAt) return undefined;
    const fault = faults[struck];
    struck += 1;
    nextAt += faults[struck]?.after ?? Infinity;
    return fault?.act;
  }

  function happenLater(action: () => Promise<unknown>): void {
    pending += 1;
    void clock.sleep(LATE_MS, never).then(async () => {
      busy += 1;
      await action().catch(() => undefined);
      busy -= 1;
      pending -= 1;
    });
  }

  /** One life of a process. */
  function toLife() {
    let dead = false;

    async function take<T>(step: Step, action: () => Promise<T>): Promise<T> {
      if (dead) throw new Crash();
      const act = meet(step);
      if (act === undefined) return await action();
      if (act === "late") {
        happenLater(action);
        throw new Unavailable("Given up");
      }
      if (act === "crash before" || act === "crash after") {
        dead = true;
        if (act === "crash after") await action();
        throw new Crash();
      }
      await orderFault(outside, step, act);
      return await action();
    }

    return async <T>(step: Step, action: () => Promise<T>): Promise<T> => {
      busy += 1;
      try {
        return await take(step, action);
      } finally {
        busy -= 1;
      }
    };
  }

  return {
    get steps() {
      return steps;
    },
    get struck() {
      return struck;
    },
    get isBusy() {
      return busy > 0;
    },
    get pending() {
      return pending;
    },
    begin(next) {
      [steps, faults, struck, nextAt] = [[], next, 0, next[0]?.after ?? Infinity];
    },
    enter(journal) {
      const at = toLife();
      return {
        journal: toSteps(journal, at),
        crm: {
          claim: (replies) => at({ on: "crm", what: "claim" }, () => crm.claim(replies, never)),
          settle: (reply, verdict) => at({ on: "crm", what: "settle" }, () => crm.settle(reply, verdict, never)),
          erase: (posts) => at({ on: "crm", what: "erase" }, () => crm.erase(posts, never)),
        },
        source: {
          ...source,
          publish: (reply) =>
            at({ on: "network", what: "publish" }, async () => need(await source.publish?.(reply, never, freely))),
          find: (reply, tries) =>
            at({ on: "network", what: "find" }, async () => need(await source.find?.(reply, tries, never))),
        },
      };
    },
  };
}

function need<T>(answer: T | undefined): T {
  if (answer === undefined) throw new Error("The source does not publish");
  return answer;
}

type At = <T>(step: Step, action: () => Promise<T>) => Promise<T>;

/** Each write is a step, named by what it writes. */
function toSteps(journal: Journal, at: At): Journal {
  const kindOf = (key: string): string => key.split("/")[0] ?? "";
  const toStep = (what: string): Step => ({ on: "journal", what });
  return {
    ...journal,
    append: (log, items, ...cause) => at(toStep(`append ${log}`), () => journal.append(log, items, ...cause)),
    put: (key, value, revision) => at(toStep(`put ${kindOf(key)}`), () => journal.put(key, value, revision)),
    remove: (key, revision) => at(toStep(`remove ${kindOf(key)}`), () => journal.remove(key, revision)),
    erase: (key) => at(toStep("erase"), () => journal.erase(key)),
  };
}
