import { join } from "node:path";
import type { Clock } from "../../connector/clock.ts";
import type { Journal } from "../../connector/journal/journal.ts";
import { openSqliteJournal } from "../../connector/journal/sqlite.ts";
import { openDirectory } from "./directory.ts";

/** A real journal in a directory of its own, and gone with it. */
export interface ScratchJournal extends AsyncDisposable {
  readonly journal: Journal;
  /** Closes it, as the end of a process would, and opens the same file. */
  reopen(): Promise<Journal>;
}

/** Nobody else writes here, so the journal needs not look: whoever waits for a sleeper of this clock waits for their own. */
export async function openScratchJournal(time: Clock): Promise<ScratchJournal> {
  const directory = await openDirectory();
  const clock = { ...time, sleep: untilAborted };
  const file = join(directory.path, "journal.db");
  let journal = await openSqliteJournal({ file, clock });
  return {
    get journal() {
      return journal;
    },
    reopen: async () => {
      await journal[Symbol.asyncDispose]();
      journal = await openSqliteJournal({ file, clock });
      return journal;
    },
    [Symbol.asyncDispose]: async () => {
      await journal[Symbol.asyncDispose]();
      await directory[Symbol.asyncDispose]();
    },
  };
}

function untilAborted(_ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}
