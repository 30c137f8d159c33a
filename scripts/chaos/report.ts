import type { Flags } from "./flags.ts";
import type { Outcome, Progress } from "./run.ts";

export function toProgressLine({ phase, leftMs, posts, replies, kills, failovers, lag }: Progress): string {
  const left = `${Math.max(0, leftMs / 60_000).toFixed(1)} minutes ${phase === "drains" ? "at most" : "to go"}`;
  const waiting = lag === undefined ? "" : `, ${lag} wait`;
  return `It ${phase}: ${posts} posts, ${replies} replies, ${kills} kills, ${failovers} fail-overs${waiting}; ${left}`;
}

/** What a run came to, for programs and for people. */
export function toReport(flags: Flags, outcome: Outcome, broken: readonly string[]) {
  const { figures, postsPerSecond, drainSeconds, endedByThemselves, failures, struck } = outcome;
  const json = {
    ...figures,
    endedByThemselves,
    failures: [...failures.values()].reduce((sum, count) => sum + count, 0),
    postsPerSecond: Math.round(postsPerSecond),
    drainSeconds: Math.round(drainSeconds),
    minutes: flags.minutes,
    replicas: flags.replicas,
    seed: flags.seed,
    journal: flags.sqlite ? "sqlite" : "postgres",
    ok: broken.length === 0,
  };
  const lines = Object.entries(json).map(([name, value]) => `${name.padEnd(20)}${JSON.stringify(value)}`);
  const refusals = [...failures].map(([message, count]) => `  ${count} × ${message}`);
  const verdict = broken.length === 0 ? "Networks, journal and CRM agree." : "They do not agree.";
  return { json, text: [...lines, ...struck.map((line) => `  ${line}`), ...refusals, verdict].join("\n") };
}

const MOST = 40;
/** Ids of posts, Cases and replies. */
const NAMED = /\b(?:\d{18}|(?:500|aM|aT)\w{13,16})\b/g;

/** What is broken, each with the seed, what happened about it, and what people did to what it names. */
export function toComplaints(
  { seed }: Flags,
  { findings, disorder, diary }: Outcome,
  broken: readonly string[],
): readonly string[] {
  const disorders = disorder.map(({ author, key, after }) => ({
    kind: "out of order",
    detail: `${key} of ${author} was dealt with before ${after}`,
    during: [],
  }));
  const all = [...findings, ...disorders];
  const told = all.slice(0, MOST).map(({ kind, detail, during }) => {
    const named = detail.match(NAMED) ?? [];
    const acts = diary.filter((line) => named.some((name) => line.includes(name))).slice(0, 20);
    return [`seed ${seed}: ${kind}: ${detail}, about: ${[...new Set(during)].join("; ")}`, ...acts].join("\n  ");
  });
  return [...broken, ...told, ...(all.length > MOST ? [`… and ${all.length - MOST} more`] : [])];
}
