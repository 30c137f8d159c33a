import { toSpan } from "c/socialSpan";
import { fill } from "c/socialWords";
import labels from "./labels";

const STEPS = [
  { name: "postedMs", label: labels.posted },
  { name: "detectedMs", label: labels.heard },
  { name: "triagedMs", label: labels.decided },
  { name: "answeredMs", label: labels.answered },
];

/**
 * What happened when, with the time that each step took after the one before.
 *
 * @param {{ postedMs?: number, detectedMs?: number, triagedMs?: number, answeredMs?: number }} times
 */
export function toSteps(times) {
  let before;
  return STEPS.map(({ name, label }) => {
    const atMs = times[name];
    const took = atMs === undefined || before === undefined ? undefined : Math.max(0, atMs - before);
    before = atMs ?? before;
    return {
      name,
      label,
      atMs,
      isThere: atMs !== undefined,
      took: took === undefined ? undefined : fill(labels.later, toSpan(took)),
      className: atMs === undefined ? "step" : "step step_done",
    };
  });
}

/**
 * How the answer stands against the time it is due, which counts from the post.
 *
 * @param {{ answeredMs?: number, dueMs?: number }} times
 * @returns {{ label: string, className: string } | undefined} undefined: nothing is due
 */
export function toVerdict({ answeredMs, dueMs }, nowMs) {
  if (dueMs === undefined) return undefined;
  const leftMs = dueMs - (answeredMs ?? nowMs);
  const span = toSpan(Math.abs(leftMs));
  if (answeredMs !== undefined) {
    return leftMs >= 0 ? verdict(labels.timely, "met") : verdict(fill(labels.late, span), "missed");
  }
  return leftMs >= 0 ? verdict(fill(labels.due, span), "open") : verdict(fill(labels.overdue, span), "overdue");
}

function verdict(label, kind) {
  return { label, className: `verdict verdict_${kind}` };
}
