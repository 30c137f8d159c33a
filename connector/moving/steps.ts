import type { Chunk, Copy, Digest, LoggedEntry, Original } from "../journal/copying.ts";
import { isJoined, toDocument, toNewStands, type Reaches } from "./reaches.ts";
import { toNewDocuments } from "./new-documents.ts";
import { toNewPartition, type Numbers } from "./new-partition.ts";
import { STAGES, type Note, type Stage } from "./note.ts";
import { toSum } from "./sum.ts";

/** What is written next, with how far the copy has come then. */
export interface Step {
  readonly chunk: Chunk;
  readonly note: Note;
  /** How many rows of the original were dealt with. */
  readonly rows: number;
}

export interface StepsOptions {
  readonly original: Original;
  readonly copy: Pick<Copy, "find">;
  readonly reaches: Reaches;
  readonly numbers: Numbers;
}

/** All that is to be written after what the note says, a page at a time. Each step is asked for when the one before is durable. */
export async function* toSteps(options: StepsOptions, begin: Note): AsyncGenerator<Step> {
  let note = begin;
  for (const stage of STAGES.slice(STAGES.indexOf(begin.stage))) {
    if (stage !== note.stage) note = { ...note, stage, seq: 0 };
    for await (const step of toStage(options, stage, note)) {
      note = step.note;
      yield step;
    }
  }
}

function toStage(options: StepsOptions, stage: Stage, note: Note): AsyncIterable<Step> {
  if (stage === "digests") return copyDigests(options, note);
  if (stage === "documents") return copyDocuments(options, note);
  return stage === "check" ? nothing() : copyEntries(options, stage, note);
}

async function* nothing(): AsyncGenerator<never> {}

/** Entries keep their seqs, but for those that wait where several positions become one: they come behind all others, in order. */
async function* copyEntries(
  { original, reaches, numbers }: StepsOptions,
  stage: "passed" | "tried" | "waiting",
  begin: Note,
): AsyncGenerator<Step> {
  const moves = isJoined(numbers);
  if (!moves && stage !== "passed") return;
  let note = begin;
  for await (const page of original.entries(begin.seq)) {
    const placed: LoggedEntry[] = [];
    for (const entry of page) {
      if (moves && reaches.standingOf(entry) !== stage) continue;
      const seq = stage === "passed" ? entry.seq : note.nextSeq;
      const partition = toNewPartition(entry, numbers);
      // A log is looked through by time: what comes later in it must not be of an earlier time.
      const appendedAt = stage === "passed" || entry.appendedAt > note.latest ? entry.appendedAt : note.latest;
      placed.push({ ...entry, seq, partition, appendedAt });
      const triedTo = stage === "tried" ? { ...note.triedTo, [`${entry.log}/${partition}`]: seq } : note.triedTo;
      const nextSeq = stage === "passed" ? note.nextSeq : seq + 1;
      note = { ...note, nextSeq, triedTo, latest: appendedAt > note.latest ? appendedAt : note.latest };
    }
    note = { ...note, seq: page.at(-1)?.seq ?? note.seq };
    note = { ...note, sums: { ...note.sums, entries: toSum(note.sums.entries, placed.map(toEntryRow)) } };
    yield { chunk: { entries: placed }, note, rows: placed.length };
  }
}

async function* copyDigests({ original }: StepsOptions, begin: Note): AsyncGenerator<Step> {
  let note = begin;
  for await (const digests of original.digests(begin.digest)) {
    const { digest = "", log = "posts" } = digests.at(-1) ?? {};
    const sums = { ...note.sums, digests: toSum(note.sums.digests, digests.map(toDigestRow)) };
    note = { ...note, digest: { digest, log }, sums };
    yield { chunk: { digests }, note, rows: digests.length };
  }
}

async function* copyDocuments(options: StepsOptions, begin: Note): AsyncGenerator<Step> {
  const { original, reaches, numbers } = options;
  let note = begin;
  const toStep = (documents: Chunk["documents"] = [], rows: number): Step => {
    const sums = { ...note.sums, documents: toSum(note.sums.documents, documents.map(toDocumentRow)) };
    note = { ...note, sums };
    return { chunk: { documents }, note, rows };
  };
  for await (const page of original.documents(begin.document)) {
    note = { ...note, document: page.at(-1)?.key ?? note.document };
    yield toStep(await toNewDocuments(options, page), page.length);
  }
  const stands = numbers.from === numbers.to ? [] : toNewStands(reaches, numbers, note.triedTo);
  note = { ...note, stage: "check" };
  yield toStep(stands.map(toDocument), 0);
}

export const toEntryRow = ({ log, seq, partition, key, value, appendedAt }: LoggedEntry): unknown => [
  log,
  seq,
  partition,
  key,
  value,
  appendedAt,
];
export const toDigestRow = ({ log, digest, appendedAt }: Digest): unknown => [log, digest, appendedAt];
export const toDocumentRow = ({ key, value, revision }: Required<Chunk>["documents"][number]): unknown => [
  key,
  value,
  revision,
];
