import { openBudget, type Budget, type BudgetState } from "../crm/budget.ts";
import type { Parts } from "./parts.ts";

const SHOW_EVERY_MS = 2000;

export function openMeteredBudget({ config, clock, journal, telemetry: { metrics } }: Parts): Promise<Budget> {
  return openBudget({
    clock,
    journal,
    share: config.salesforce.callShare,
    onCall({ kind, urgency, heldMs }) {
      metrics.crmCalls.inc({ kind, urgency });
      metrics.crmBudgetWaitSeconds.observe({ urgency }, heldMs / 1000);
    },
  });
}

/** Keeps the line of the board and the gauges up to date until aborted. */
export async function showBudget(
  { clock, board, telemetry: { metrics } }: Parts,
  budget: Budget,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const shown = { ...budget.state(), urgentMs: budget.lingerMs(true), usualMs: budget.lingerMs(false) };
    if (shown.org !== undefined) metrics.crmCallsLeft.set(Math.max(0, shown.org.limit - shown.org.used));
    metrics.crmBudgetLeft.set(shown.left);
    metrics.crmLingerSeconds.set({ posts: "urgent" }, shown.urgentMs / 1000);
    metrics.crmLingerSeconds.set({ posts: "usual" }, shown.usualMs / 1000);
    board.set("crm calls", isHolding(shown) ? "waiting" : "up", toSentence(shown));
    await clock.sleep(SHOW_EVERY_MS, signal);
  }
}

export interface Shown extends Pick<BudgetState, "allowed" | "used" | "org" | "held"> {
  /** How long posts wait for company; Infinity: none are handed on. */
  readonly urgentMs: number;
  readonly usualMs: number;
}

/** What can wait, waits: that alone is nothing to look into. */
function isHolding({ held, usualMs }: Shown): boolean {
  return usualMs === Infinity || (held !== undefined && held.mostUrgent !== "later" && isLong(held.nextInMs));
}

/** For the operator: what was made of what may be made, and who waits for it. */
export function toSentence({ allowed, used, org, held, urgentMs, usualMs }: Shown): string {
  const parts = [`${toCount(used)} of ${toCount(allowed)} calls used in the last 24 hours`];
  if (org !== undefined) parts.push(`the org has ${toCount(org.limit - org.used)} of ${toCount(org.limit)} left`);
  if (urgentMs === Infinity) parts.push("no posts are handed on until there are calls again");
  else if (usualMs === Infinity)
    parts.push(`urgent posts wait ${toSpan(urgentMs)} for company, others until there are calls again`);
  else parts.push(`urgent posts wait ${toSpan(urgentMs)} for company, others ${toSpan(usualMs)}`);
  if (held !== undefined && isLong(held.nextInMs))
    parts.push(
      `${toCount(held.calls)} ${held.calls === 1 ? "call is" : "calls are"} held, the next for ${toSpan(held.nextInMs)}`,
    );
  return parts.join("; ");
}

/** Held for less, nobody needs to know. */
function isLong(heldMs: number): boolean {
  return heldMs >= 1000;
}

function toCount(calls: number): string {
  return Math.max(0, calls).toLocaleString("en-US");
}

function toSpan(ms: number): string {
  if (ms >= 120_000) return `${Math.round(ms / 60_000)} min`;
  return ms >= 1000 ? `${Math.round(ms / 1000)} s` : `${Math.round(ms)} ms`;
}
