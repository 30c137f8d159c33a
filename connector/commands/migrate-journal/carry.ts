import { Unavailable } from "../../errors.ts";
import { copyJournal, type Copied, type CopyTask } from "../../moving/copy-journal.ts";
import type { ExitCode, Shell } from "../command.ts";
import { openProgress } from "../progress.ts";
import { toCount } from "../words.ts";

/** What a copy holds. */
export type Holds = Exclude<Copied, "stopped">;

/** Copies with a bar. What was copied before it was called counts as done. undefined: it was stopped by hand, and told so. */
export async function carry(task: Omit<CopyTask, "onProgress">, shell: Shell): Promise<Holds | undefined> {
  let progress: ReturnType<typeof openProgress> | undefined;
  const onProgress = (done: number, size: number): void => {
    progress ??= openProgress(shell, { size, unit: "rows", from: done });
    progress.at(done, done);
  };
  const copied = await copyJournal({ ...task, onProgress }, shell.signal).finally(() => progress?.pause());
  if (copied !== "stopped") return copied;
  shell.err("Stopped before the end. Call it again: it goes on from there.");
  return undefined;
}

/** A disk that is full, or a server that is away, is told in its words. */
export async function tellWaits(copying: () => Promise<ExitCode>, shell: Shell): Promise<ExitCode> {
  try {
    return await copying();
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error;
    shell.err(`${error.message} Call it again when that is mended: it goes on from there.`);
    return 1;
  }
}

/** `3 entries, 0 digests of keys and 7 documents` */
export function toTally({ entries, digests, documents }: Holds): string {
  const keys = toCount(digests.count, "digest of a key", "digests of keys");
  return `${toCount(entries.count, "entry", "entries")}, ${keys} and ${toCount(documents.count, "document")}`;
}
