import type { Clock } from "../clock.ts";
import { Unavailable } from "../errors.ts";
import { toBell } from "../flow/consuming/bell.ts";
import type { Journal } from "../journal/journal.ts";
import { BUCKET_FLOORS } from "./budget/allowance.ts";
import { toLingerMs, toPauseMs } from "./budget/linger.ts";
import { toOrg, type Usage } from "./budget/org.ts";
import { openPurse } from "./budget/purse.ts";
import { toQueue, type Held } from "./budget/queue.ts";
import { toReach } from "./budget/reach.ts";
import type { Urgency } from "./budget/urgency.ts";

export type { Usage } from "./budget/org.ts";
export type { Urgency } from "./budget/urgency.ts";

/**
 * What we may ask of the CRM. In any 24 hours, across restarts, no more calls are made than the configured share of the org's
 * limit, and hardly any when the org itself is nearly out of them. What is least urgent waits first.
 */
export interface Budget extends AsyncDisposable {
  /**
   * Resolves when this call may be made, and counts it. However long that takes, it is no error; rejects with the signal's
   * reason, as the journal does, or at once with what the last calls met while the CRM does not answer: logins excepted, only an
   * urgent one asks then, every few seconds.
   */
  take(kind: string, urgency: Urgency, signal: AbortSignal): Promise<void>;
  /** What the org said of its limit. */
  told(usage: Usage): void;
  /** The org refused a call because its limit is used up: it counts as empty until an answer says otherwise. */
  refused(): void;
  /** A call got no answer, or that the CRM cannot serve anybody now. */
  missed(cause: Unavailable): void;
  /** How long a batch, urgent or not, waits for company now. Infinity: it would not get its calls, and must not begin. */
  lingerMs(urgent: boolean): number;
  /** How long to pause now between two looks at what people did, where it is `usualMs` as long as there is plenty. */
  pauseMs(usualMs: number): number;
  state(): BudgetState;
}

/** What a session asks before each call. */
export type Gate = Pick<Budget, "take" | "told" | "refused" | "missed" | "pauseMs">;

/** For a command that somebody runs by hand, on the worst of days too: its few calls are the hundredth that nobody plans with. */
export const openGate: Gate = {
  take: (_kind, _urgency, signal) => (signal.aborted ? Promise.reject(signal.reason as Error) : Promise.resolve()),
  told: () => undefined,
  refused: () => undefined,
  missed: () => undefined,
  pauseMs: (usualMs) => usualMs,
};

export interface BudgetState {
  /** The most calls in any 24 hours. */
  readonly allowed: number;
  /** Calls of the last 24 hours. */
  readonly used: number;
  /** Calls that could be made at once. */
  readonly left: number;
  /** Undefined until the org has answered for the first time. */
  readonly org: Usage | undefined;
  /** Calls that wait; undefined: none. */
  readonly held: { readonly calls: number; readonly mostUrgent: Urgency; readonly nextInMs: number } | undefined;
}

export interface BudgetOptions {
  readonly clock: Clock;
  readonly journal: Pick<Journal, "get" | "put">;
  /** Of the org's limit, above 0 and at most 1. */
  readonly share: number;
  /** Told of each call that is let go, and how long it was held. */
  readonly onCall?: (call: { readonly kind: string; readonly urgency: Urgency; readonly heldMs: number }) => void;
}

/** What the batches that are under way may yet ask for; of a small bucket a part. */
const BATCHES_CALLS = 20;
const BATCHES_SHARE = 0.03;
const LONGEST_WAIT_MS = 60_000;
/** Between two calls that ask whether the CRM answers again, as long as there are plenty. */
const ASK_MS = 5000;
const CLOSED = "The connector stops: no more calls are made to the CRM";

/** Throws as the journal does. */
export async function openBudget({ clock, journal, share, onCall }: BudgetOptions): Promise<Budget> {
  const purse = await openPurse({ journal, clock, share });
  const org = toOrg(clock);
  const pauseMs = (usualMs: number): number => toPauseMs(purse.allowance, fullLevel(), usualMs);
  const reach = toReach(clock, () => pauseMs(ASK_MS));
  const bell = toBell(clock);
  const queue = toQueue(() => bell.ring());
  let isClosed = false;
  const serving = serve();

  function msUntil(urgency: Urgency): number {
    const { capacity, refillPerMs } = purse.allowance;
    const missing = capacity * BUCKET_FLOORS[urgency] + 1 - purse.level();
    return Math.max(missing > 0 ? Math.ceil(missing / refillPerMs) : 0, org.msUntil(urgency));
  }

  /** One after the other, the most urgent first: it may go before all that wait with it. */
  async function serve(): Promise<void> {
    while (!isClosed) {
      const first = queue.first;
      const waitMs = first === undefined ? undefined : msUntil(first.urgency);
      if (first === undefined || waitMs !== 0) await bell.wait(waitMs && Math.min(waitMs, LONGEST_WAIT_MS));
      else if (purse.spend()) letGo(first);
      else await purse.draw().catch((error: unknown) => refuse(first, error));
    }
  }

  function letGo(held: Held): void {
    org.ask(held.urgency);
    queue.leave(held);
    held.go();
  }

  function refuse(held: Held, error: unknown): void {
    queue.leave(held);
    held.fail(error);
  }

  return {
    async take(kind, urgency, signal) {
      signal.throwIfAborted();
      if (isClosed) throw new Unavailable(CLOSED);
      // By a login alone nobody learns whether the rest answers.
      if (kind !== "login") reach.check(urgency);
      const sinceMs = clock.monotonicMs();
      if (queue.size === 0 && msUntil(urgency) === 0 && purse.spend()) org.ask(urgency);
      else await queue.join(urgency, signal);
      onCall?.({ kind, urgency, heldMs: clock.monotonicMs() - sinceMs });
    },
    told(usage) {
      reach.answered();
      org.told(usage);
      purse.learn(usage.limit);
      bell.ring();
    },
    refused: () => org.refused(),
    missed: (cause) => reach.missed(cause),
    lingerMs: (urgent) => (hasForBatch(urgent) ? toLingerMs(purse.allowance, fullLevel(), urgent) : Infinity),
    pauseMs,
    state() {
      const first = queue.first;
      const held = first && { calls: queue.size, mostUrgent: first.urgency, nextInMs: msUntil(first.urgency) };
      const left = Math.max(0, Math.floor(purse.level()));
      return { allowed: purse.allowance.allowed, used: purse.used(), left, org: org.usage, held };
    },
    async [Symbol.asyncDispose]() {
      isClosed = true;
      bell.ring();
      await serving;
      for (let held = queue.first; held !== undefined; held = queue.first) {
        refuse(held, new Unavailable(CLOSED));
      }
      // Not put back, they come back by themselves within a day.
      await purse.close().catch(() => undefined);
    },
  };

  /** A batch that has begun must not be held half-way: it would hold up the urgent posts of its authors. */
  function hasForBatch(urgent: boolean): boolean {
    const urgency = urgent ? "urgent" : "usual";
    const { capacity } = purse.allowance;
    const spare = Math.min(BATCHES_CALLS, BATCHES_SHARE * capacity);
    return purse.level() - spare >= capacity * BUCKET_FLOORS[urgency] && org.msUntil(urgency) === 0;
  }

  /** As if the bucket were no fuller than the org. */
  function fullLevel(): number {
    return Math.min(purse.level(), org.fullness() * purse.allowance.capacity);
  }
}
