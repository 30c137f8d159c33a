import type { Entry } from "../../journal/journal.ts";
import { untilAvailable } from "../retry.ts";
import { cutBatch, toDueMs } from "./batch.ts";
import { toBell } from "./bell.ts";
import type { Bell } from "./bell.ts";
import { deliver } from "./deliver.ts";
import type { Outcome } from "./deliver.ts";
import { openLane } from "./lane.ts";
import type { Lane } from "./lane.ts";
import type { ConsumeOptions } from "./options.ts";
import { openParkingLot } from "./parked.ts";
import type { ParkedEntry } from "./parked.ts";
import { openRejectionRun } from "./rejection-run.ts";
import { openRetries } from "./retries.ts";
import type { Retries } from "./retries.ts";
import { settle } from "./settle.ts";

/** One batch or one parked entry, from handing it over until it is settled. */
export type Work = () => Promise<void>;

export interface Consumer {
  readonly lanes: readonly Lane[];
  readonly retries: Retries;
  readonly bell: Bell;
  /** What is due now; its lanes are busy until it has ended. */
  nextWork(): Work | undefined;
  /** Milliseconds until a batch that waits for company is due; undefined while nothing waits or may begin. */
  msUntilWork(): number | undefined;
}

const TEN_MINUTES_MS = 600_000;

/** Takes the positions and finds what is parked; begins nothing. */
export async function openConsumer(options: ConsumeOptions, signal: AbortSignal): Promise<Consumer> {
  const { journal, clock, log, partitions, batch: most = 200, retryParkedEveryMs = TEN_MINUTES_MS, onWait } = options;
  const patiently = <T>(action: () => Promise<T>): Promise<T> => untilAvailable(clock, signal, action, onWait);
  const bell = toBell(clock);
  const openOne = (partition: number): Promise<Lane> =>
    patiently(() => openLane({ journal, clock, log, partition, batch: most, bell }));
  const lanes = await Promise.all(partitions.map(openOne));
  const lot = await patiently(() => openParkingLot({ journal, clock, log }, partitions));
  const retries = openRetries({ lot, lanes, clock, bell, everyMs: retryParkedEveryMs });
  const run = openRejectionRun(log);
  let underWay = 0;
  let isRetrysTurn = true;

  const keep = (entries: readonly Entry[], outcomes: readonly Outcome[]): Promise<void> =>
    patiently(() => settle(lot, lanes, { entries, outcomes }));
  const { handle, onBug } = options;
  const delivery = { clock, handle, onWait, onBug };

  /** Keeps the lanes busy for as long as the work takes. */
  function occupy(busy: readonly Lane[], entries: number, work: Work): Work {
    for (const lane of busy) lane.busy = true;
    underWay += entries;
    return async () => {
      try {
        await work();
      } finally {
        for (const lane of busy) lane.busy = false;
        underWay -= entries;
        tell();
      }
    };
  }

  function tell(): void {
    const waiting = lanes.reduce((sum, lane) => sum + lane.waiting.length, 0);
    options.onStats?.({ lag: waiting + underWay, parked: lot.size });
  }

  function nextBatch(): Work | undefined {
    if (msUntilWork() !== 0) return undefined;
    const { lanes: busy, entries } = cutBatch(lanes, most);
    return occupy(busy, entries.length, async () => {
      await deliver({ ...delivery, check: (outcomes) => run.check(outcomes), settle: keep }, entries, signal);
      options.onBatch?.(entries);
    });
  }

  function nextRetry(): Work | undefined {
    const next = retries.next();
    return next && occupy([next.lane], 0, () => retry(next.parked).finally(() => retries.done()));
  }

  /** Rejections of parked entries are old news: they never stop the consumer. */
  async function retry(parked: ParkedEntry): Promise<void> {
    const entry = await patiently(() => journal.find(log, parked.key));
    if (entry?.seq === parked.seq) await deliver({ ...delivery, settle: keep }, [entry], signal);
    else await patiently(() => lot.release(parked.seq));
  }

  function msUntilWork(): number | undefined {
    if (run.isTooLong) return undefined;
    return toDueMs(lanes, { most, lingerMs: options.lingerMs?.() ?? 0, nowMs: clock.monotonicMs() });
  }

  tell();
  return {
    lanes,
    retries,
    bell,
    msUntilWork,
    /** By turns, so that neither a backlog nor many parked entries hold the other up. */
    nextWork: () => {
      isRetrysTurn = !isRetrysTurn;
      return isRetrysTurn ? (nextRetry() ?? nextBatch()) : (nextBatch() ?? nextRetry());
    },
  };
}
