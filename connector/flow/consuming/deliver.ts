import type { Clock } from "../../clock.ts";
import { Declined, Misconfigured, Taken, Unavailable } from "../../errors.ts";
import type { Entry } from "../../journal/journal.ts";
import type { Rejection } from "../../model/glossary.ts";
import { toFault } from "../../telemetry.ts";
import { untilAvailable } from "../retry.ts";
import type { OnWait } from "../retry.ts";

/**
 * What became of an entry: undefined if it is done. An `Unavailable` is of this entry alone: it is put aside and tried again
 * soon, and those after it go on.
 */
export type Outcome = undefined | Rejection | Unavailable;

/** What is known of earlier attempts, of this process and of those before it. */
export interface Attempt {
  /** May an earlier attempt have got as far as `begin`, so that its effects may stand, or come yet? */
  isRepeated(entry: Entry): boolean;
  /** Called before what cannot be taken back. Durable on return: from here on the entries count as tried. */
  begin(): Promise<void>;
}

/** Deals with entries: one outcome for each, in their order. Must be safe to repeat. */
export type Handle = (entries: readonly Entry[], signal: AbortSignal, attempt: Attempt) => Promise<readonly Outcome[]>;

export interface Settled {
  readonly entry: Entry;
  readonly outcome: Outcome;
  /** As it was when the entry was handed over. */
  readonly isRepeated: boolean;
}

export interface DeliverOptions {
  readonly clock: Clock;
  readonly handle: Handle;
  readonly toAttempt: (entries: readonly Entry[]) => Attempt;
  /** Throws `Unavailable` where these outcomes may not stand: the entries wait and are handed over again. */
  readonly check?: (outcomes: readonly Outcome[]) => void;
  /** Asked before the entries are handed over, each time anew: true where they have to let others go first. */
  readonly givesWay?: () => boolean;
  /** Makes outcomes durable. */
  readonly settle: (settled: readonly Settled[]) => Promise<void>;
  readonly onWait: OnWait | undefined;
  readonly onBug: ((error: unknown) => void) | undefined;
}

/**
 * Hands entries over and settles what came of it. `Unavailable`: waits and hands the same ones over again. `Misconfigured`
 * and `Taken` are thrown. Any other error: halves them, keeping their order, until the culprit is alone and is rejected: for
 * what the CRM says where it is `Declined`, else as a bug. False: they have given way, all of them, and are as they were.
 */
export async function deliver(
  options: DeliverOptions,
  entries: readonly Entry[],
  signal: AbortSignal,
): Promise<boolean> {
  const { clock, onWait, givesWay, ...rest } = options;
  const attempt = async (): Promise<readonly Settled[] | "halve" | "give way"> =>
    givesWay?.() === true ? "give way" : await handOver(options, entries, signal);
  const settled = await untilAvailable(clock, signal, attempt, onWait);
  if (settled === "give way") return false;
  if (settled !== "halve") {
    await options.settle(settled);
    return true;
  }
  const middle = Math.ceil(entries.length / 2);
  for (const half of [entries.slice(0, middle), entries.slice(middle)])
    await deliver({ ...rest, clock, onWait }, half, signal);
  return true;
}

async function handOver(
  options: DeliverOptions,
  entries: readonly Entry[],
  signal: AbortSignal,
): Promise<readonly Settled[] | "halve"> {
  signal.throwIfAborted();
  const attempt = options.toAttempt(entries);
  const repeated = entries.map((entry) => attempt.isRepeated(entry));
  const outcomes = await toOutcomes(options.handle, { entries, attempt }, signal).catch((error: unknown) => {
    signal.throwIfAborted();
    if (error instanceof Unavailable || error instanceof Misconfigured || error instanceof Taken) throw error;
    if (entries.length > 1) return "halve";
    if (error instanceof Declined) return [{ reason: error.reason, detail: error.message, isAlone: true }];
    options.onBug?.(error);
    return [toRejection(error)];
  });
  if (outcomes === "halve") return outcomes;
  options.check?.(outcomes);
  return entries.map((entry, at) => ({ entry, outcome: outcomes[at], isRepeated: repeated[at] === true }));
}

/** An erased entry is nobody's to handle: it is done. */
async function toOutcomes(
  handle: Handle,
  { entries, attempt }: { readonly entries: readonly Entry[]; readonly attempt: Attempt },
  signal: AbortSignal,
): Promise<readonly Outcome[]> {
  const full = entries.filter((entry) => entry.value !== "");
  if (full.length === 0) return entries.map(() => undefined);
  const answers = await handle(full, signal, attempt);
  if (answers.length !== full.length) throw new RangeError("There must be one outcome for each entry.");
  const outcomes = new Map(full.map((entry, index) => [entry, answers[index]]));
  return entries.map((entry) => outcomes.get(entry));
}

/** Says what kind of error it was and where: its message may quote the post. */
function toRejection(bug: unknown): Rejection {
  const { name, code, frames } = toFault(bug);
  const place = frames[0]?.replace(/^.*\/(?=connector\/)/, "").replace(/\)$/, "");
  const kind = code === undefined ? name : `${name} (${code})`;
  return { reason: "bug", detail: `${kind}${place === undefined ? "" : ` at ${place}`}` };
}
