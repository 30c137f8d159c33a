import { Misconfigured } from "../errors.ts";
import type { Copy, Original } from "../journal/copying.ts";
import { parseNote, toFirstNote, toState, type Note } from "./note.ts";
import { readReaches } from "./reaches.ts";
import { toDigestRow, toDocumentRow, toEntryRow, toSteps } from "./steps.ts";
import { isSame, NOTHING, toSum } from "./sum.ts";

export interface CopyTask {
  readonly original: Original;
  readonly copy: Copy;
  /** How many the copy has. */
  readonly partitions: number;
  /** Opens the original again, as it stands when all is copied: where it has changed, nothing is put in place. */
  readonly again?: (() => Promise<Original>) | undefined;
  /** Told how much of the work is done, in rows: each is written, and read again. */
  readonly onProgress: (done: number, all: number) => void;
}

/** "stopped": it goes on from there when it is called again. Otherwise what the copy holds. */
export type Copied = "stopped" | Note["sums"];

/**
 * Copies a journal, reads the copy again, and puts it in its place. Whatever ends it on the way, the next call goes on; where
 * the original has changed since, it begins anew. Throws where the copy is not what was written.
 */
export async function copyJournal(task: CopyTask, signal: AbortSignal): Promise<Copied> {
  const { original, copy, partitions, onProgress } = task;
  const reaches = await readReaches(original);
  const numbers = { from: original.partitions, to: partitions };
  let note = await toBegin(
    task,
    Math.max(original.lastSeq, ...reaches.stands.map(({ seq, triedTo }) => Math.max(seq, triedTo))) + 1,
  );
  const rows = Object.values(original.counts).reduce((sum, count) => sum + count, 0);
  let done = Object.values(note.sums).reduce((sum, { count }) => sum + count, 0);
  const tell = (more: number): void => onProgress((done += more), 2 * rows);

  tell(0);
  for await (const step of toSteps({ original, copy, reaches, numbers }, note)) {
    if (step.rows > 0 || step.note.stage === "check") await copy.write(step.chunk, JSON.stringify(step.note));
    note = step.note;
    tell(step.rows);
    if (signal.aborted) return "stopped";
  }
  if (!(await isWhole(copy, note, tell, signal))) return signal.aborted ? "stopped" : await giveUp(copy);
  if (task.again !== undefined) await requireUnchanged(original, task.again);
  await copy.finish({ partitions, lastSeq: note.nextSeq - 1 });
  return note.sums;
}

/** Where the copy was left, or the beginning. Of another journal's nothing is touched. */
async function toBegin({ original, copy, partitions }: CopyTask, nextSeq: number): Promise<Note> {
  const first = toFirstNote({ source: original.place, state: await toState(original), partitions, nextSeq });
  const found = copy.note;
  const left = parseNote(found);
  if (left !== undefined && left.source !== first.source)
    throw new Misconfigured(
      `In ${copy.place} a copy of ${left.source} was begun, and this would be one of ${first.source}. Name another place.`,
    );
  if (left?.state === first.state && left.partitions === partitions) return left;
  if (found !== undefined) await copy.clear();
  return first;
}

/** Reads the copy as it lies there. */
async function isWhole(
  copy: Copy,
  { sums }: Note,
  tell: (rows: number) => void,
  signal: AbortSignal,
): Promise<boolean> {
  const isAsWritten = async <Row>(
    pages: AsyncIterable<readonly Row[]>,
    toRow: (row: Row) => unknown,
    expected: Note["sums"]["entries"],
  ): Promise<boolean> => {
    let sum = NOTHING;
    for await (const page of pages) {
      sum = toSum(sum, page.map(toRow));
      tell(page.length);
      if (signal.aborted) return false;
    }
    return isSame(sum, expected);
  };
  return (
    (await isAsWritten(copy.entries(0), toEntryRow, sums.entries)) &&
    (await isAsWritten(copy.digests(undefined), toDigestRow, sums.digests)) &&
    (await isAsWritten(copy.documents(""), toDocumentRow, sums.documents))
  );
}

async function requireUnchanged(original: Original, again: () => Promise<Original>): Promise<void> {
  await using now = await again();
  if ((await toState(now)) === (await toState(original))) return;
  throw new Misconfigured(`${now.place} has changed while it was copied: stop what works there, and call again.`);
}

async function giveUp(copy: Copy): Promise<never> {
  await copy.clear();
  throw new Misconfigured(
    `What stood in ${copy.place} was not what was written there: nothing was put in place. Look after its disk, and call again.`,
  );
}
