import { openBudget, type Budget, type Urgency } from "../../../connector/crm/budget.ts";
import { consume } from "../../../connector/flow/consume.ts";
import type { Entry } from "../../../connector/journal/journal.ts";
import { openUsage } from "../../../sandbox/org/usage.ts";
import { manualClock, type ManualClock } from "../../../test/fakes/manual-clock.ts";
import { toPosts, toRandom, type DayOfPosts } from "./crowd-of-a-day.ts";
import { openMemoryJournal } from "./memory-journal.ts";

const OWNERS = 16;
const LOG = "posts";

export interface DayOptions extends DayOfPosts {
  /** Calls that the org allows in 24 hours, and the share of them that is ours. */
  readonly orgLimit: number;
  readonly share: number;
  readonly callMs: number;
  /** Batches with Tasks or links: they need a third call. */
  readonly followUpShare: number;
  readonly sweepMs: number;
  readonly reportMs: number;
}

/** What was seen of a day. */
export interface Played {
  /** When each call was made. */
  readonly calls: readonly { readonly atMs: number; readonly urgency: Urgency; readonly heldMs: number }[];
  /** From hearing a post until it is recorded. */
  readonly urgentMs: readonly number[];
  readonly usualMs: readonly number[];
  readonly batches: number;
  readonly lowest: number;
  readonly state: ReturnType<Budget["state"]>;
}

/**
 * Plays a day in no time: the connector's own budget and `consume`, a clock that is moved from one event to the next, and
 * instead of the org somebody who takes as long to answer. Every post is waited for at the end.
 */
export async function playDay(options: DayOptions): Promise<Played> {
  const clock = manualClock("2026-03-02T00:00:00.000Z");
  const journal = openMemoryJournal(() => clock.now());
  const calls: { atMs: number; urgency: Urgency; heldMs: number }[] = [];
  await using budget = await openBudget({
    clock,
    journal,
    share: options.share,
    onCall: ({ urgency, heldMs }) => calls.push({ atMs: clock.monotonicMs(), urgency, heldMs }),
  });
  const crm = toCrm(options, clock, budget);
  const heardAtMs = new Map<string, number>();
  const tookMs = { urgent: [] as number[], usual: [] as number[] };
  let [batches, lowest] = [0, Infinity];

  async function handle(entries: readonly Entry[], signal: AbortSignal): Promise<undefined[]> {
    await crm.record(entries.some(isUrgentEntry) ? "urgent" : "usual", signal);
    batches += 1;
    lowest = Math.min(lowest, budget.state().left);
    for (const entry of entries) {
      const sinceMs = clock.monotonicMs() - (heardAtMs.get(entry.key) ?? 0);
      (isUrgentEntry(entry) ? tookMs.urgent : tookMs.usual).push(sinceMs);
      heardAtMs.delete(entry.key);
    }
    return entries.map(() => undefined);
  }

  const stop = new AbortController();
  const partitions = Array.from({ length: 2 * OWNERS }, (_, partition) => partition);
  const running = Promise.all([
    consume(
      {
        ...{ journal, clock, log: LOG, partitions, handle },
        ownerOf: (partition) => partition % OWNERS,
        isUrgent: (partition) => partition < OWNERS,
        lingerMs: (urgent) => budget.lingerMs(urgent),
      },
      stop.signal,
    ),
    crm.sweep(stop.signal),
    crm.report(stop.signal),
  ]);
  for (const [index, { atMs, urgent, partition }] of toPosts(options).entries()) {
    await moveTo(clock, atMs);
    const key = String(index);
    heardAtMs.set(key, atMs);
    await journal.append(LOG, [{ key, partition: partition + (urgent ? 0 : OWNERS), value: "said" }]);
  }
  while (heardAtMs.size > 0) await moveTo(clock, clock.monotonicMs() + 1000);
  const state = budget.state();
  stop.abort();
  await running;
  return { calls, urgentMs: tookMs.urgent, usualMs: tookMs.usual, batches, lowest, state };
}

const isUrgentEntry = ({ partition }: Entry): boolean => partition < OWNERS;

/** Lets everything happen up to this moment, each thing at its own. */
async function moveTo(clock: ManualClock, atMs: number): Promise<void> {
  for (;;) {
    // Nothing here waits for anything but the clock and each other: one turn of the event loop is enough.
    await new Promise(setImmediate);
    const nextMs = clock.wakesInMs();
    const restMs = atMs - clock.monotonicMs();
    clock.advance(Math.min(nextMs, restMs));
    if (nextMs > restMs) return;
  }
}

/** As many calls as the connector makes, each as long. */
function toCrm(options: DayOptions, clock: ManualClock, budget: Budget) {
  const org = openUsage(options.orgLimit, () => Date.parse(clock.now()));
  const random = toRandom(11);

  async function call(urgency: Urgency, signal: AbortSignal): Promise<void> {
    await budget.take("composite", urgency, signal);
    org.count("composite", true);
    await clock.sleep(options.callMs, signal);
    budget.told({ used: org.used(), limit: org.max });
  }

  async function every(pauseMs: () => number, urgency: Urgency, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await call(urgency, signal).catch((error: unknown) => {
        if (!signal.aborted) throw error;
      });
      await clock.sleep(pauseMs(), signal);
    }
  }

  return {
    async record(urgency: Urgency, signal: AbortSignal): Promise<void> {
      await call(urgency, signal);
      await call(urgency, signal);
      if (random() < options.followUpShare) await call(urgency, signal);
    },
    sweep: (signal: AbortSignal) => every(() => budget.pauseMs(options.sweepMs), "reply", signal),
    report: (signal: AbortSignal) => every(() => options.reportMs / 2, "urgent", signal),
  };
}
