import type { Clock } from "../../clock.ts";
import { Misconfigured } from "../../errors.ts";
import type { Entry } from "../../journal/journal.ts";
import type { Rejection } from "../../model/glossary.ts";
import { toFault } from "../../telemetry.ts";
import { untilAvailable } from "../retry.ts";
import type { OnWait } from "../retry.ts";

/** What became of an entry: undefined if it is done. */
export type Outcome = undefined | Rejection;

/** Deals with entries: one outcome for each, in their order. Must be safe to repeat. */
export type Handle = (entries: readonly Entry[], signal: AbortSignal) => Promise<readonly Outcome[]>;

export interface DeliverOptions {
  readonly clock: Clock;
  readonly handle: Handle;
  /** Makes outcomes durable. */
  readonly settle: (entries: readonly Entry[], outcomes: readonly Outcome[]) => Promise<void>;
  readonly onWait: OnWait | undefined;
  readonly onBug: ((error: unknown) => void) | undefined;
}

/**
 * Hands entries over and settles what came of it. `Unavailable`: waits and hands the same ones over again. `Misconfigured`
 * is thrown. Any other error: halves them, keeping their order, until the culprit is alone and is rejected as a bug.
 */
export async function deliver(options: DeliverOptions, entries: readonly Entry[], signal: AbortSignal): Promise<void> {
  const result = await handOver(options, entries, signal);
  if ("outcomes" in result) {
    await options.settle(entries, result.outcomes);
  } else if (entries.length === 1) {
    options.onBug?.(result.bug);
    await options.settle(entries, [toRejection(result.bug)]);
  } else {
    const middle = Math.ceil(entries.length / 2);
    await deliver(options, entries.slice(0, middle), signal);
    await deliver(options, entries.slice(middle), signal);
  }
}

type Result = { readonly outcomes: readonly Outcome[] } | { readonly bug: unknown };

/** An erased entry is nobody's to handle: it is done. */
async function handOver(
  { clock, handle, onWait }: DeliverOptions,
  entries: readonly Entry[],
  signal: AbortSignal,
): Promise<Result> {
  signal.throwIfAborted();
  const full = entries.filter((entry) => entry.value !== "");
  if (full.length === 0) return { outcomes: entries.map(() => undefined) };
  try {
    const answers = await untilAvailable(clock, signal, () => handle(full, signal), onWait);
    if (answers.length !== full.length) throw new RangeError("There must be one outcome for each entry.");
    const outcomes = new Map(full.map((entry, index) => [entry, answers[index]]));
    return { outcomes: entries.map((entry) => outcomes.get(entry)) };
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof Misconfigured) throw error;
    return { bug: error };
  }
}

/** Says what kind of error it was and where: its message may quote the post. */
function toRejection(bug: unknown): Rejection {
  const { name, code, frames } = toFault(bug);
  const place = frames[0]?.replace(/^.*\/(?=connector\/)/, "").replace(/\)$/, "");
  const kind = code === undefined ? name : `${name} (${code})`;
  return { reason: "bug", detail: `${kind}${place === undefined ? "" : ` at ${place}`}` };
}
