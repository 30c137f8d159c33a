import { createReadStream } from "node:fs";
import type { WebhookConfig } from "../../config.ts";
import { untilAvailable } from "../../flow/retry.ts";
import type { Journal } from "../../journal/journal.ts";
import type { PostEvent } from "../../model/post.ts";
import { openImportDesk, type Complete } from "../../wire/import-desk.ts";
import type { Shell } from "../command.ts";
import { openProgress } from "../progress.ts";
import { readLines } from "./read-lines.ts";
import { readRows } from "./read-rows.ts";
import { openRefusals } from "./refusals.ts";

export interface ImportTask {
  readonly file: string;
  /** In bytes. */
  readonly size: number;
  readonly account: WebhookConfig;
  readonly journal: Journal;
  readonly shell: Shell;
}

export interface Done {
  readonly taken: number;
  readonly refused: number;
  /** false: it was stopped before the end. */
  readonly isWhole: boolean;
}

const BATCH = 500;

/** Brings the events of a file into the journal, a batch at a time, and waits while the disk cannot take any. */
export async function carryIn({ file, size, account, journal, shell }: ImportTask): Promise<Done> {
  const { clock, signal } = shell;
  const desk = await openImportDesk({ journal, clock }, account);
  const progress = openProgress(shell, { size, unit: "lines" });
  const tell = (line: string): void => {
    progress.pause();
    shell.err(line);
  };
  await using refusals = await openRefusals(`${file}.refused.jsonl`, tell);
  const complete: Complete[] = [];
  let events: PostEvent[] = [];
  let taken = 0;

  let told = "";
  /** It tries again each second or so: the same trouble is told once. */
  function tellTrouble({ message }: Error): void {
    if (message !== told) tell(message);
    told = message;
  }

  async function keep(): Promise<void> {
    const keeping = untilAvailable(clock, signal, () => desk.keep(events), tellTrouble);
    await keeping.catch((error: unknown) => {
      if (!signal.aborted) throw error;
      events = [];
    });
    told = "";
    taken += events.length;
    events = [];
  }

  let lines = 0;
  for await (const row of readRows(readLines(createReadStream(file)), desk.toRowReader)) {
    if (signal.aborted) break;
    const read = row.problem === undefined ? desk.read(row.form) : { faults: [{ path: "", remedy: row.problem }] };
    if ("faults" in read) await refusals.add(row, read.faults);
    else if ("event" in read) events.push(read.event);
    else complete.push(read.complete);
    if (events.length >= BATCH) await keep();
    lines += 1;
    progress.at(lines, row.endsAt);
  }
  if (!signal.aborted) await keep();
  progress.pause();
  if (signal.aborted) tell("Stopped before the end. Call it again: nothing is doubled.");
  else if (refusals.count === 0) await desk.noteComplete(complete);
  else if (complete.length > 0) tell("No gap is closed, since lines were refused: mend them and call it again.");
  return { taken, refused: refusals.count, isWhole: !signal.aborted };
}
