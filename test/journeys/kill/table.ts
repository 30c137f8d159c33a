import { KINDS } from "../town/oracle.ts";
import type { Outcome } from "./play.ts";

/** The figures of a run, a line for each kind. */
export function toTable(outcomes: readonly Outcome[]): string {
  const sum = (count: (outcome: Outcome) => number): number => outcomes.reduce((all, one) => all + count(one), 0);
  const lines = [
    ["kills", sum(({ kills }) => kills)],
    ["posts said", sum(({ posts }) => posts)],
    ["replies written", sum(({ replies }) => replies)],
    ["fields decided by reps", sum(({ decisions }) => decisions)],
    ...KINDS.map((kind) => [kind, sum(({ findings }) => findings.filter((one) => one.kind === kind).length)] as const),
  ] as const;
  return lines.map(([name, figure]) => `${name.padEnd(28)}${String(figure).padStart(8)}`).join("\n");
}

/** Every finding, with the seed, the kills about which it happened, and what people did to what it names. */
export function toComplaints(outcomes: readonly Outcome[]): readonly string[] {
  return outcomes.flatMap(({ seed, findings, diary }) =>
    findings.map(({ kind, detail, during }) => {
      const named = detail.match(NAMED) ?? [];
      const acts = diary.filter((line) => named.some((name) => line.includes(name)));
      return [`seed ${seed}: ${kind}: ${detail}, about: ${[...new Set(during)].join("; ")}`, ...acts].join("\n  ");
    }),
  );
}

/** Ids of posts, Cases and replies, and handles. */
const NAMED = /\b(?:\d{18}|(?:500|aM)\w{13,16}|(?:linked|twofold|stranger|private)_\d)\b/g;
