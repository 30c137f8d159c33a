import { Unavailable } from "../../errors.ts";
import type { Entry } from "../../journal/journal.ts";
import { untilAvailable } from "../retry.ts";
import type { OnWait } from "../retry.ts";
import { toBatchAttempt, toRetryAttempt } from "./attempts.ts";
import { cutBatch, toDueMs } from "./batch.ts";
import { toBell } from "./bell.ts";
import type { Bell } from "./bell.ts";
import { deliver } from "./deliver.ts";
import type { Attempt, DeliverOptions, Settled } from "./deliver.ts";
import { holdLanes, openLane } from "./lane.ts";
import type { Lane } from "./lane.ts";
import type { ConsumeOptions } from "./options.ts";
import { RETRY_PARKED_MS } from "./parked.ts";
import type { ParkedEntry } from "./parked.ts";
import { openParkingLot } from "./parking-lot.ts";
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

/** More are not put aside: then all wait, and memory and the list of what is parked stay small. */
const MOST_WAITING = 1000;

/** Takes the positions and finds what is parked; begins nothing. */
export async function openConsumer(options: ConsumeOptions, signal: AbortSignal): Promise<Consumer> {
  const { journal, clock, log, partitions, batch: most = 200, retryParkedEveryMs = RETRY_PARKED_MS, onWait } = options;
  const { ownerOf = (partition: number) => partition, isUrgent = () => false, lingerMs = () => 0 } = options;
  let waits = 0;
  const noteWait: OnWait = (cause, delayMs) => {
    waits += 1;
    onWait?.(cause, delayMs);
  };
  const patiently = <T>(action: () => Promise<T>): Promise<T> => untilAvailable(clock, signal, action, noteWait);
  const bell = toBell(clock);
  const openOne = (partition: number): Promise<Lane> => {
    const place = { partition, owner: ownerOf(partition), isUrgent: isUrgent(partition) };
    return patiently(() => openLane({ ...place, journal, clock, log, batch: most, bell }));
  };
  const lanes = await Promise.all(partitions.map(openOne));
  const lot = await patiently(() => openParkingLot({ journal, clock, log }, partitions));
  const retries = openRetries({ lot, lanes, clock, bell, everyMs: retryParkedEveryMs, onDropped: tell });
  const run = openRejectionRun(log);
  let underWay = 0;
  let isRetrysTurn = true;

  const keep = (settled: readonly Settled[]): Promise<void> => patiently(() => settle(lot, lanes, settled));
  const { handle, onBug } = options;
  const delivery = { clock, handle, settle: keep, onWait, onBug };

  /** Keeps all lanes of these owners busy for as long as the work takes. */
  function occupy(owners: ReadonlySet<number>, entries: number, work: Work): Work {
    const busy = lanes.filter(({ owner }) => owners.has(owner));
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
    const { entries, owners } = cutBatch(lanes, most);
    return occupy(owners, entries.length, async () => {
      const toAttempt = (some: readonly Entry[]): Attempt => toBatchAttempt(lanes, some);
      const givesWay = (): boolean => mustGiveWay(entries, owners);
      const ways = { ...delivery, ...toHeldBack(owners), toAttempt, givesWay };
      if (await deliver(ways, entries, signal)) options.onBatch?.(entries);
      else for (const lane of lanes) lane.putBack(entries.filter(({ partition }) => partition === lane.partition));
    });
  }

  /**
   * What had to wait holds up nothing urgent of the same owners, nor begins once more without a chance of its calls. What
   * stopped everything stays: by it we learn that all may go on.
   */
  function mustGiveWay(entries: readonly Entry[], owners: ReadonlySet<number>): boolean {
    if (run.isTooLong || entries.some(({ partition }) => isUrgent(partition))) return false;
    const hasUrgent = lanes.some((lane) => lane.isUrgent && owners.has(lane.owner) && lane.waiting.length > 0);
    return hasUrgent || lingerMs(false) === Infinity;
  }

  /** Where no more can be put aside the batch is held back; what was put aside may go on meanwhile, and make room. */
  function toHeldBack(owners: ReadonlySet<number>): Pick<DeliverOptions, "check" | "handle"> {
    let isHeldBack = false;
    return {
      check: (outcomes) => {
        const waits = outcomes.filter((outcome) => outcome instanceof Unavailable);
        isHeldBack = lot.waiting + waits.length > MOST_WAITING;
        if (isHeldBack && waits[0] !== undefined) throw waits[0];
        run.check(outcomes);
      },
      handle: async (entries, until, attempt) => {
        const parked = isHeldBack ? retries.nextOf(owners, most) : [];
        if (parked.length > 0) await retry(parked).finally(() => retries.done());
        return await handle(entries, until, attempt);
      },
    };
  }

  function nextRetry(): Work | undefined {
    const parked = retries.next(most);
    if (parked.length === 0) return undefined;
    const owners = new Set(parked.map(({ partition }) => ownerOf(partition)));
    return occupy(owners, 0, () => retry(parked).finally(() => retries.done()));
  }

  /** Rejections of parked entries are old news: they never stop the consumer. */
  async function retry(parked: readonly ParkedEntry[]): Promise<void> {
    const entries: Entry[] = [];
    for (const { key, seq, partition } of parked) {
      const entry = await patiently(() => journal.find(log, key));
      if (entry?.seq === seq) entries.push(entry);
      else await patiently(() => holdLanes(lanes, [partition]).then(() => lot.release(seq)));
    }
    const toAttempt = (some: readonly Entry[]): Attempt => toRetryAttempt(lot, lanes, some);
    if (entries.length > 0) await deliver({ ...delivery, toAttempt }, entries, signal);
    options.onBatch?.(entries);
  }

  function msUntilWork(): number | undefined {
    if (run.isTooLong) return undefined;
    return toDueMs(lanes, { most, lingerMs, nowMs: clock.monotonicMs() });
  }

  tell();
  if (waits > 0) options.onBatch?.([]);
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
