import { createHash } from "node:crypto";
import { z } from "zod";
import type { Original } from "../journal/copying.ts";
import type { Doc } from "../journal/journal.ts";
import { NOTHING } from "./sum.ts";

/** What is copied after what. Entries that wait come behind those that are passed, where several positions become one. */
export const STAGES = ["passed", "tried", "waiting", "digests", "documents", "check"] as const;

export type Stage = (typeof STAGES)[number];

const logName = z.enum(["posts", "replies", "changes", "decisions"]);
const sum = z.object({ count: z.number(), hash: z.string() });

const noteSchema = z.object({
  /** Of which journal this is a copy, and how that stood. */
  source: z.string(),
  state: z.string(),
  partitions: z.number(),
  stage: z.enum(STAGES),
  /** Up to where the stage has come. */
  seq: z.number(),
  digest: z.object({ digest: z.string(), log: logName }).exactOptional(),
  document: z.string(),
  /** The next seq for an entry that cannot keep its own, and when the latest entry was appended. */
  nextSeq: z.number(),
  latest: z.string(),
  /** By log and partition: up to where what waits may have been tried. */
  triedTo: z.record(z.string(), z.number()),
  /** What the copy must hold so far. */
  sums: z.object({ entries: sum, digests: sum, documents: sum }),
});

/** How far a copy has come: stands in the copy itself. */
export type Note = Readonly<z.infer<typeof noteSchema>>;

export function toFirstNote(task: Pick<Note, "source" | "state" | "partitions" | "nextSeq">): Note {
  const sums = { entries: NOTHING, digests: NOTHING, documents: NOTHING };
  return { ...task, stage: "passed", seq: 0, document: "", latest: "", triedTo: {}, sums };
}

/** undefined: there is none, or it is another version's. */
export function parseNote(note: string | undefined): Note | undefined {
  return note === undefined ? undefined : noteSchema.safeParse(JSON.parse(note)).data;
}

/** Who shares the work of a journal now: of no meaning in a copy. */
export function isPassing({ key }: Doc): boolean {
  return key.startsWith("share/") || key.startsWith("replica/");
}

/** The same as long as nobody hears, hands over or decides anything there. */
export async function toState({ partitions, lastSeq, counts, documents }: Original): Promise<string> {
  const state = createHash("sha256").update(JSON.stringify([partitions, lastSeq, counts.entries, counts.digests]));
  for await (const page of documents("")) {
    for (const doc of page.filter((one) => !isPassing(one))) state.update(JSON.stringify([doc.key, doc.value]));
  }
  return state.digest("hex");
}
